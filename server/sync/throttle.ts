import type { Timers } from '../timers'
import type { SyncLimits } from './limits'
import type { ReadGate } from './read-gate'
import { TokenBucket } from './token-bucket'

type State =
  | { readonly kind: 'reading' }
  /** In debt: nothing is read until it is paid. */
  | { readonly kind: 'paused'; readonly stop: () => void }

/** A second without debt ends a busy time. */
const calmMs = 1_000

/**
 * How much one socket may send. Beyond its measure it is not read for a while, which its sender notices as a
 * slow connection; whoever goes on beyond it is closed.
 */
export class Throttle {
  readonly #gate: ReadGate
  readonly #limits: SyncLimits
  readonly #timers: Timers
  readonly #onExcess: () => void
  readonly #messages: TokenBucket
  readonly #bytes: TokenBucket
  #state: State = { kind: 'reading' }
  /** Since when it has been in debt again and again, by `Timers.elapsed`; null: it has not. */
  #busySince: number | null = null
  #paidAt = Number.NEGATIVE_INFINITY

  constructor(gate: ReadGate, limits: SyncLimits, timers: Timers, onExcess: () => void) {
    this.#gate = gate
    this.#limits = limits
    this.#timers = timers
    this.#onExcess = onExcess
    const { elapsed } = timers
    this.#messages = new TokenBucket({
      perSecond: limits.messagesPerSecond,
      burst: limits.messageBurst,
      elapsed,
    })
    this.#bytes = new TokenBucket({ perSecond: limits.bytesPerSecond, burst: limits.byteBurst, elapsed })
  }

  /** Counts what was read; a single large message may take what is not there yet. */
  count(messages: number, bytes: number): void {
    const waitMs = Math.max(this.#messages.take(messages), this.#bytes.take(bytes))
    if (waitMs === 0) return
    const now = this.#timers.elapsed()
    const wasCalm = this.#state.kind === 'reading' && now - this.#paidAt > calmMs
    if (this.#busySince === null || wasCalm) this.#busySince = now
    if (now - this.#busySince >= this.#limits.throttleMs) {
      this.#onExcess()
      return
    }
    if (this.#state.kind === 'paused') this.#state.stop()
    this.#gate.shut('throttled')
    this.#state = { kind: 'paused', stop: this.#timers.after(waitMs, () => this.#resume()) }
  }

  stop(): void {
    if (this.#state.kind === 'paused') this.#state.stop()
    this.#state = { kind: 'reading' }
  }

  #resume(): void {
    this.#state = { kind: 'reading' }
    this.#paidAt = this.#timers.elapsed()
    this.#gate.open('throttled')
  }
}
