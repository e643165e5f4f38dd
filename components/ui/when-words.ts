const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Whole days between two instants by the calendar of this device: yesterday evening is one day ago. */
function calendarDays(from: Date, to: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  // A day with a change of the clocks has 23 or 25 hours: rounding takes that out.
  return Math.round((midnight(to) - midnight(from)) / dayMs)
}

const months = (style: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en', style)

/**
 * How long ago an instant is, in the words of a list: *just now*, *3 min ago*, *2 h ago*, *yesterday*, *5 days
 * ago*, *3 weeks ago*, *March*, *March 2025*. A clock that runs ahead gives *just now*.
 */
export function whenWords(at: Date, now: Date): string {
  const passedMs = now.getTime() - at.getTime()
  if (passedMs < minuteMs) return 'just now'
  if (passedMs < hourMs) return `${Math.floor(passedMs / minuteMs)} min ago`
  const days = calendarDays(at, now)
  if (days === 0 || passedMs < 6 * hourMs) return `${Math.floor(passedMs / hourMs)} h ago`
  if (days === 1) return 'yesterday'
  if (days < 14) return `${days} days ago`
  if (days < 60) return `${Math.floor(days / 7)} weeks ago`
  return months(
    at.getFullYear() === now.getFullYear() ? { month: 'long' } : { month: 'long', year: 'numeric' },
  ).format(at)
}

/** The exact instant in words, for a title: `22 November 2026, 09:30`. */
export const exactWords = (at: Date): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' }).format(at)

/** *Good morning*, *Good afternoon*, *Good evening* for an hour of the day, 0 to 23. */
export function greetingWords(hour: number): string {
  if (hour >= 5 && hour < 12) return 'Good morning'
  return hour >= 12 && hour < 18 ? 'Good afternoon' : 'Good evening'
}
