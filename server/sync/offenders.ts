import type { DocumentId, PersonId } from '../../lib/id'
import type { Clock } from '../../lib/time'
import type { SyncLimits } from './limits'

/** Who came, and where: whatever credential they brought, since a ticket is another one each time. */
export interface Visitor {
  readonly personId: PersonId
  readonly documentId: DocumentId
}

interface Record {
  badFrames: number
  /** By the clock that only goes on, in ms; 0: not refused. */
  refusedUntil: number
  readonly forgetAt: number
}

const forgetMs = 3_600_000
const maxRecords = 10_000

/**
 * People whose clients misbehave in a document and come back. Clients 1.5 and 2 ignore close codes 44xx and
 * reconnect at once with the same refused update, for ever; they are answered 429 for a minute. A client that
 * asked for `saved` was told and starts anew: it is let in.
 */
export class Offenders {
  readonly #limits: Pick<SyncLimits, 'refusedMs' | 'badFrames'>
  readonly #elapsed: Clock
  readonly #records = new Map<string, Record>()
  /** Until when somebody is refused there. */
  readonly #refusing = new Map<DocumentId, number>()

  constructor(limits: Pick<SyncLimits, 'refusedMs' | 'badFrames'>, elapsed: Clock) {
    this.#limits = limits
    this.#elapsed = elapsed
  }

  refused(visitor: Visitor): void {
    const until = this.#elapsed() + this.#limits.refusedMs
    this.#recordOf(visitor).refusedUntil = until
    this.#refusing.delete(visitor.documentId)
    this.#refusing.set(visitor.documentId, until)
    dropOldest(this.#refusing, (refusedUntil) => refusedUntil <= this.#elapsed())
  }

  isRefused(visitor: Visitor): boolean {
    return (this.#records.get(keyOf(visitor))?.refusedUntil ?? 0) > this.#elapsed()
  }

  /** Whether anybody is refused there: only then is it worth asking who comes before they are let in. */
  isRefusing(documentId: DocumentId): boolean {
    return (this.#refusing.get(documentId) ?? 0) > this.#elapsed()
  }

  /** Counts a bad frame. @returns whether this client is refused for good. */
  badFrame(visitor: Visitor): boolean {
    const record = this.#recordOf(visitor)
    record.badFrames += 1
    return record.badFrames >= this.#limits.badFrames
  }

  #recordOf(visitor: Visitor): Record {
    const now = this.#elapsed()
    const key = keyOf(visitor)
    const known = this.#records.get(key)
    if (known && known.forgetAt > now) return known
    const record = { badFrames: 0, refusedUntil: 0, forgetAt: now + forgetMs }
    this.#records.delete(key)
    this.#records.set(key, record)
    dropOldest(this.#records, ({ forgetAt }) => forgetAt <= now)
    return record
  }
}

const keyOf = ({ personId, documentId }: Visitor): string => `${documentId} ${personId}`

/** Maps keep the order of their making: the first is the oldest. */
function dropOldest<Key, Value>(map: Map<Key, Value>, isOver: (value: Value) => boolean): void {
  for (const [key, value] of map) {
    if (!isOver(value) && map.size <= maxRecords) break
    map.delete(key)
  }
}
