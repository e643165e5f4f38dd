import type { Clock } from '../../lib/time'

/** A bucket that fills at `perSecond` up to `burst`. What is taken beyond leaves a debt. */
export class TokenBucket {
  readonly #perSecond: number
  readonly #burst: number
  readonly #elapsed: Clock
  #left: number
  #at: number

  constructor(options: { perSecond: number; burst: number; elapsed: Clock }) {
    this.#perSecond = options.perSecond
    this.#burst = options.burst
    this.#elapsed = options.elapsed
    this.#left = options.burst
    this.#at = options.elapsed()
  }

  /** Always takes: a single large message must pass. @returns how long until the debt is paid, in ms; 0: none. */
  take(amount: number): number {
    this.#fill()
    this.#left -= amount
    return this.#left >= 0 ? 0 : Math.ceil((-this.#left / this.#perSecond) * 1000)
  }

  /** Takes when there is enough. @returns how long until there is, in ms; 0: taken. */
  tryTake(amount: number): number {
    this.#fill()
    if (this.#left < amount) return Math.ceil(((amount - this.#left) / this.#perSecond) * 1000)
    this.#left -= amount
    return 0
  }

  #fill(): void {
    const now = this.#elapsed()
    // A clock that is set back fills nothing, and does not empty either.
    const elapsedMs = Math.max(0, now - this.#at)
    this.#left = Math.min(this.#burst, this.#left + (elapsedMs * this.#perSecond) / 1000)
    this.#at = now
  }
}
