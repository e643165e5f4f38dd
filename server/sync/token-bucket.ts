import type { Clock } from '../../lib/time'

export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/**
 * A bucket that fills at `perSecond` up to `burst`, kept as one number: when it is full again. What is taken
 * beyond leaves a debt. Every socket has three of them, and thousands of sockets do nothing.
 */
export const emptied = (fullAt: number, amount: number, { perSecond }: Rate, now: number): number =>
  Math.max(fullAt, now) + (amount * 1_000) / perSecond

/** How long until the debt is paid, in ms; 0: none. */
export const debtMs = (fullAt: number, { perSecond, burst }: Rate, now: number): number =>
  // Rounded first: a thousandth of a thousandth of a millisecond is no debt.
  Math.max(0, Math.ceil(Math.round((fullAt - now - (burst * 1_000) / perSecond) * 1e6) / 1e6))

export class TokenBucket {
  readonly #rate: Rate
  readonly #elapsed: Clock
  #fullAt = 0

  constructor(options: { rate: Rate; elapsed: Clock }) {
    this.#rate = options.rate
    this.#elapsed = options.elapsed
  }

  /** Takes when there is enough. @returns how long until there is, in ms; 0: taken. */
  tryTake(amount: number): number {
    const now = this.#elapsed()
    const fullAt = emptied(this.#fullAt, amount, this.#rate, now)
    const waitMs = debtMs(fullAt, this.#rate, now)
    if (waitMs === 0) this.#fullAt = fullAt
    return waitMs
  }
}
