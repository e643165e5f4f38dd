import type { Clock } from '../lib/time'

/** Time and waiting, given to whatever waits, so that tests drive both. */
export interface Timers {
  /** Milliseconds since the epoch, as the machine's clock says; it may be set on or back at any time. */
  readonly now: Clock
  /** Milliseconds since some beginning. Only goes on, evenly: for everything that measures how long. */
  readonly elapsed: Clock
  /** Runs once, `ms` from now. @returns what stops it. */
  after(ms: number, run: () => void): () => void
}

/** Real time. A timer that waits does not keep the process alive: whoever must finish, drains. */
export const systemTimers = (now: Clock = Date.now): Timers => ({
  now,
  elapsed: () => performance.now(),
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
