import { NodeRange, type Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { liftTarget } from '@tiptap/pm/transform'
import { type CalloutKind, calloutKinds } from '../../../lib/content/attribute'

/** Blocks around blocks whose edges keys know. Quotes are among them, but their Enter is ProseMirror's own. */
const containers: readonly string[] = ['callout', 'details', 'decision', 'footnote', 'blockquote']

/** The container whose own child the caret is in, with its depth; null: it is in none, or deeper. */
function containerAt(state: EditorState): { node: ProseMirrorNode; depth: number; index: number } | null {
  const { $from, empty } = state.selection
  const depth = $from.depth - 1
  if (!empty || depth < 1 || !['paragraph', 'heading'].includes($from.parent.type.name)) return null
  const node = $from.node(depth)
  return containers.includes(node.type.name) ? { node, depth, index: $from.index(depth) } : null
}

/**
 * Enter in an empty line: the last one goes on below the container, the only one takes the container away, and any
 * other is a line like all others: splitting a decision in two would leave two halves that nobody decided.
 *
 * @returns null: the key means what it always means.
 */
export function enterInContainer(state: EditorState): Transaction | 'split' | null {
  const at = containerAt(state)
  if (!at || at.node.type.name === 'blockquote' || state.selection.$from.parent.content.size > 0) return null
  const { node, depth, index } = at
  const { $from } = state.selection
  if (node.childCount === 1) return unwrap(state)
  if (index < node.childCount - 1) return 'split'
  const line = $from.parent
  const after = $from.after(depth)
  const around = $from.node(depth - 1)
  if (!around.canReplaceWith($from.indexAfter(depth - 1), $from.indexAfter(depth - 1), line.type)) return null
  const tr = state.tr.insert(after, line).delete($from.before(), $from.after())
  return tr.setSelection(TextSelection.create(tr.doc, after - line.nodeSize + 1)).scrollIntoView()
}

/** Backspace at the very beginning of a container: what is in it stays, the container goes. Null: it is elsewhere. */
export function backspaceInContainer(state: EditorState): Transaction | null {
  const at = containerAt(state)
  return at?.index === 0 && state.selection.$from.parentOffset === 0 ? unwrap(state) : null
}

/** Takes the container at the caret away, and leaves what is in it. Null: there is none, or what is around forbids. */
function unwrap(state: EditorState): Transaction | null {
  const at = containerAt(state)
  if (!at) return null
  const { $from } = state.selection
  const range = new NodeRange(
    state.doc.resolve($from.start(at.depth)),
    state.doc.resolve($from.end(at.depth)),
    at.depth,
  )
  const target = liftTarget(range)
  return target === null ? null : state.tr.lift(range, target).scrollIntoView()
}

/**
 * `[!note] ` typed at the beginning of a quote makes a callout of it, `[!decision] ` a decision.
 *
 * @param typed the words between `[!` and `]`, in any case.
 * @param range of what was typed, which goes.
 */
export function quoteToContainer(
  state: EditorState,
  typed: string,
  range: { from: number; to: number },
): Transaction | null {
  const $at = state.doc.resolve(range.from)
  const depth = $at.depth - 1
  if (depth < 1 || $at.node(depth).type.name !== 'blockquote' || $at.index(depth) !== 0) return null
  const word = typed.toLowerCase()
  const isKind = (calloutKinds as readonly string[]).includes(word)
  const type = state.schema.nodes[isKind ? 'callout' : 'decision']
  if (!type || (!isKind && word !== 'decision')) return null
  const attrs = { id: $at.node(depth).attrs.id, ...(isKind ? { kind: word as CalloutKind } : {}) }
  return state.tr.delete(range.from, range.to).setNodeMarkup($at.before(depth), type, attrs)
}
