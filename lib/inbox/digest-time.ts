/** Why a time zone cannot be used, or null: an IANA name such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  if (name.length > 64) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const dayMs = 24 * 3_600_000

/**
 * The last time that it was `hour` o'clock somewhere, in milliseconds since the epoch; `nowMs` itself counts. On a
 * day whose clock leaps over that hour, the hour after it.
 *
 * @param place.timeZone one that `isTimeZone` knows.
 * @param place.hour 0 to 23.
 */
export function lastDigestMoment(nowMs: number, place: { timeZone: string; hour: number }): number {
  const { year, month, day } = partsOf(nowMs, place.timeZone)
  // Of the day after as well: at the date line's far side, today's hour may be of tomorrow's date.
  for (const back of [0, 1, 2]) {
    const local = Date.UTC(year, month - 1, day, place.hour) - back * dayMs
    const moment = instantOf(local, place.timeZone)
    if (moment <= nowMs) return moment
  }
  return nowMs - dayMs
}

/** The instant at which a clock there shows `local`, given as if it were UTC. */
function instantOf(local: number, timeZone: string): number {
  // Twice: the offset that holds at the first guess may not be the one that holds at the instant itself.
  const guess = local - offsetOf(local, timeZone)
  return local - offsetOf(guess, timeZone)
}

/** How far a clock there is ahead of UTC at an instant, in ms. */
function offsetOf(instant: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsOf(instant, timeZone)
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1_000) * 1_000
}

/** Clocks by zone: each is dear to make, and there are some hundreds at most. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(timeZone, made)
  return made
}

function partsOf(instant: number, timeZone: string) {
  const parts = clockOf(timeZone).formatToParts(instant)
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0)
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  }
}
