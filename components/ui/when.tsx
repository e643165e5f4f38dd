'use client'

import { useNow } from './clock'
import { exactWords, whenWords } from './when-words'

export interface WhenProps {
  /** ISO 8601. */
  at: string
  /** The server's time when it rendered, in milliseconds since the epoch. */
  nowMs: number
  className?: string
}

/** How long ago, with the exact time on hover. The server's zone may not be the reader's: hence the suppression. */
export function When({ at, nowMs, className }: WhenProps) {
  const now = useNow(nowMs)
  const date = new Date(at)
  return (
    <time dateTime={at} title={exactWords(date)} className={className} suppressHydrationWarning>
      {whenWords(date, new Date(now))}
    </time>
  )
}
