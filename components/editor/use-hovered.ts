import type { Editor } from '@tiptap/core'
import { useEffect, useState } from 'react'

/**
 * What the mouse is over in the text or in its margin, as `find` says it; null: nothing, or somebody types. While
 * `held` is true it stays what it was: a menu is open, or something is dragged.
 *
 * @param find given the element under the pointer and the pointer's place in the window. `undefined`: as before.
 */
export function useHovered<Found>(
  editor: Editor,
  held: boolean,
  find: (target: Element, x: number, y: number) => Found | null | undefined,
): Found | null {
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    const frame = editor.isDestroyed ? null : editor.view.dom.closest('[data-sheet]')
    if (!(frame instanceof HTMLElement) || held) return
    const move = ({ target, clientX, clientY, pointerType, buttons }: PointerEvent) => {
      if (pointerType !== 'mouse' || buttons !== 0 || !(target instanceof Element)) return
      const now = find(target, clientX, clientY)
      if (now !== undefined) setFound(now)
    }
    const clear = () => setFound(null)
    // What stands beside a block moves with each line that is typed above it; and who types looks at the words.
    const changed = ({ transaction }: { transaction: { docChanged: boolean } }) => {
      if (transaction.docChanged) clear()
    }
    frame.addEventListener('pointermove', move)
    frame.addEventListener('pointerleave', clear)
    editor.on('transaction', changed)
    return () => {
      frame.removeEventListener('pointermove', move)
      frame.removeEventListener('pointerleave', clear)
      editor.off('transaction', changed)
    }
  }, [editor, held, find])
  return found
}
