import { useEffect, useRef } from 'react'
import { writes } from '../thread/use-thread-keys'

export interface ReadKeyInput {
  /** The section that is being read; null: none. */
  readonly sectionId: string | null
  /** Marks it as read, or takes the mark back. Null: this person is not asked to read. */
  readonly onRead: ((sectionId: string) => void) | null
}

/** V marks the section that is being read as read; nowhere where somebody writes. */
export function useReadKey(input: ReadKeyInput): void {
  const current = useRef(input)
  current.current = input
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || writes(event.target))
        return
      const { sectionId, onRead } = current.current
      if (event.key.toLowerCase() !== 'v' || event.repeat || sectionId === null || !onRead) return
      event.preventDefault()
      onRead(sectionId)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}
