import { useEffect } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import type { ThreadDesk } from './use-thread-desk'

/** A thread that is opened from its words is shown, whichever other threads were being looked at. */
export function useListed(
  active: ThreadAnswer | null,
  isListed: boolean,
  { asked, showOpen }: Pick<ThreadDesk, 'asked' | 'showOpen'>,
): void {
  const { id, state } = active ?? {}
  // Whoever turns to other threads while one is open is not led back to it: what counts is that it was asked for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (state === 'open' && !isListed) showOpen()
  }, [asked, id, state])
}
