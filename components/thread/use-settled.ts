import { useEffect, useRef } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import type { ThreadDesk } from './use-thread-desk'

/**
 * An open thread that somebody resolves is closed, and leaves the text with its card; where an answer is being
 * typed, when that is done. One that was resolved when it was opened (by a link) is shown among its like.
 */
export function useSettled(
  active: ThreadAnswer | null,
  desk: Pick<ThreadDesk, 'open' | 'setView'>,
  answering: boolean,
): void {
  const { open, setView } = desk
  /** The thread that was seen open. */
  const openId = useRef<string | null>(null)
  const id = active?.id ?? null
  const resolved = active?.state === 'resolved'
  useEffect(() => {
    if (!resolved) openId.current = id
    else if (openId.current === id) answering || open(null)
    else setView('resolved')
  }, [id, resolved, answering, open, setView])
}
