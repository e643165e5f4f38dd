import type { Timers } from '../../server/timers'

/** Time that stands still until a test moves it. What is due runs in order, with everything that follows from it. */
export class ManualClock implements Timers {
  /** Since the beginning, which is no round number: nobody takes it for a date. */
  #elapsed = 12_345
  /** What the wall clock shows beyond that. */
  #offset: number
  #order = 0
  readonly #waiting = new Map<number, { at: number; run: () => void }>()

  constructor(start = Date.UTC(2026, 10, 22)) {
    this.#offset = start - this.#elapsed
  }

  readonly now = (): number => this.#offset + this.#elapsed
  readonly elapsed = (): number => this.#elapsed

  /** Sets the wall clock on, or back when `ms` is negative; nothing that waits notices. */
  set(ms: number): void {
    this.#offset += ms
  }

  /** Lets time pass in which no timer gets its turn, as on a busy machine. What was due runs with the next `advance`. */
  stall(ms: number): void {
    this.#elapsed += ms
  }

  after(ms: number, run: () => void): () => void {
    const id = ++this.#order
    this.#waiting.set(id, { at: this.#elapsed + Math.max(0, ms), run })
    return () => void this.#waiting.delete(id)
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#waiting.size
  }

  /** Moves time on by `ms`, stopping at each timer on the way. */
  async advance(ms: number): Promise<void> {
    const end = this.#elapsed + ms
    await settle()
    for (;;) {
      let next: number | null = null
      for (const [id, { at }] of this.#waiting) {
        if (at <= end && (next === null || at < (this.#waiting.get(next)?.at ?? 0))) next = id
      }
      const due = next === null ? undefined : this.#waiting.get(next)
      if (next === null || !due) break
      this.#waiting.delete(next)
      this.#elapsed = Math.max(this.#elapsed, due.at)
      due.run()
      await settle()
    }
    this.#elapsed = end
  }
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}
