import type { Logger } from 'pino'
import type { DocumentId } from '../../lib/id'
import type { Timers } from '../timers'
import { commitFailureOf } from './commit-error'
import { CommitQueue } from './commit-queue'
import type { CommitStore } from './commit-store'
import type { DocumentQueue, Part, QueueListener } from './document-queue'

/** What, unit, default, trade-off. */
export interface CommitterLimits {
  /**
   * How long the first update of a commit waits for others, in ms. Default 5. Shorter: a few people who type at
   * once cost a commit for each letter, and the database takes the processor just when their words are passed on.
   */
  readonly gatherMs: number
  /**
   * Least time between the beginnings of two commits while updates keep coming, in ms. Default 8. Longer:
   * fewer and larger commits; every acknowledgement may wait that much longer.
   */
  readonly spacingMs: number
  /** A commit is begun early when this many bytes wait. Default 256 KiB. */
  readonly eagerBytes: number
  /** Most bytes and updates in one commit. Default 4 MiB, 2,000. A larger single update goes alone. */
  readonly batchBytes: number
  readonly batchUpdates: number
  /** When the oldest update has waited this long, saving is called paused. Default 5,000 ms. */
  readonly pausedAfterMs: number
  /** First and longest wait after a failed commit, in ms, halved at random. Default 100 and 5,000. */
  readonly backOffMs: number
  readonly maxBackOffMs: number
  /** With this many bytes waiting, no further document is loaded. Default 64 MiB. */
  readonly refuseLoadsBytes: number
  /** With this many, nothing more is taken. Default 256 MiB. */
  readonly fullBytes: number
}

export const committerLimits: CommitterLimits = {
  gatherMs: 5,
  spacingMs: 8,
  eagerBytes: 256 * 1024,
  batchBytes: 4 * 1024 * 1024,
  batchUpdates: 2_000,
  pausedAfterMs: 5_000,
  backOffMs: 100,
  maxBackOffMs: 5_000,
  refuseLoadsBytes: 64 * 1024 * 1024,
  fullBytes: 256 * 1024 * 1024,
}

export interface CommitterParts {
  readonly store: CommitStore
  readonly timers: Timers
  readonly log: Logger
  readonly limits?: Partial<CommitterLimits>
  /** A number in [0, 1), for the jitter of the back-off. */
  readonly random?: () => number
}

export interface CommitterStats {
  readonly queuedBytes: number
  readonly queuedUpdates: number
  readonly committedUpdates: number
  readonly commits: number
  readonly failures: number
  readonly fenced: number
  readonly setAside: number
  /** Time from accepting an update to its commit, over the last 1,024 updates, in ms. */
  readonly commitP50Ms: number
  readonly commitP99Ms: number
}

/** How full the queue is: loads are refused at `crowded`, everything at `full`. */
export type Pressure = 'none' | 'crowded' | 'full'

type State =
  /** Nothing waits. */
  | { readonly kind: 'idle' }
  /** A commit begins soon. */
  | { readonly kind: 'scheduled'; readonly eager: boolean; readonly stop: () => void }
  /** One commit is under way; there is never a second one, so that commits keep the order of a document. */
  | { readonly kind: 'committing' }
  /** The database did not answer; `attempt` counts from 1. */
  | { readonly kind: 'backing_off'; readonly attempt: number; readonly stop: () => void }

/**
 * The one committer of a process: updates of all documents, in groups.
 *
 * A natural group commit: whatever arrived while one commit was under way, and within a moment of its first,
 * makes up the next. Fan-out to sockets does not wait for it; acknowledgements do.
 */
export class Committer {
  readonly #store: CommitStore
  readonly #timers: Timers
  readonly #log: Logger
  readonly #limits: CommitterLimits
  readonly #random: () => number
  readonly #queue: CommitQueue
  readonly #pauseListeners = new Set<(paused: boolean) => void>()
  /** Since when something waits that cannot be queued yet; the first is the oldest. */
  readonly #held = new Set<{ readonly since: number }>()
  readonly #idleListeners = new Set<() => void>()
  readonly #waits = new Float64Array(1024)
  #state: State = { kind: 'idle' }
  #begunAt = Number.NEGATIVE_INFINITY
  /** Failures since the last success; the outcome of the last attempt is unknown when it is not 0. */
  #attempt = 0
  #paused = false
  #stopAgeTimer: (() => void) | null = null
  #committed = 0
  #commits = 0
  #failures = 0
  #fenced = 0
  #setAside = 0

