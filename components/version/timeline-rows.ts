import type { VersionAnswer } from '../../lib/api-version'
import { versionReasonNames } from '../../lib/version'

/** What stands in the timeline below a day: a version that somebody meant, or all others side by side as one. */
export type TimelineRow =
  | { readonly kind: 'version'; readonly version: VersionAnswer }
  | { readonly kind: 'burst'; readonly versions: readonly VersionAnswer[] }

export interface TimelineDay {
  /** `2026-11-26`, by the calendar of this device. */
  readonly key: string
  readonly date: Date
  readonly rows: readonly TimelineRow[]
}

/** Versions that say why they are there; the others are how the text came about. */
const isListed = ({ name, reason }: VersionAnswer): boolean =>
  name !== null || reason === 'named' || reason === 'review' || reason === 'status'

/** @param versions the newest first. */
export function timelineOf(versions: readonly VersionAnswer[]): TimelineDay[] {
  const days: { key: string; date: Date; rows: TimelineRow[] }[] = []
  for (const version of versions) {
    const date = new Date(version.createdAt)
    const key = [date.getFullYear(), date.getMonth() + 1, date.getDate()].join('-')
    const newest = days.at(-1)
    const day = newest?.key === key ? newest : { key, date, rows: [] }
    if (day !== newest) days.push(day)
    const last = day.rows.at(-1)
    if (isListed(version)) day.rows.push({ kind: 'version', version })
    else if (last?.kind === 'burst')
      day.rows.splice(-1, 1, { kind: 'burst', versions: [...last.versions, version] })
    else day.rows.push({ kind: 'burst', versions: [version] })
  }
  // One alone is as short as its fold.
  return days.map((day) => ({
    ...day,
    rows: day.rows.map((row): TimelineRow => {
      const [only, ...more] = row.kind === 'burst' ? row.versions : []
      return only && more.length === 0 ? { kind: 'version', version: only } : row
    }),
  }))
}

/** What a version is called where it is listed. */
export const versionTitle = ({ name, reason }: VersionAnswer): string => name ?? versionReasonNames[reason]

/** *Today*, *Yesterday*, *Monday 23 November*, with the year where it is another one. */
export function dayWords(date: Date, now: Date): string {
  const midnight = (of: Date) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime()
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  const isThisYear = date.getFullYear() === now.getFullYear()
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(date)
}

/** `09:30`. */
export const timeWords = (at: string): string =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(at))
