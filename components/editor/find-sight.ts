import type { EditorView } from '@tiptap/pm/view'
import { domRange } from './painted-ranges'
import { reveal } from './reveal'

/** So much of the window is kept free above and below what is gone to, in px. */
const freePx = 140

/** Brings words into view, out of whatever is folded or scrolled away. */
export function bringIntoSight(view: EditorView, hit: { readonly from: number; readonly to: number }): void {
  reveal(view, hit.from)
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