  constructor({ store, timers, log, limits, random }: CommitterParts) {
    this.#store = store
    this.#timers = timers
    this.#log = log
    this.#limits = { ...committerLimits, ...limits }
    this.#random = random ?? Math.random
    this.#queue = new CommitQueue({ timers, onWork: () => this.#schedule() })
  }

  /** The queue of one document. There is one at a time; it may be opened again once it was closed. */
  open(documentId: DocumentId, listener: QueueListener): DocumentQueue {
    return this.#queue.open(documentId, listener)
  }

  get pressure(): Pressure {
    const { bytes } = this.#queue
    if (bytes >= this.#limits.fullBytes) return 'full'
    return bytes >= this.#limits.refuseLoadsBytes ? 'crowded' : 'none'
  }

  /**
   * Something waits for the database before it can even be queued, and counts for `paused` like what is.
   *
   * @returns ends that.
   */
  hold(): () => void {
    const held = { since: this.#timers.elapsed() }
    this.#held.add(held)
    this.#watchAge()
    return () => {
      this.#held.delete(held)
      if (this.#paused) this.#checkAge()
    }
  }

  /** True while the oldest update has waited too long: people are told that saving is paused. */
  get paused(): boolean {
    return this.#paused
  }

  onPaused(listener: (paused: boolean) => void): () => void {
    this.#pauseListeners.add(listener)
    return () => void this.#pauseListeners.delete(listener)
  }

  /** Resolves when nothing waits any more. Whoever cannot wait for ever races it with a timer. */
  settled(): Promise<void> {
    if (this.#queue.isEmpty && this.#state.kind !== 'committing') return Promise.resolve()
    return new Promise((resolve) => this.#idleListeners.add(resolve))
  }

  stats(): CommitterStats {
    const waits = this.#waits.slice(0, Math.min(this.#committed, this.#waits.length)).sort()
    const at = (share: number) => waits[Math.floor(waits.length * share)] ?? 0
    return {
      queuedBytes: this.#queue.bytes,
      queuedUpdates: this.#queue.updates,
      committedUpdates: this.#committed,
      commits: this.#commits,
      failures: this.#failures,
      fenced: this.#fenced,
      setAside: this.#setAside,
      commitP50Ms: at(0.5),
      commitP99Ms: at(0.99),
    }
  }

  #schedule(): void {
    this.#watchAge()
    const eager = this.#queue.bytes >= this.#limits.eagerBytes
    switch (this.#state.kind) {
      case 'committing':
      case 'backing_off':
        return
      case 'scheduled':
        if (!eager || this.#state.eager) return
        this.#state.stop()
        break
      case 'idle':
        break
    }
    const { gatherMs, spacingMs } = this.#limits
    const now = this.#timers.elapsed()
    const dueAt = Math.max((this.#queue.readySince ?? now) + gatherMs, this.#begunAt + spacingMs)
    const waitMs = eager ? 0 : Math.max(0, dueAt - now)
    // Zero too goes through a timer: what arrives in the same turn of the event loop goes along.
    this.#state = { kind: 'scheduled', eager, stop: this.#timers.after(waitMs, () => void this.#run()) }
  }

  async #run(): Promise<void> {
    this.#state = { kind: 'committing' }
    this.#begunAt = this.#timers.elapsed()
    const batch = this.#queue.take({ bytes: this.#limits.batchBytes, updates: this.#limits.batchUpdates })
    const stored = await this.#insert(batch.filter((part) => part.aside === null))
    const kept = await this.#keepAside(batch.filter((part) => part.aside !== null))
    this.#commits += 1
    if (!stored || !kept) return this.#backOff()
    if (this.#attempt > 0) this.#log.info({ attempts: this.#attempt }, 'The database takes commits again.')
    this.#attempt = 0
    this.#state = { kind: 'idle' }
    if (this.#paused) this.#checkAge()
    if (this.#queue.hasWork) return this.#schedule()
    if (!this.#queue.isEmpty) return
    for (const resolve of this.#idleListeners) resolve()
    this.#idleListeners.clear()
  }

  /**
   * Commits parts of several documents together. When the database cannot take the data, by halves, until
   * the offending document stands alone and is rejected, and all others are committed.
   *
   * @returns false when the connection failed; what was not committed is back in its queue then.
   */
  async #insert(parts: readonly Part[]): Promise<boolean> {
    if (parts.length === 0) return true
    let passed: ReadonlySet<DocumentId>
    try {
      const updates = parts.flatMap((part) => part.updates)
      passed = await this.#store.insert(updates, { again: this.#attempt > 0 })
    } catch (error) {
      if (commitFailureOf(error) === 'data') return this.#bisect(parts, error)
      return this.#failed(parts, error)
    }
    for (const part of parts) this.#settle(part, passed.has(part.documentId))
    return true
  }

  async #bisect(parts: readonly Part[], error: unknown): Promise<boolean> {
    const [only] = parts
    if (parts.length === 1 && only !== undefined) {
      const { documentId, updates } = only
      this.#log.error(
        { err: error, documentId, updates: updates.length },
        'The database cannot store updates of a document; they are set aside.',
      )
      only.reject()
      return true
    }
    const middle = parts.length >> 1
    const rest = parts.slice(middle)
    if (await this.#insert(parts.slice(0, middle))) return this.#insert(rest)
    for (const part of rest) part.giveBack()
    return false
  }

  async #keepAside(parts: readonly Part[]): Promise<boolean> {
    for (const [index, part] of parts.entries()) {
      try {
        await this.#store.quarantine(part.updates, part.aside ?? '')
      } catch (error) {
        if (commitFailureOf(error) === 'connection') return this.#failed(parts.slice(index), error)
        // Nothing more can be done with these bytes, and they must not keep everybody else's waiting.
        this.#log.fatal({ err: error, documentId: part.documentId }, 'Updates could not even be set aside.')
      }
      this.#setAside += part.updates.length
      part.kept()
    }
    return true
  }

  #failed(parts: readonly Part[], error: unknown): false {
    this.#failures += 1
    this.#log.error({ err: error, attempt: this.#attempt + 1 }, 'A commit failed; its updates are kept.')
    for (const part of parts) part.giveBack()
    return false
  }

  #settle(part: Part, passed: boolean): void {
    if (passed) {
      const now = this.#timers.elapsed()
      for (const at of part.acceptedAt) this.#waits[this.#committed++ % this.#waits.length] = now - at
      part.commit()
    } else {
      this.#fenced += part.updates.length
      part.fence()
    }
  }

  #backOff(): void {
    this.#attempt += 1
    const { backOffMs, maxBackOffMs } = this.#limits
    const full = Math.min(maxBackOffMs, backOffMs * 2 ** (this.#attempt - 1))
    // Half of it at random: processes that lost the same database do not come back in step.
    const waitMs = full / 2 + (full / 2) * this.#random()
    const stop = this.#timers.after(waitMs, () => void this.#run())
    this.#state = { kind: 'backing_off', attempt: this.#attempt, stop }
  }

  #watchAge(): void {
    this.#stopAgeTimer ??= this.#timers.after(this.#limits.pausedAfterMs, () => this.#checkAge())
  }

  /** Keeps `paused` true while the oldest update is older than it should be, to within one commit. */
  #checkAge(): void {
    this.#stopAgeTimer?.()
    this.#stopAgeTimer = null
    const [held] = this.#held
    const oldest = Math.min(this.#queue.oldestAt ?? Infinity, held?.since ?? Infinity)
    const leftMs = oldest + this.#limits.pausedAfterMs - this.#timers.elapsed()
    if (leftMs > 0 && leftMs < Infinity) {
      this.#stopAgeTimer = this.#timers.after(leftMs, () => this.#checkAge())
    }
    const paused = leftMs <= 0
    if (paused === this.#paused) return
    this.#paused = paused
    this.#log.warn({ queuedBytes: this.#queue.bytes }, paused ? 'Saving is paused.' : 'Saving has caught up.')
    for (const listener of this.#pauseListeners) listener(paused)
  }
}
