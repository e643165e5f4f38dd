import * as Y from 'yjs'
import type { HeldWords } from './held-words'
import { SavedTracker, type SentKind } from './saved-tracker'
import { SavedVector } from './saved-vector'
import type { StoreMemory } from './session-ports'
import { mergedMemory } from './store-memory'
import { unsentWords } from './unsent-words'

type Mark = ReadonlyMap<number, number>

/** What of one Y.Doc is not known to be committed: how much of it, since when, and in which words. */
export class Unsaved {
  readonly #doc: Y.Doc
  #tracker: SavedTracker<Mark>
  #vector: SavedVector
  /** The Yjs clients as which this person writes, here or in pages before. Null: nobody has noted them. */
  readonly #own: ReadonlySet<number> | null

  constructor(doc: Y.Doc, memory: StoreMemory = mergedMemory([])) {
    this.#doc = doc
    this.#tracker = new SavedTracker(memory.changes)
    this.#vector = new SavedVector(memory.saved)
    this.#own = memory.clients && new Set([...memory.clients, doc.clientID])
  }

  /** One local transaction. Call it before the transport hears of the same change. */
  changedHere(): void {
    this.#tracker.changed()
  }

  /** One transaction that came from the server: those words are not ours to keep. */
  cameFromServer(transaction: Y.Transaction): void {
    const others = new Map(transaction.afterState)
    others.delete(this.#doc.clientID)
    for (const [client, clock] of others) {
      if (transaction.beforeState.get(client) === clock) others.delete(client)
    }
    this.#vector.merge(others)
  }

  /** What the server has in memory is enough for other people's words; ours count when acknowledged. */
  serverHas(clocks: ReadonlyMap<number, number>): void {
    const others = new Map(clocks)
    others.delete(this.#doc.clientID)
    this.#vector.merge(others)
  }

  sent(kind: SentKind, nowMs: number): void {
    const { clientID, store } = this.#doc
    const mark =
      kind === 'step2'
        ? Y.decodeStateVector(Y.encodeStateVector(this.#doc))
        : new Map([[clientID, Y.getState(store, clientID)]])
    this.#tracker.sent(kind, nowMs, mark)
  }

  /** @returns True when this answer says that everything written here is now on disk, and it was not before. */
  acknowledged(count: number): boolean {
    const before = this.#tracker.pending
    for (const mark of this.#tracker.acknowledged(count)) this.#vector.merge(mark)
    return before > 0 && this.#tracker.pending === 0
  }

  connectionClosed(): void {
    this.#tracker.closed()
  }

  get pending(): number {
    return this.#tracker.pending
  }

  get settled(): boolean {
    return this.#tracker.settled
  }

  get waitingSinceMs(): number | null {
    return this.#tracker.waitingSinceMs
  }

  /** This person wrote it, here or in a page before, and the server is not known to have it. */
  isUnsaved(client: number, clock: number): boolean {
    const isOwn = this.#own?.has(client) ?? client === this.#doc.clientID
    return isOwn && clock >= this.#vector.clockOf(client)
  }

  /** What a later page of this person needs to know. */
  memory(): StoreMemory {
    return { changes: this.#tracker.pending, saved: this.#vector.encode(), clients: this.#clients() }
  }

  /** Clients of earlier pages stay noted: the store may have more of them than was read when this page opened. */
  #clients(): readonly number[] {
    const { clientID, store } = this.#doc
    if (this.#own !== null) {
      return [...this.#own].filter((client) => client !== clientID || Y.getState(store, client) > 0)
    }
    return [...store.clients.keys()].filter(
      (client) => Y.getState(store, client) > this.#vector.clockOf(client),
    )
  }

  /**
   * Plain text; empty when nothing waits. Not asked of the count, which is for people to read: it is one page's,
   * and may be none where another page of the same person left words.
   */
  words(body: Y.XmlFragment): string {
    return unsentWords(body, this.#vector, this.#own)
  }

  /** All of it, for whoever can compare it with what the server has. */
  held(body: Y.XmlFragment): HeldWords {
    return { doc: this.#doc, own: this.#own, words: this.words(body) }
  }
}
