import { useEffect } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import type { ThreadDesk } from './use-thread-desk'

/**
 * A thread that is opened is shown, whichever other threads were being looked at: one that has no place in the text
 * any more, among those that are detached.
 */
export function useListed(input: {
  readonly active: ThreadAnswer | null
  /** It is among the threads that are being looked at, and has a place there. */
  readonly isShown: boolean
  /** Beside the text it has none. */
  readonly isNowhere: boolean
  readonly desk: Pick<ThreadDesk, 'asked' | 'showOpen' | 'setView'>
}): void {
  const { active, isShown, isNowhere, desk } = input
  const { asked, showOpen, setView } = desk
  const { id, state } = active ?? {}
  // Whoever turns to other threads while one is open is not led back to it: what counts is that it was asked for, or
  // that its words went or came.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (state !== 'open' || isShown) return
    showOpen()
    if (isNowhere) setView('detached')
  }, [asked, id, state, isNowhere])
}
