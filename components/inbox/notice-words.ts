import type { NoticeAnswer } from '../../lib/api-inbox'
import type { Urgency } from '../../lib/inbox'
import { noticeWords } from '../../lib/inbox/words'

const dayWords = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options)

/** *today*, *tomorrow*, *Friday*, *Friday, 27 November*: a day as it is said on this device. */
export function dayOf(instant: string, nowMs: number): string {
  const date = new Date(instant)
  const midnight = (of: Date) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime()
  const days = Math.round((midnight(date) - midnight(new Date(nowMs))) / 86_400_000)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  if (days > 1 && days < 7) return dayWords({ weekday: 'long' }).format(date)
  return dayWords({ weekday: 'short', day: 'numeric', month: 'long' }).format(date)
}

/** What happened, in one sentence without its full stop. */
export const wordsOf = ({ notice, actor, other, urgency }: NoticeAnswer, nowMs: number): string =>
  noticeWords({
    notice,
    actor: actor?.name ?? null,
    other: other?.name ?? null,
    overdue: urgency === 'overdue',
    day: (instant) => dayOf(instant, nowMs),
  })

export const urgencyNames: Readonly<Record<Urgency, string>> = {
  overdue: 'Overdue',
  asked: 'Asked of you',
  confirm: 'Waiting for your word',
  mention: 'Mentions',
  mine: 'On your documents',
  thread: 'In your threads',
  rest: 'Everything else',
}
