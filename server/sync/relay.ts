import type { DocumentId, PersonId } from '../../lib/id'

/** One person's presence in a document, as the node that has their socket tells it. */
export interface RelayedPresence {
  /** Awareness id, bound to a socket of that node. */
  readonly id: number
  readonly personId: PersonId
  /** JSON text, with the `user` that their node stamped. Null: gone. */
  readonly state: string | null
}

export interface PresenceSaid {
  /** The newest awareness clock of that node: others go on from there. */
  readonly clock: number
  /** True: nobody else is there. */
  readonly isAll: boolean
}

/** What a node has of a document, all of it committed and passed on before this is told. */
export interface Mark {
  /** Yjs state vector. */
  readonly stateVector: Uint8Array
  /** SHA-256 of the deleted ranges, which a state vector says nothing of. */
  readonly deletes: Uint8Array
}

/** What a room hears from the rooms of the same document on other nodes. */
export interface RelayListener {
  /** Something that is committed. @returns false when it rests on what is not here: `missed` follows. */
  update(update: Uint8Array): boolean
  /** The log may hold what was not heard. */
  missed(): void
  mark(mark: Mark): void
  presence(node: string, states: readonly RelayedPresence[], how: PresenceSaid): void
  /** Somebody wants to know who is here. */
  asked(): void
  /** A node has ended, or was silent for too long: nobody is there any more. */
  gone(node: string): void
}

/** A room's end of the connection to other nodes. Nothing here throws or waits: without Redis it is silent. */
export interface RelaySeat {
  /** Other nodes have been heard. */
  readonly hasOthers: boolean
  /** From now on; what came since `join` is told first. */
  listen(listener: RelayListener): void
  /**
   * Passes on what is committed, never before: else acknowledged text of another node could rest on text that
   * died with this one. May be called after `leave`.
   */
  committed(updates: readonly Uint8Array[]): void
  mark(mark: Mark): void
  presence(states: readonly RelayedPresence[], how: PresenceSaid): void
  leave(): void
}

export type RelayState = 'not configured' | 'ok' | 'degraded'

/** Between the nodes of one installation. PostgreSQL is the truth; this is only fast. */
export interface Relay {
  readonly state: RelayState
  /** True when there can be other nodes, heard or not. */
  readonly isShared: boolean
  /**
   * Hears what other nodes say of a document. Resolves when it is heard, or when that takes too long: the seat
   * says `missed` then, once it is. Whoever reads the log after this misses nothing. Never rejects.
   */
  join(documentId: DocumentId): Promise<RelaySeat>
  /** Flat numbers, for metrics. */
  stats(): object
  /** Says goodbye to the other nodes. */
  close(): Promise<void>
}

const silentSeat: RelaySeat = {
  hasOthers: false,
  listen() {},
  committed() {},
  mark() {},
  presence() {},
  leave() {},
}

/** The relay of a node that is alone. */
export const noRelay: Relay = {
  state: 'not configured',
  isShared: false,
  join: async () => silentSeat,
  stats: () => ({}),
  close: async () => {},
}
