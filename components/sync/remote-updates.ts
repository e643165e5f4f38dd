import * as Y from 'yjs'

/** From this many bytes on, a document is large: rebuilding it for every remote keystroke would be felt. */
const largeBytes = 200 * 1024
/** A large document takes other people's typing at most ten times a second. */
const largeIntervalMs = 100

/**
 * Other people's updates on their way into the Y.Doc. The editor's binding rebuilds the whole document on
 * every remote transaction, so in a large one they are gathered and applied as one.
 */
export class RemoteUpdates {
  readonly #doc: Y.Doc
  readonly #origin: unknown
  #waiting: Uint8Array[] = []
  #timer: ReturnType<typeof setTimeout> | null = null
  #seenBytes = 0

  constructor(doc: Y.Doc, origin: unknown) {
    this.#doc = doc
    this.#origin = origin
  }

  push(update: Uint8Array): void {
    this.#seenBytes += update.byteLength
    this.#waiting.push(update)
    if (this.#seenBytes < largeBytes) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), largeIntervalMs)
  }

  /** Applies what waits; order matters, so a sync step 2 flushes first. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    const [first, ...rest] = this.#waiting
    this.#waiting = []
    if (first === undefined) return
    Y.applyUpdate(this.#doc, rest.length === 0 ? first : Y.mergeUpdates([first, ...rest]), this.#origin)
  }

  destroy(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#waiting = []
  }
}
