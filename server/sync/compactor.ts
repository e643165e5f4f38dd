import type { Logger } from 'pino'
import type { DocumentId } from '../../lib/id'
import type { Timers } from '../timers'
import type { SyncStore } from './sync-store'

/**
 * Folds logs into snapshots, one at a time in this process: folding holds the event loop for as long as a
 * document takes to encode. (In a worker thread above 1 MB, once that is measured.)
 */
export class Compactor {
  readonly #store: Pick<SyncStore, 'compact'>
  readonly #timers: Timers
  readonly #log: Logger
  readonly #everyMs: number
  #last: Promise<void> = Promise.resolve()
  /** When each document was folded last; entries older than `everyMs` say nothing and are dropped. */
  readonly #foldedAt = new Map<DocumentId, number>()
  #made = 0

  constructor(parts: {
    store: Pick<SyncStore, 'compact'>
    timers: Timers
    log: Logger
    everyMs: number
  }) {
    this.#store = parts.store
    this.#timers = parts.timers
    this.#log = parts.log
    this.#everyMs = parts.everyMs
  }

  /** Snapshots made so far. */
  get made(): number {
    return this.#made
  }

  /** Folds when it is this document's turn and its last time is long enough ago. Never rejects. */
  fold(documentId: DocumentId, minUpdates: number): Promise<void> {
    this.#last = this.#last.then(async () => {
      const now = this.#timers.elapsed()
      for (const [id, at] of this.#foldedAt) if (now - at >= this.#everyMs) this.#foldedAt.delete(id)
      if (this.#foldedAt.has(documentId)) return
      try {
        if (!(await this.#store.compact(documentId, minUpdates))) return
        this.#made += 1
        this.#foldedAt.set(documentId, now)
      } catch (error) {
        // The log stays as it is, and the next time finds it so.
        this.#log.error({ err: error, documentId }, 'A log could not be folded into a snapshot.')
      }
    })
    return this.#last
  }
}
