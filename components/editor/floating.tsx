import type { Editor } from '@tiptap/core'
import { type ReactNode, useLayoutEffect, useRef } from 'react'

export interface FloatingProps {
  readonly editor: Editor
  /** Where it belongs, in the window's coordinates; null: it is not shown. */
  readonly anchor: (editor: Editor) => DOMRect | null
  /**
   * `above` and `below` flip where there is no room; `corner` is the top right of the anchor; `gutter` left of it.
   */
  readonly place: 'above' | 'below' | 'corner' | 'gutter'
  readonly children: ReactNode
}

const gap = 8
const topBar = 56

/**
 * Something that stands at a place of the text and moves with it. Positioned inside the sheet, so that it
 * scrolls along without any work; written to the element directly, so that typing draws nothing anew.
 */
export function Floating({ editor, anchor, place, children }: FloatingProps) {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const box = ref.current
    const frame = box?.offsetParent
    if (!box || !frame) return
    const put = () => {
      const at = editor.isDestroyed ? null : anchor(editor)
      box.style.visibility = at ? 'visible' : 'hidden'
      if (!at) return
      const { left, top } = frame.getBoundingClientRect()
      const { x, y } = spotFor(place, at, box)
      const widest = Math.max(gap, frame.clientWidth - box.offsetWidth - gap)
      box.style.left = `${Math.round(Math.min(Math.max(x - left, place === 'gutter' ? 0 : gap), widest))}px`
      box.style.top = `${Math.round(y - top)}px`
    }
    put()
    editor.on('transaction', put)
    window.addEventListener('resize', put)
    return () => {
      editor.off('transaction', put)
      window.removeEventListener('resize', put)
    }
  })
  return (
    <div ref={ref} className="absolute z-10 print:hidden">
      {children}
    </div>
  )
}

function spotFor(place: FloatingProps['place'], at: DOMRect, box: HTMLElement): { x: number; y: number } {
  switch (place) {
    case 'above': {
      const above = at.top - box.offsetHeight - gap
      const x = at.left + at.width / 2 - box.offsetWidth / 2
      if (above >= topBar) return { x, y: above }
      const below = at.bottom + gap
      // What is selected fills the window: over its beginning, where it can be seen.
      return { x, y: below + box.offsetHeight > window.innerHeight ? topBar + gap : below }
    }
    case 'below': {
      const below = at.bottom + 4
      const above = at.top - box.offsetHeight - 4
      const dock = Number.parseFloat(document.documentElement.style.getPropertyValue('--dock')) || 0
      const fits = below + box.offsetHeight <= window.innerHeight - dock || above < topBar
      return { x: at.left, y: fits ? below : above }
    }
    case 'corner':
      return { x: at.right - box.offsetWidth, y: at.top - box.offsetHeight - 4 }
    case 'gutter':
      return { x: at.left - box.offsetWidth - 6, y: at.top + (at.height - box.offsetHeight) / 2 }
  }
}
