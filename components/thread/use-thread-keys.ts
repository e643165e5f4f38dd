import { useEffect, useRef } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import type { ThreadDesk } from './use-thread-desk'

/** J and K walk through threads, R answers, E resolves, Escape closes; nowhere where somebody writes. */
export function useThreadKeys(input: {
  readonly desk: ThreadDesk
  readonly order: readonly ThreadAnswer[]
}): void {
  const current = useRef(input)
  current.current = input
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented || writes(event.target))
        return
      const { desk, order } = current.current
      const key = event.key.toLowerCase()
      if (key === 'escape' && desk.activeId !== null) return desk.open(null)
      if (order.length === 0) return
      if (key === 'j' || key === 'k') {
        const at = order.findIndex((thread) => thread.id === desk.activeId)
        const next = at < 0 ? 0 : (at + (key === 'j' ? 1 : -1) + order.length) % order.length
        const id = order[next]?.id
        if (!id) return
        event.preventDefault()
        desk.open(id)
        focusCard(id)
      } else if ((key === 'r' || key === 'e') && desk.activeId !== null) {
        const card = cardOf(desk.activeId)
        const button = card?.querySelector<HTMLElement>(key === 'r' ? '[data-reply]' : '[data-resolve]')
        // An answer that was begun is gone on with.
        const begun = key === 'r' ? card?.querySelector<HTMLElement>('textarea[aria-label="Reply"]') : null
        if (!button && !begun) return
        event.preventDefault()
        button?.click()
        begun?.focus()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

/** Gives the focus to a card, once it is drawn: its words are looked for first. */
export function focusCard(id: string, frames = 20): void {
  requestAnimationFrame(() => {
    const card = cardOf(id)
    if (card) card.focus({ preventScroll: true })
    else if (frames > 0) focusCard(id, frames - 1)
  })
}

const cardOf = (id: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-thread-card="${id}"]`)

/** True where keys are text: a field, or a body that this person may write. */
export function writes(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('input, textarea, select, [role="menu"], [role="dialog"]')) return true
  const text = target.closest('[contenteditable="true"]')
  // Where whoever may not write suggests by typing, a letter is a letter.
  return text !== null && (!text.hasAttribute('data-reading') || text.hasAttribute('data-suggesting'))
}
