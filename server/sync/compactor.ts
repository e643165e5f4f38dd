import type { Logger } from 'pino'
import type { DocumentId } from '../../lib/id'
import type { FoldOutcome, FoldRule } from '../document/compact'
import type { Timers } from '../timers'
import type { SyncStore } from './sync-store'

interface Request {
  readonly rule: FoldRule
  /** Not called when it failed. */
  readonly done: (outcome: FoldOutcome) => void
}

export interface CompactorStats {
  readonly snapshots: number
  readonly foldsFailed: number
  /** Damaged snapshots that a fold found and replaced. */
  readonly snapshotsReplaced: number
}

/**
 * Folds logs into snapshots, one at a time in this process, and each at most every `everyMs`: whoever asks
 * earlier is served when the time has come, also when the document has been left by then.
 */
export class Compactor {
  readonly #store: Pick<SyncStore, 'compact'>
  readonly #timers: Timers
  readonly #log: Logger
  readonly #everyMs: number
  #last: Promise<void> = Promise.resolve()
  /** Documents whose last attempt was a moment ago, and what was asked for since. */
  readonly #resting = new Map<DocumentId, Request | null>()
  #made = 0
  #failed = 0
  #replaced = 0

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

  stats(): CompactorStats {
    return { snapshots: this.#made, foldsFailed: this.#failed, snapshotsReplaced: this.#replaced }
  }

  /**
   * Folds when the rule says so and it is this document's turn. Of several that wait, the last counts, with the
   * least that any of them asks for. Never rejects; resolves when it is done, or put off.
   */
  fold(documentId: DocumentId, rule: FoldRule, done: Request['done'] = () => {}): Promise<void> {
    const waiting = this.#resting.get(documentId)
    if (waiting !== undefined) {
      // Who asks for fewer updates has a reason that does not pass: it was left, or a snapshot of it is damaged.
      const isUrgent = waiting !== null && waiting.rule.minUpdates < rule.minUpdates
      this.#resting.set(documentId, { rule: isUrgent ? waiting.rule : rule, done })
      return Promise.resolve()
    }
    this.#resting.set(documentId, null)
    this.#last = this.#last.then(() => this.#fold(documentId, { rule, done }))
    return this.#last
  }

  async #fold(documentId: DocumentId, { rule, done }: Request): Promise<void> {
    try {
      const outcome = await this.#store.compact(documentId, rule)
      if (outcome.kind === 'folded') {
        this.#made += 1
        if (outcome.fellBack) {
          this.#replaced += 1
          this.#log.error({ documentId }, 'A snapshot is damaged; a new one was made without it.')
        }
      }
      done(outcome)
    } catch (error) {
      // The log stays as it is, and the next time finds it so.
      this.#failed += 1
      this.#log.error({ err: error, documentId }, 'A log could not be folded into a snapshot.')
    }
    this.#timers.after(this.#everyMs, () => {
      const next = this.#resting.get(documentId)
      this.#resting.delete(documentId)
      if (next) void this.fold(documentId, next.rule, next.done)
    })
  }
}
