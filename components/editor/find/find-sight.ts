import { TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { revealAt } from '../container/details-open'
import { domRange } from '../painted-ranges'

/** So much of the window is kept free above and below what is gone to, in px. */
const freePx = 140

/** Brings words into view, out of whatever is folded or scrolled away, or drawn in their place. */
export function bringIntoSight(view: EditorView, hit: { readonly from: number; readonly to: number }): void {
  revealAt(view, hit.from)
  if (domRange(view, hit)?.getClientRects().length === 0) {
    // The source of a drawing is shown while the selection is in it.
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, hit.from, hit.to)))
  }
  const range = domRange(view, hit)
  if (!range) return
  for (let box = range.startContainer.parentElement; box && box !== view.dom; box = box.parentElement) {
    if (box.scrollWidth <= box.clientWidth) continue
    const [at, frame] = [range.getBoundingClientRect(), box.getBoundingClientRect()]
    if (at.left < frame.left || at.right > frame.right)
      box.scrollLeft += at.left - frame.left - frame.width / 3
  }
  const { top, bottom } = range.getBoundingClientRect()
  if (top >= freePx && bottom <= window.innerHeight - freePx) return
  window.scrollBy({ top: top - window.innerHeight * 0.4 })
}
