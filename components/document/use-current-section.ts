import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type OutlineSection, sectionAt } from '../../lib/content/outline'

/** A heading counts as being read once it stands this far below the top of the window, in px. */
const readingLine = 120
/** After a jump, the scrolling that follows from it says nothing new. */
const settleMs = 400
const topBar = 52

export interface CurrentSection {
  readonly id: string | null
  /** The caret went there, or somebody chose it. */
  readonly set: (sectionId: string) => void
}

/** Which section is being written (the caret's, while it can be seen) or read (the one at the top of the window). */
export function useCurrentSection(
  editor: Editor | null,
  sections: { readonly current: readonly OutlineSection[] },
): CurrentSection {
  const [id, setId] = useState<string | null>(null)
  const quietUntilMs = useRef(0)
  const set = useCallback((sectionId: string) => {
    quietUntilMs.current = performance.now() + settleMs
    setId(sectionId)
  }, [])

  useEffect(() => {
    if (!editor) return
    let frame = 0
    const look = () => {
      frame = 0
      if (editor.isDestroyed || performance.now() < quietUntilMs.current) return
      setId(sectionOfCaret(editor, sections.current) ?? sectionAtLine(editor, sections.current))
    }
    const later = () => {
      frame ||= requestAnimationFrame(look)
    }
    later()
    window.addEventListener('scroll', later, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', later)
    }
  }, [editor, sections])
  return { id, set }
}

/** The last section whose heading stands above the reading line; before the first heading, the first. */
function sectionAtLine(editor: Editor, sections: readonly OutlineSection[]): string | null {
  let low = 0
  let high = sections.length - 1
  let found = 0
  while (low <= high) {
    const middle = (low + high) >> 1
    const dom = editor.view.nodeDOM(sections[middle]?.from ?? 0)
    const above = dom instanceof HTMLElement && dom.getBoundingClientRect().top <= readingLine
    if (above) {
      found = middle
      low = middle + 1
    } else high = middle - 1
  }
  return sections[found]?.id ?? null
}

/** Null while nobody writes here, or the caret has been scrolled out of sight. */
function sectionOfCaret(editor: Editor, sections: readonly OutlineSection[]): string | null {
  if (!editor.view.hasFocus()) return null
  const { head } = editor.state.selection
  const { top, bottom } = editor.view.coordsAtPos(head)
  if (bottom < topBar || top > window.innerHeight) return null
  return sectionAt(sections, head)?.id ?? null
}
