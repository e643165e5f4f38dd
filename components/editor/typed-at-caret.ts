import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'
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
 */
export function writeAtCaret(
  element: Y.XmlElement,
  block: { readonly index: number; readonly before: ProseMirrorNode },
  state: EditorState,
): void {
  const { $head, empty } = state.selection
  const now = $head.parent
  if (
    !empty ||
    $head.index(0) !== block.index ||
    !now.isTextblock ||
    now.content.size !== now.textContent.length
  )
    return
  let [type, was]: [unknown, ProseMirrorNode | null] = [element, block.before]
  for (let depth = 1; depth < $head.depth; depth += 1) {
    if (!(type instanceof Y.XmlElement) || was?.childCount !== $head.node(depth).childCount) return
    const index = $head.index(depth)
    type = type.get(index)
    was = was.child(index)
  }
  if (!(type instanceof Y.XmlElement) || type.length !== 1 || was?.type !== now.type) return
  const text: unknown = type.get(0)
  if (!(text instanceof Y.XmlText) || wordsOf(text) !== was.textContent) return
  const [old, fresh] = [was.textContent, now.textContent]
  const grown = Math.max(0, fresh.length - old.length)
  const { index, remove, insert } = simpleDiffStringWithCursor(old, fresh, $head.parentOffset - grown)
  if (remove > 0) text.delete(index, remove)
  if (insert !== '') text.insert(index, insert)
}

const wordsOf = (text: Y.XmlText): string =>
  (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('')
