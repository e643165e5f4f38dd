import type { DocumentId } from '../../lib/id'
import type { Mark, PresenceSaid, RelayedPresence, RelayListener, RelaySeat } from './relay'
import type { StreamEntry } from './relay-link'
import type { RelayMessage } from './relay-message'

type Update = Extract<RelayMessage, { kind: 'update' }>

export interface SeatParts {
  readonly documentId: DocumentId
  /** This node's own. */
  readonly node: string
  /** What the stream of this document holds from an entry on, that entry included. @throws Error */
  readonly entriesFrom: (id: string) => Promise<readonly StreamEntry[]>
  readonly hasOthers: () => boolean
  readonly committed: (updates: readonly Uint8Array[]) => void
  readonly say: (message: Exclude<RelayMessage, { kind: 'update' }>) => void
  readonly left: (seat: Seat) => void
  readonly counts: { gaps: number; filledFromStream: number; filledFromLog: number }
}

/** Messages that wait for the room to be loaded, or for a gap to be filled; of more, the log tells. */
const maxWaiting = 1_000

type State =
  /** Nobody listens yet. */
  | { readonly kind: 'early'; waiting: RelayMessage[]; hasMissed: boolean }
  | { readonly kind: 'listening'; readonly listener: RelayListener }
  /** The stream is read; what comes meanwhile comes after it. */
  | { readonly kind: 'filling'; readonly listener: RelayListener; waiting: RelayMessage[] }
  | { readonly kind: 'left' }

/** A room's place at one document's channel: hears every update once and in order, or says that it did not. */
export class Seat implements RelaySeat {
  readonly documentId: DocumentId
  readonly #parts: SeatParts
  #state: State = { kind: 'early', waiting: [], hasMissed: false }
  /** Stream id of the last update heard; null: none yet. */
  #last: string | null = null

  constructor(parts: SeatParts) {
    this.#parts = parts
    this.documentId = parts.documentId
  }

  // -- the room's side

  get hasOthers(): boolean {
    return this.#parts.hasOthers()
  }

  listen(listener: RelayListener): void {
    if (this.#state.kind !== 'early') return
    const { waiting, hasMissed } = this.#state
    this.#state = { kind: 'listening', listener }
    for (const message of waiting) this.hear(message)
    if (hasMissed) listener.missed()
    this.ask()
  }

  committed(updates: readonly Uint8Array[]): void {
    this.#parts.committed(updates)
  }

  mark(mark: Mark): void {
    this.#parts.say({ kind: 'mark', node: this.#parts.node, mark })
  }

  presence(states: readonly RelayedPresence[], how: PresenceSaid): void {
    this.#parts.say({ kind: 'presence', node: this.#parts.node, states, ...how })
  }

  leave(): void {
    this.#state = { kind: 'left' }
    this.#parts.left(this)
  }

  // -- the other nodes' side

  /** Asks who is here, once somebody listens for the answer. */
  ask(): void {
    if (this.#state.kind !== 'early') this.#parts.say({ kind: 'who', node: this.#parts.node })
  }

  /** What was said meanwhile was not heard, and is in the log. */
  missed(): void {
    this.#last = null
    if (this.#state.kind === 'early') this.#state.hasMissed = true
    else this.#listener?.missed()
  }

  /** The connection is there again: nothing of either side was heard on the other. */
  reconnected(): void {
    this.missed()
    this.ask()
    this.#listener?.asked()
  }

  gone(node: string): void {
    this.#listener?.gone(node)
  }

  hear(message: RelayMessage): void {
    const state = this.#state
    if (state.kind === 'left') return
    if (state.kind !== 'listening') {
      if (state.waiting.length < maxWaiting) state.waiting.push(message)
      else this.missed()
      return
    }
    // Everything that a node says it hears itself, in the same order as all the others.
    if (message.kind === 'update') this.#hearUpdate(state.listener, message)
    else if (message.node !== this.#parts.node) this.#hearOther(state.listener, message)
  }

  #hearOther(listener: RelayListener, message: Exclude<RelayMessage, Update>): void {
    switch (message.kind) {
      case 'plain':
        this.#take(listener, message.update)
        break
      case 'log':
        listener.missed()
        break
      case 'mark':
        listener.mark(message.mark)
        break
      case 'presence':
        listener.presence(message.node, message.states, message)
        break
      case 'who':
        listener.asked()
        break
      case 'alive':
      case 'bye':
        break
    }
  }

  get #listener(): RelayListener | null {
    return 'listener' in this.#state ? this.#state.listener : null
  }

  #hearUpdate(listener: RelayListener, message: Update): void {
    const last = this.#last
    if (last !== null && !isAfter(message.id, last)) return
    if (last !== null && message.before !== last) {
      this.#parts.counts.gaps += 1
      void this.#fill(listener, last, message)
      return
    }
    this.#last = message.id
    if (message.node !== this.#parts.node) this.#take(listener, message.update)
  }

  #take(listener: RelayListener, update: Uint8Array): void {
    // Too long to be said, or resting on what is not here: the log has it.
    if (update.length === 0 || !listener.update(update)) listener.missed()
  }

  /** Updates between `last` and `message` were not heard. */
  async #fill(listener: RelayListener, last: string, message: Update): Promise<void> {
    const { counts, node, entriesFrom } = this.#parts
    const filling: State = { kind: 'filling', listener, waiting: [] }
    this.#state = filling
    const entries = await entriesFrom(last).catch(() => [])
    // A room that has left meanwhile hears nothing more.
    if (this.#state !== filling) return
    this.#state = { kind: 'listening', listener }
    this.#last = message.id
    // The stream reaches back to what was heard last, or it does not reach far enough.
    if (entries[0]?.id === last && entries.some(({ id }) => id === message.id)) {
      counts.filledFromStream += 1
      for (const entry of entries.slice(1)) {
        this.#last = entry.id
        if (entry.node !== node) this.#take(listener, entry.update)
      }
    } else {
      counts.filledFromLog += 1
      listener.missed()
    }
    for (const waiting of filling.waiting) this.hear(waiting)
  }
}

/** Whether stream id `a` (`<ms>-<n>`) is after `b`. */
function isAfter(a: string, b: string): boolean {
  const [aMs = 0, aN = 0] = a.split('-').map(Number)
  const [bMs = 0, bN = 0] = b.split('-').map(Number)
  return aMs === bMs ? aN > bN : aMs > bMs
}
