import type { EditorView } from '@tiptap/pm/view'

/**
 * Asked of whatever folds words away or stands in their place, on the element of those words: it opens, before the
 * event returns. It bubbles up to every block around them.
 */
export const revealEvent = 'rationale-reveal'

/** Has the words at a position be seen, however they are folded away. */
export function reveal(view: EditorView, position: number): void {
  const { node } = view.domAtPos(position)
  node.dispatchEvent(new CustomEvent(revealEvent, { bubbles: true }))
}
