import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { ProsemirrorBinding } from '@tiptap/y-tiptap'
import { simpleDiffStringWithCursor } from 'lib0/diff'
import * as Y from 'yjs'

/**
 * Writes what was typed or taken away at the caret, into the block's text, at that very place. The binding compares
 * two texts, and of letters that repeat (`a` beside `a`) it takes the last for the new one: two who began to type in
 * one place, each with a space, had their words put between each other's.
 *
 * Marks, and all else that differs, are the binding's to write. Nothing is written where the caret says nothing.
 *
 * @param element top-level block of the body. @param block its index, and what the editor had for it.
 * @returns The elements on the way to that text, each with its node as it is now: the binding, which finds them equal
 * to what it looks for, does not learn of those further down, and would not find positions in them.
 */
export function writeAtCaret(
  element: Y.XmlElement,
  block: { readonly index: number; readonly before: ProseMirrorNode },
  { prosemirrorView: { state }, mapping }: Pick<ProsemirrorBinding, 'prosemirrorView' | 'mapping'>,
): readonly (readonly [Y.XmlElement, ProseMirrorNode])[] {
  const { $head, empty } = state.selection
  const now = $head.parent
  if (
    !empty ||
    $head.index(0) !== block.index ||
    !now.isTextblock ||
    now.content.size !== now.textContent.length
  )
    return []
  const path: [Y.XmlElement, ProseMirrorNode][] = []
  let [type, was]: [unknown, ProseMirrorNode] = [element, block.before]
  for (let depth = 1; depth < $head.depth; depth += 1) {
    const index = $head.index(depth)
    if (!(type instanceof Y.XmlElement) || !differsAlone(was, $head.node(depth), index)) return []
    type = type.get(index)
    if (type instanceof Y.XmlElement) path.push([type, $head.node(depth + 1)])
    was = was.child(index)
  }
  if (!(type instanceof Y.XmlElement) || type.length !== 1 || was.type !== now.type) return []
  const text: unknown = type.get(0)
  if (!(text instanceof Y.XmlText) || wordsOf(text) !== was.textContent) return []
  const [old, fresh] = [was.textContent, now.textContent]
  const grown = Math.max(0, fresh.length - old.length)
  const { index, remove, insert } = simpleDiffStringWithCursor(old, fresh, $head.parentOffset - grown)
  if (remove === 0 && insert === '') return []
  // What is known of them is not so any more; the binding would find them equal, and go on knowing it.
  for (const [within] of path) mapping.delete(within)
  if (remove > 0) text.delete(index, remove)
  if (insert !== '') text.insert(index, insert)
  return path
}

/** What else has changed its place is told from its twin by the binding, which takes both for unwritten. */
const differsAlone = (before: ProseMirrorNode, now: ProseMirrorNode, index: number): boolean =>
  before.childCount === now.childCount &&
  before.children.every((child, at) => at === index || child === now.child(at))

const wordsOf = (text: Y.XmlText): string =>
  (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('')
