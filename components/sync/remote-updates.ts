import * as Y from 'yjs'
import { receivedUpdates } from './origins'
import type { SessionClock } from './session-ports'
import type { Typing } from './typing'

/**
 * From this size on, a document is large: each change of others costs its page some milliseconds. In steps of the
 * Yjs clock, which are characters for the most part.
 */
const largeSize = 200 * 1024
/** A large document takes other people's typing at most ten times a second. */
const largeIntervalMs = 100
/** Longer than this nobody waits for other people's words, however fast they type themselves. */
export const longestWaitMs = 250
/**
 * While somebody's input method composes, others' words wait: one that is drawn in the composed line ends the
 * composition, with its letters twice or half of them. Longer than this they do not.
 */
export const longestCompositionMs = 5_000

/**
 * Other people's updates on their way into the Y.Doc, and so into the text that is shown: in a large document
 * gathered and taken as one, in none of them between a key and the picture of what it did, nor into a composition.
 */
export class RemoteUpdates {
  readonly #doc: Y.Doc
  readonly #origin: unknown
  readonly #clock: SessionClock
  readonly #typing: Typing | null
  #waiting: Uint8Array[] = []
  /** When the first of those that wait came. */
  #sinceMs = 0
  #lastMs = Number.NEGATIVE_INFINITY
  #cancelTimer: () => void = () => {}
  readonly #stopListening: () => void

  /** @param input.clock one that is never set back. @param input.typing null: nobody types here. */
  constructor(input: { doc: Y.Doc; origin: unknown; clock: SessionClock; typing: Typing | null }) {
    this.#doc = input.doc
    this.#origin = input.origin
    this.#clock = input.clock
    this.#typing = input.typing
    this.#stopListening = input.typing?.onPainted(() => this.#whenDue()) ?? (() => {})
  }

  push(update: Uint8Array): void {
    if (this.#waiting.length === 0) this.#sinceMs = this.#clock.now()
    this.#waiting.push(update)
    this.#whenDue()
  }

  /** Takes what waits, at once; order matters, so a sync step 2 flushes first. */
  flush(): void {
    this.#cancelTimer()
    const updates = this.#waiting
    if (updates.length === 0) return
    this.#waiting = []
    this.#lastMs = this.#clock.now()
    Y.transact(
      this.#doc,
      (transaction) => {
        transaction.meta.set(receivedUpdates, updates)
        for (const update of updates) Y.applyUpdate(this.#doc, update, this.#origin)
      },
      this.#origin,
      false,
    )
  }

  destroy(): void {
    this.#cancelTimer()
    this.#stopListening()
    this.#waiting = []
  }

  #whenDue(): void {
    if (this.#waiting.length === 0) return
    this.#cancelTimer()
    const nowMs = this.#clock.now()
    const dueMs = isLarge(this.#doc) ? this.#lastMs + largeIntervalMs : nowMs
    const waitMs = dueMs - nowMs
    const composing = this.#typing?.composing ?? false
    const leftMs = this.#sinceMs + (composing ? longestCompositionMs : longestWaitMs) - nowMs
    if (waitMs > 0) this.#cancelTimer = this.#clock.after(waitMs, () => this.#whenDue())
    // What is painted calls again; where nothing is (a page in the background), time does.
    else if ((composing || this.#typing?.unpainted) && leftMs > 0)
      this.#cancelTimer = this.#clock.after(leftMs, () => this.#whenDue())
    else this.flush()
  }
}

function isLarge({ store }: Y.Doc): boolean {
  let size = 0
  for (const client of store.clients.keys()) size += Y.getState(store, client)
  return size >= largeSize
}
