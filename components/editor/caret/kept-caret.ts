import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'

/** Where somebody was, in a body that is replaced by another one. */
export interface KeptCaret {
  readonly position: number
  /** What its block says: where that is not so any more, nobody knows where they were. */
  readonly block: string
}

/** Null: the keys went elsewhere. */
export function caretOf({ view, state }: Editor): KeptCaret | null {
  if (!view.dom.contains(document.activeElement)) return null
  const { $head } = state.selection
  return $head.parent.isTextblock ? { position: $head.pos, block: $head.parent.textContent } : null
}

/** Whoever was in the text is in it again, and goes on typing; unless they have gone elsewhere meanwhile. */
export function goBackTo({ view, state }: Editor, { position, block }: KeptCaret): void {
  if (document.activeElement !== document.body || position > state.doc.content.size) return
  const $there = state.doc.resolve(position)
  if (!$there.parent.isTextblock || $there.parent.textContent !== block) return
  view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, position)))
  view.focus()
}
