import { MessageSquare } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import { useCommands } from '../shell/commands'
import type { ThreadDesk } from './use-thread-desk'

interface ThreadKeysInput {
  readonly desk: ThreadDesk
  /** As they stand beside the text. */
  readonly order: readonly ThreadAnswer[]
}

/** J and K walk through threads, R answers, E resolves, Escape closes; nowhere where somebody writes. */
export function useThreadKeys(input: ThreadKeysInput): void {
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
        event.preventDefault()
        step(current.current, key === 'j' ? 1 : -1)
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
  // From within the text, where a letter is a letter.
  useCommands({
    now: () =>
      input.order.length === 0
        ? []
        : [
            {
              id: 'to-threads',
              group: 'Threads',
              label: 'Go to the threads',
              words: 'next comment answer reply',
              icon: MessageSquare,
              run: () => step(current.current, 1),
            },
          ],
  })
}

/** To the next thread or the one before; to the first where none is open. */
function step({ desk, order }: ThreadKeysInput, by: 1 | -1): void {
  const at = order.findIndex((thread) => thread.id === desk.activeId)
  const id = order[at < 0 ? 0 : (at + by + order.length) % order.length]?.id
  if (!id) return
  desk.open(id)
  focusCard(id)
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
