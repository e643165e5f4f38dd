const dayMs = 86_400_000

const day = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options)

/** Whole days from today to the day of an instant, by the calendar of this device; negative: it has passed. */
export function daysUntil(at: Date, now: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  // A day with a change of the clocks has 23 or 25 hours: rounding takes that out.
  return Math.round((midnight(at) - midnight(now)) / dayMs)
}

/** Until when, as it stands behind *due*: `today`, `tomorrow`, `Friday`, `12 December`, `12 January 2027`. */
export function dueWords(at: Date, now: Date): string {
  const days = daysUntil(at, now)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  if (days > 1 && days < 7) return day({ weekday: 'long' }).format(at)
  const sameYear = at.getFullYear() === now.getFullYear()
  return day({ day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(at)
}

/** The end of a day that was chosen in a calendar (`2026-11-27`) on this device; null: no day. */
export function endOfDay(chosen: string): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(chosen)
  if (!parts) return null
  return new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]), 23, 59, 59, 0)
}

/** A day as a calendar field has it. */
export function calendarDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
