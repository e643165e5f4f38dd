/** Instants travel as ISO 8601 in UTC with milliseconds (`2026-11-22T09:30:00.000Z`). */
export type Instant = string & { readonly __brand: 'Instant' }

export const instantOf = (date: Date): Instant => date.toISOString() as Instant

/** A source of the current time in milliseconds since the epoch; given, so that tests can drive it. */
export type Clock = () => number
