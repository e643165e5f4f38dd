import * as Y from 'yjs'
import type { Timers } from '../timers'

/** Most updates that are merged into one: merging takes time that grows with the square of their number. */
const mergeAtMost = 64

type State =
  /** Nothing waits. */
  | { readonly kind: 'quiet' }
  /** Something came too soon after what was sent last, and goes when its time has come. */
  | { readonly kind: 'gathering'; readonly stop: () => void }

const quiet: State = { kind: 'quiet' }

/**
 * Updates on their way to the other sockets of a document: the first goes at once, and while the document
 * stays busy one message goes every few milliseconds, with everything that came meanwhile.
 */
export class SendBatch<Sender extends object> {
  readonly #timers: Timers
  readonly #everyMs: number
  /**
   * Gets a batch in one or more parts; the document holds all of them and nothing more at that moment.
   * @param sender the only one whose updates these are, who need not get them back; null: of several.
   */
  readonly #send: (updates: readonly Uint8Array[], sender: Sender | null) => void
  #updates: Uint8Array[] = []
  /** Undefined while the batch is empty. */
  #sender: Sender | null | undefined
  #state = quiet
  /** By `Timers.elapsed`. */
  #sentAt = Number.NEGATIVE_INFINITY

  constructor(options: {
    timers: Timers
    everyMs: number
    send: (updates: readonly Uint8Array[], sender: Sender | null) => void
  }) {
    this.#timers = options.timers
    this.#everyMs = options.everyMs
    this.#send = options.send
  }

  /** @param sender null: the server itself. */
  add(update: Uint8Array, sender: Sender | null): void {
    this.#updates.push(update)
    if (this.#sender === undefined) this.#sender = sender
    else if (this.#sender !== sender) this.#sender = null
    if (this.#state.kind === 'gathering') return
    // Nothing is set going for a single letter: waking up for nothing costs more than sending it.
    const waitMs = this.#sentAt + this.#everyMs - this.#timers.elapsed()
    if (waitMs <= 0) this.#flush()
    else this.#state = { kind: 'gathering', stop: this.#timers.after(waitMs, () => this.#flush()) }
  }

  stop(): void {
    if (this.#state.kind === 'gathering') this.#state.stop()
    this.#updates = []
    this.#state = quiet
  }

  #flush(): void {
    const updates = this.#updates
    const sender = this.#sender ?? null
    this.#updates = []
    this.#sender = undefined
    this.#state = quiet
    this.#sentAt = this.#timers.elapsed()
    this.#send(mergeInParts(updates), sender)
  }
}

/** The updates in order, each `mergeAtMost` of them as one. */
export function mergeInParts(updates: readonly Uint8Array[]): Uint8Array[] {
  const parts: Uint8Array[] = []
  for (let start = 0; start < updates.length; start += mergeAtMost) {
    parts.push(Y.mergeUpdates(updates.slice(start, start + mergeAtMost)))
  }
  return parts
}
