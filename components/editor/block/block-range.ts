import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, NodeSelection, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'

/** Whole blocks side by side, which are moved, copied and deleted together. */
export interface BlockRange {
  /** Before the first of them. */
  readonly from: number
  /** Behind the last. */
  readonly to: number
  readonly nodes: readonly ProseMirrorNode[]
}

/** What holds blocks that can be put anywhere else: cells and items are part of their table and their list. */
export const blockHolders: readonly string[] = [
  'doc',
  'callout',
  'details',
  'decision',
  'footnote',
  'blockquote',
]

export const listTypes: readonly string[] = ['bulletList', 'orderedList', 'taskList']

/**
 * The blocks that the selection touches, in the innermost holder around all of it.
 *
 * @param items an item of a list counts as a block, too: within its list it can go up and down.
 */
export function blocksAt({ selection }: EditorState, items = false): BlockRange | null {
  const { $from, $to } = selection
  for (let depth = $from.sharedDepth($to.pos); depth >= 0; depth -= 1) {
    const holder = $from.node(depth)
    const holds = blockHolders.includes(holder.type.name) || (items && listTypes.includes(holder.type.name))
    if (!holds) continue
    const from = $from.depth > depth ? $from.before(depth + 1) : $from.pos
    const to = $to.depth > depth ? $to.after(depth + 1) : $to.pos
    const nodes = holder.content.content.slice($from.index(depth), $to.indexAfter(depth))
    if (from < to && nodes.length > 0) return { from, to, nodes }
  }
  return null
}

/** The block that begins at a position; null: none does. */
export function blockFrom({ doc }: EditorState, position: number): BlockRange | null {
  const node = position >= 0 && position < doc.content.size ? doc.nodeAt(position) : null
  return node?.isBlock ? { from: position, to: position + node.nodeSize, nodes: [node] } : null
}

/** Puts the caret into a block, or selects it where it holds no text; a selection within it stays. */
export function selectBlock(state: EditorState, { from, to }: BlockRange): Transaction | null {
  const { selection, doc } = state
  if (selection.from > from && selection.to < to) return null
  const $inner = Selection.findFrom(doc.resolve(from), 1, true)
  if ($inner && $inner.from < to) return state.tr.setSelection($inner)
  return state.tr.setSelection(NodeSelection.create(doc, from))
}

/**
 * The blocks stand where `target` was: one change, which keeps their ids, so that threads find them. They are given to
 * the binding as new ones: of two that change places these are written anew, and what others type in the rest stays.
 *
 * @returns null: they stand there already, within themselves they cannot, or the schema forbids it there.
 */
export function movedBlocks(state: EditorState, range: BlockRange, target: number): Transaction | null {
  const { from, to, nodes } = range
  if (target >= from && target <= to) return null
  const $target = state.doc.resolve(target)
  const index = $target.index()
  const [first] = nodes
  if (!first || !$target.parent.canReplaceWith(index, index, first.type)) return null
  const { tr, selection } = state
  const $from = state.doc.resolve(from)
  // A holder needs one block at least: the last of them leaves an empty line.
  const isAll = $from.parent.childCount === nodes.length
  const blank = isAll ? state.schema.nodes.paragraph?.create() : undefined
  if (blank) tr.replaceWith(from, to, blank)
  else tr.delete(from, to)
  const there = tr.mapping.map(target)
  tr.insert(
    there,
    nodes.map(({ type, attrs, content, marks }) => type.create(attrs, content, marks)),
  )
  return tr.setSelection(selectionMovedBy(tr, selection, range, there - from)).scrollIntoView()
}

function selectionMovedBy(
  { doc }: Transaction,
  selection: Selection,
  { from, to }: BlockRange,
  by: number,
): Selection {
  const isWithin = selection.from >= from && selection.to <= to
  if (!isWithin) return Selection.near(doc.resolve(from + by + 1))
  if (selection instanceof NodeSelection) return NodeSelection.create(doc, selection.from + by)
  return TextSelection.between(doc.resolve(selection.anchor + by), doc.resolve(selection.head + by))
}

/**
 * One step up or down: past the neighbour, and at the edge of a holder out of it. Null: there is no place to go to.
 */
export function steppedBlocks(state: EditorState, direction: 'up' | 'down'): Transaction | null {
  const range = blocksAt(state, true)
  if (!range) return null
  const edge = state.doc.resolve(direction === 'up' ? range.from : range.to)
  const neighbour = direction === 'up' ? edge.nodeBefore : edge.nodeAfter
  if (neighbour) {
    const size = neighbour.nodeSize
    return movedBlocks(state, range, direction === 'up' ? range.from - size : range.to + size)
  }
  if (edge.depth === 0 || listTypes.includes(edge.parent.type.name)) return null
  return movedBlocks(state, range, direction === 'up' ? edge.before() : edge.after())
}

/** A copy behind them, with the caret in it. Its blocks get ids of their own. */
export function duplicatedBlocks(state: EditorState, { from, to, nodes }: BlockRange): Transaction {
  const tr = state.tr.insert(to, nodes)
  return tr
    .setSelection(selectionMovedBy(tr, state.selection, { from, to, nodes }, to - from))
    .scrollIntoView()
}

/** Without them. Where nothing is left, an empty line is. */
export function removedBlocks(state: EditorState, { from, to, nodes }: BlockRange): Transaction {
  const isAll = state.doc.resolve(from).parent.childCount === nodes.length
  const blank = state.schema.nodes.paragraph?.create()
  const tr = isAll && blank ? state.tr.replaceWith(from, to, blank) : state.tr.delete(from, to)
  return tr
    .setSelection(Selection.near(tr.doc.resolve(Math.min(from + 1, tr.doc.content.size))))
    .scrollIntoView()
}
