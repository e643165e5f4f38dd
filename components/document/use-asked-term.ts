import type { Editor } from '@tiptap/core'
import { useCallback, useEffect, useRef, useState } from 'react'

/** A word of the glossary that somebody wants to know about. */
export interface AskedTerm {
  readonly term: string
  readonly element: HTMLElement
  /** Asked by keys: the card takes the focus. */
  readonly byKeys: boolean
}

/** How long the mouse rests on a word before its card opens, and how long it may be away before it closes. In ms. */
const openMs = 350
const closeMs = 200

/** The marked word that the mouse rests on, or that was tapped. */
export function useAskedTerm(editor: Editor): [AskedTerm | null, (asked: AskedTerm | null) => void] {
  const [asked, setAsked] = useState<AskedTerm | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const later = useCallback((run: () => void, ms: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(run, ms)
  }, [])
  const ask = useCallback((next: AskedTerm | null) => {
    clearTimeout(timer.current)
    setAsked(next)
  }, [])
  useEffect(() => {
    if (editor.isDestroyed) return
    const { dom } = editor.view
    const termOf = (target: EventTarget | null): AskedTerm | null => {
      const element = target instanceof Element ? target.closest<HTMLElement>('.term') : null
      const term = element?.dataset.term
      return element && term && dom.contains(element) ? { term, element, byKeys: false } : null
    }
    const over = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse' || event.buttons !== 0) return
      const here = termOf(event.target)
      const inCard = event.target instanceof Element && event.target.closest('[data-term-card]') !== null
      if (here) later(() => setAsked(here), openMs)
      else if (inCard) clearTimeout(timer.current)
      else later(() => setAsked((open) => (open?.byKeys ? open : null)), closeMs)
    }
    // A finger asks by a tap; the mouse has its card by then.
    const click = (event: MouseEvent) => {
      if (window.matchMedia('(hover: none)').matches) ask(termOf(event.target))
    }
    // Where words are stops of the Tab key: those of readers.
    const press = (event: KeyboardEvent) => {
      const here = event.key === 'Enter' || event.key === ' ' ? termOf(event.target) : null
      if (!here) return
      event.preventDefault()
      ask({ ...here, byKeys: true })
    }
    let stop = () => {}
    let gone = false
    // Whoever types looks at the words; while others do, the card is read on. It comes with the editor.
    void import('../editor/binding/own-change').then(
      ({ onOwnChange }) => {
        if (!gone) stop = onOwnChange(editor, () => ask(null))
      },
      () => {},
    )
    document.addEventListener('pointerover', over)
    dom.addEventListener('click', click)
    dom.addEventListener('keydown', press)
    return () => {
      clearTimeout(timer.current)
      document.removeEventListener('pointerover', over)
      dom.removeEventListener('click', click)
      dom.removeEventListener('keydown', press)
      gone = true
      stop()
    }
  }, [editor, later, ask])
  return [asked, ask]
}
