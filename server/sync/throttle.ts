import type { Timers } from '../timers'
import type { SyncLimits } from './limits'
import type { ReadGate } from './read-gate'
import { debtMs, emptied, type Rate } from './token-bucket'

type State =
  | { readonly kind: 'reading' }
  /** In debt: nothing is read until it is paid. */
  | { readonly kind: 'paused'; readonly stop: () => void }

/** The states without anything of their own are one object for all sockets. */
const reading: State = { kind: 'reading' }

/** A second without debt ends a busy time. */
const calmMs = 1_000

/** What the sockets of one server may send. */
export class ThrottleRates {
  readonly messages: Rate
  readonly bytes: Rate
  readonly throttleMs: number
  readonly timers: Timers

  constructor(limits: SyncLimits, timers: Timers) {
    this.messages = { perSecond: limits.messagesPerSecond, burst: limits.messageBurst }
    this.bytes = { perSecond: limits.bytesPerSecond, burst: limits.byteBurst }
    this.throttleMs = limits.throttleMs
    this.timers = timers
  }
}

/**
 * How much one socket may send. Beyond its measure it is not read for a while, which its sender notices as a
 * slow connection; whoever goes on beyond it is closed.
 */
export class Throttle {
  readonly #gate: ReadGate
  readonly #rates: ThrottleRates
  /** When all of each rate is there again, by `Timers.elapsed`. */
  #messagesFullAt = 0
  #bytesFullAt = 0
  #state = reading
  /** Since when it has been in debt again and again, by `Timers.elapsed`; null: it has not. */
  #busySince: number | null = null
  /** Null: it was never in debt. */
  #paidAt: number | null = null

  constructor(gate: ReadGate, rates: ThrottleRates) {
    this.#gate = gate
    this.#rates = rates
  }

  /**
   * Counts what was read; a single large message may take what is not there yet.
   *
   * @returns true when it has been too much for too long.
   */
  count(messages: number, bytes: number): boolean {
    const { messages: messageRate, bytes: byteRate, throttleMs, timers } = this.#rates
    const now = timers.elapsed()
    this.#messagesFullAt = emptied(this.#messagesFullAt, messages, messageRate, now)
    this.#bytesFullAt = emptied(this.#bytesFullAt, bytes, byteRate, now)
    const waitMs = Math.max(
      debtMs(this.#messagesFullAt, messageRate, now),
      debtMs(this.#bytesFullAt, byteRate, now),
    )
    if (waitMs === 0) return false
    const wasCalm = this.#state.kind === 'reading' && (this.#paidAt === null || now - this.#paidAt > calmMs)
    if (this.#busySince === null || wasCalm) this.#busySince = now
    if (now - this.#busySince >= throttleMs) return true
    if (this.#state.kind === 'paused') this.#state.stop()
    this.#gate.shut('throttled')
    this.#state = { kind: 'paused', stop: timers.after(waitMs, () => this.#resume()) }
    return false
  }

  stop(): void {
    if (this.#state.kind === 'paused') this.#state.stop()
    this.#state = reading
  }

  #resume(): void {
    this.#state = reading
    this.#paidAt = this.#rates.timers.elapsed()
    this.#gate.open('throttled')
  }
}
