import type { Clock } from '../lib/time'

/** Time and waiting, given to whatever waits, so that tests drive both. */
export interface Timers {
  /** Milliseconds since the epoch. */
  readonly now: Clock
  /** Runs once, `ms` from now. @returns what stops it. */
  after(ms: number, run: () => void): () => void
}

/** Real time. A timer that waits does not keep the process alive: whoever must finish, drains. */
export const systemTimers = (now: Clock = Date.now): Timers => ({
  now,
  after: (ms, run) => {
    if (ms <= 0) {
      // A timeout of 0 ms takes at least one.
      const immediate = setImmediate(run)
      return () => clearImmediate(immediate)
    }
    const timer = setTimeout(run, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
})
