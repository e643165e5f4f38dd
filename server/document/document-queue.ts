import type { DocumentId } from '../../lib/id'
import type { Timers } from '../timers'
import type { LoggedUpdate } from './update-log'

/** What becomes of a document's updates, told in the order in which they were appended. */
export interface QueueListener {
  /** These, the next ones, are committed. */
  committed(updates: readonly LoggedUpdate[]): void
  /**
   * The fence refused the updates at the head of the queue: an access or a status has changed since they were
   * accepted. Nothing of this document is committed until the listener says `resume` or `setAside`.
   */
  fenced(): void
  /** The database cannot store them: `setAside` must follow. */
  rejected(): void
}

interface Waiting {
  readonly update: LoggedUpdate
  /** When it was accepted, by `Timers.elapsed`. */
  readonly at: number
}

/** A part of one document's queue on its way to the database. Exactly one of its ends is called. */
export interface Part {
  readonly documentId: DocumentId
  readonly updates: readonly LoggedUpdate[]
  readonly acceptedAt: readonly number[]
  readonly bytes: number
  /** Reason to keep them beside the log instead of in it; null: into the log. */
  readonly aside: string | null
  commit(): void
  /** The connection failed: back to the head of the queue. */
  giveBack(): void
  fence(): void
  reject(): void
  /** They are kept beside. */
  kept(): void
}

type State =
  | { readonly kind: 'open' }
  /** Waits for the listener's decision; what is appended meanwhile queues up behind. */
  | { readonly kind: 'held' }
  /** On its way to the quarantine; `done` when it is there. */
  | { readonly kind: 'aside'; readonly reason: string; readonly done: () => void }
  /** Takes nothing more, and closes when everything is committed. */
  | { readonly kind: 'finishing'; readonly done: () => void }
  | { readonly kind: 'closed' }

/** What waits or is in flight. */
export interface Total {
  bytes: number
  updates: number
}

/** The updates of one document that wait to be committed. */
export class DocumentQueue {
  readonly documentId: DocumentId
  readonly #listener: QueueListener
  readonly #timers: Timers
  readonly #total: Total
  readonly #changed: (isReady: boolean) => void
  #waiting: Waiting[] = []
  #inFlight: readonly Waiting[] = []
  #state: State = { kind: 'open' }

  constructor(
    documentId: DocumentId,
    listener: QueueListener,
    parts: {
      readonly timers: Timers
      readonly total: Total
      readonly changed: (isReady: boolean) => void
    },
  ) {
    this.documentId = documentId
    this.#listener = listener
    this.#timers = parts.timers
    this.#total = parts.total
    this.#changed = parts.changed
  }

  append(update: LoggedUpdate): void {
    if (this.#state.kind !== 'open' && this.#state.kind !== 'held') return
    this.#waiting.push({ update, at: this.#timers.elapsed() })
    this.#total.bytes += update.data.length
    this.#total.updates += 1
    this.#changed(this.isReady)
  }

  /** Updates that are not committed yet, in flight or waiting, oldest first. */
  get pending(): readonly LoggedUpdate[] {
    return [...this.#inFlight, ...this.#waiting].map((waiting) => waiting.update)
  }

  get updates(): number {
    return this.#inFlight.length + this.#waiting.length
  }

  get oldestAt(): number | null {
    return (this.#inFlight[0] ?? this.#waiting[0])?.at ?? null
  }

  /** Something waits and may be taken. One part is in flight at a time: a document's order is kept. */
  get isReady(): boolean {
    const takes = this.#state.kind !== 'held' && this.#state.kind !== 'closed'
    return takes && this.#waiting.length > 0 && this.#inFlight.length === 0
  }

  get isClosed(): boolean {
    return this.#state.kind === 'closed'
  }

  /** After `fenced`: everything that waits was judged anew and goes on under the epochs that `epochOf` gives. */
  resume(epochOf: (update: LoggedUpdate) => bigint): void {
    if (this.#state.kind !== 'held') return
    this.#waiting = this.#waiting.map(({ update, at }) => ({
      at,
      update: { ...update, writeEpoch: epochOf(update) },
    }))
    this.#state = { kind: 'open' }
    this.#proceed()
  }

  /**
   * Gives up storing what waits: it is kept beside the log. What is in flight may still be committed.
   * Resolves when nothing is left; the queue is closed then.
   */
  setAside(reason: string): Promise<void> {
    return new Promise((done) => {
      this.#state = { kind: 'aside', reason, done }
      this.#proceed()
    })
  }

  /** Takes nothing more. Resolves when everything that waits is committed; the queue is closed then. */
  finish(): Promise<void> {
    return new Promise((done) => {
      this.#state = { kind: 'finishing', done }
      this.#proceed()
    })
  }

  take(most: { bytes: number; updates: number }): Part {
    const state = this.#state
    let bytes = 0
    // At least one, however large it is.
    const limit = this.#waiting.findIndex(({ update }, index) => {
      bytes += update.data.length
      return index > 0 && (bytes > most.bytes || index >= most.updates)
    })
    const taken = this.#waiting.slice(0, limit === -1 ? undefined : limit)
    const updates = taken.map((waiting) => waiting.update)
    this.#waiting = this.#waiting.slice(taken.length)
    this.#inFlight = taken
    return {
      documentId: this.documentId,
      updates,
      acceptedAt: taken.map((waiting) => waiting.at),
      bytes: bytesOf(taken),
      aside: state.kind === 'aside' ? state.reason : null,
      commit: () => {
        this.#drop()
        this.#proceed()
        this.#listener.committed(updates)
      },
      giveBack: () => {
        this.#takeBack()
        this.#proceed()
      },
      fence: () => {
        this.#takeBack()
        if (this.#hold()) this.#listener.fenced()
      },
      reject: () => {
        this.#takeBack()
        if (this.#hold()) this.#listener.rejected()
      },
      kept: () => {
        this.#drop()
        this.#proceed()
      },
    }
  }

  /** @returns whether the listener is there to decide. */
  #hold(): boolean {
    const state = this.#state
    if (state.kind === 'open') this.#state = { kind: 'held' }
    // Whoever could judge it anew is gone.
    if (state.kind === 'finishing') this.#state = { ...state, kind: 'aside', reason: 'not stored at its end' }
    this.#proceed()
    return state.kind === 'open'
  }

  /** Says what can be taken now; a queue that was given up closes with its last update. */
  #proceed(): void {
    const state = this.#state
    if ((state.kind === 'aside' || state.kind === 'finishing') && this.updates === 0) {
      this.#state = { kind: 'closed' }
      state.done()
    }
    this.#changed(this.isReady)
  }

  #drop(): void {
    this.#total.bytes -= bytesOf(this.#inFlight)
    this.#total.updates -= this.#inFlight.length
    this.#inFlight = []
  }

  #takeBack(): void {
    this.#waiting = [...this.#inFlight, ...this.#waiting]
    this.#inFlight = []
  }
}

const bytesOf = (waiting: readonly Waiting[]): number =>
  waiting.reduce((bytes, { update }) => bytes + update.data.length, 0)
