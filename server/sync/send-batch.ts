import * as Y from 'yjs'
import type { Timers } from '../timers'

/** Most updates that are merged into one: merging takes time that grows with the square of their number. */
const mergeAtMost = 64

type State = { readonly kind: 'quiet' } | { readonly kind: 'busy'; readonly stop: () => void }

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
  #state: State = { kind: 'quiet' }

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
    if (this.#state.kind === 'quiet') this.#flush()
  }

  stop(): void {
    if (this.#state.kind === 'busy') this.#state.stop()
    this.#updates = []
    this.#state = { kind: 'quiet' }
  }

  #flush(): void {
    const updates = this.#updates
    const sender = this.#sender ?? null
    this.#updates = []
    this.#sender = undefined
    if (updates.length === 0) {
      this.#state = { kind: 'quiet' }
      return
    }
    this.#state = { kind: 'busy', stop: this.#timers.after(this.#everyMs, () => this.#flush()) }
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
