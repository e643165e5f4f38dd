import { createHash } from 'node:crypto'
import type { Clock } from '../../lib/time'
import type { SyncLimits } from './limits'

/** A credential at a document, hashed: who comes back, known before they are judged. */
export type ClientKey = string & { readonly __brand: 'ClientKey' }

export const clientKeyOf = (credential: string, documentId: string): ClientKey =>
  createHash('sha256').update(`${documentId}\n${credential}`).digest('base64') as ClientKey

interface Record {
  badFrames: number
  /** By `Timers.elapsed`; 0: not refused. */
  refusedUntil: number
  readonly forgetAt: number
}

const forgetMs = 3_600_000
const maxRecords = 10_000

/**
 * Clients that misbehave and come back. Clients 1.5 and 2 ignore close codes 44xx and reconnect at once with
 * the same refused update, for ever; they are answered 429 for a minute. A client that asked for `saved` was
 * told and starts anew: it is let in.
 */
export class Offenders {
  readonly #limits: Pick<SyncLimits, 'refusedMs' | 'badFrames'>
  readonly #elapsed: Clock
  readonly #records = new Map<ClientKey, Record>()

  constructor(limits: Pick<SyncLimits, 'refusedMs' | 'badFrames'>, elapsed: Clock) {
    this.#limits = limits
    this.#elapsed = elapsed
  }

  refused(key: ClientKey): void {
    this.#recordOf(key).refusedUntil = this.#elapsed() + this.#limits.refusedMs
  }

  isRefused(key: ClientKey): boolean {
    return (this.#records.get(key)?.refusedUntil ?? 0) > this.#elapsed()
  }

  /** Counts a bad frame. @returns whether this client is refused for good. */
  badFrame(key: ClientKey): boolean {
    const record = this.#recordOf(key)
    record.badFrames += 1
    return record.badFrames >= this.#limits.badFrames
  }

  #recordOf(key: ClientKey): Record {
    const now = this.#elapsed()
    const known = this.#records.get(key)
    if (known && known.forgetAt > now) return known
    const record = { badFrames: 0, refusedUntil: 0, forgetAt: now + forgetMs }
    this.#records.delete(key)
    this.#records.set(key, record)
    // In the order of their making: the first is the oldest.
    for (const [oldest, { forgetAt }] of this.#records) {
      if (forgetAt > now && this.#records.size <= maxRecords) break
      this.#records.delete(oldest)
    }
    return record
  }
}
