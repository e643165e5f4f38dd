import type { Timers } from '../timers'

/** Those who wait for something to change. */
export class Waiters {
  readonly #waiting = new Set<() => void>()

  /** Resolves at the next `wake`, or after `ms`. */
  next(timers: Timers, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        stop()
        this.#waiting.delete(done)
        resolve()
      }
      const stop = timers.after(ms, done)
      this.#waiting.add(done)
    })
  }

  wake(): void {
    for (const done of [...this.#waiting]) done()
  }
}
