import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { DocumentAnswer } from '../../lib/api'
import type { LiveEvent } from '../../lib/live'
import type { RefusalCode } from '../../lib/sync/message'
import type { HeldWords } from './held-words'
import type { LateEdit } from './late-edits'
import type { SentKind } from './saved-tracker'

/** What a session needs from the world around it; a test gives it another world. */
export interface SessionPorts {
  /** @param onFailed The store stopped keeping what is written. */
  openStore(doc: Doc, onFailed: () => void): LocalStore
  openSocket(input: SocketInput): DocumentSocket
  /** Who is signed in, and what they may do with this document. Never throws. */
  readAccess(): Promise<AccessReading>
  /** Keeps refused words where a reload finds them. True once they are on disk. Never throws. */
  setAside(text: KeptText): Promise<boolean>
  /** What earlier pages of this person left here, for a page that does not write. Null: nothing. Never throws. */
  findHeld(): Promise<HeldStore | null>
  /** Starts a suggestion. @returns the id of its thread. @throws what the call throws. */
  propose(edit: LateEdit): Promise<string>
  /** True once the log has all of it. @param stateVector of Yjs, encoded. False also where nobody answers. */
  isStored(stateVector: Uint8Array): Promise<boolean>
  readonly clock: SessionClock
  /** A number from 0 (included) to 1. */
  chance(): number
}

export interface SessionClock {
  /** Milliseconds since some fixed moment. */
  now(): number
  /** Runs `run` once after `ms`; returns what cancels it. */
  after(ms: number, run: () => void): () => void
}

/** What earlier pages of this person left on this device. */
export interface StoreMemory {
  /** Changes that were not known to be committed. */
  readonly changes: number
  /** State vector of what was known to be committed, as `SavedVector.encode` gives it. */
  readonly saved: Uint8Array | null
  /**
   * The Yjs clients as which this person has written: only their text is the person's own. Null: not noted, by an
   * earlier release; then all text that is not known to be committed counts as theirs.
   */
  readonly clients: readonly number[] | null
}

export interface LocalStore {
  /** Resolves once what is kept here has been applied to the Y.Doc. False: this browser keeps nothing. */
  readonly loaded: Promise<StoreMemory | false>
  /** Notes how much is unsaved; `memory` is asked when it is written. */
  remember(changes: number, memory: () => StoreMemory): void
  /**
   * Deletes everything kept for this document and person, and closes. False: it is still there, for one because
   * another page of theirs has words in it that are not known to be committed. Never throws.
   */
  clear(): Promise<boolean>
  close(): void
}

/** The local store of earlier pages, opened to be emptied. */
export interface HeldStore {
  readonly held: HeldWords
  /** As `LocalStore` has them. */
  clear(): Promise<boolean>
  close(): void
}

export interface SocketInput {
  readonly doc: Doc
  readonly awareness: Awareness
  /** False: no update of this Y.Doc is ever sent. */
  readonly canWrite: boolean
  /** An update message left this device. */
  onSent(kind: SentKind): void
  onSaved(count: number): void
  onRefused(code: RefusalCode): void
  onLive(event: LiveEvent): void
  /** What the server had, per client, when it was asked. */
  onServerClocks(clocks: ReadonlyMap<number, number>): void
  /** This page believes that it may write; the server lets it read. */
  onReadOnly(): void
  /** The first exchange of this connection is complete. */
  onSynced(): void
  /** Code of the close frame; null when the connection was lost without one. */
  onClose(code: number | null): void
}

export interface DocumentSocket {
  /** Origin of transactions that come from the network. */
  readonly origin: unknown
  connect(): void
  /** Closes the present connection as if it had been lost. */
  drop(): void
  /** Ends it for good; `onClose` is not called. */
  destroy(): void
}

export type AccessReading =
  | {
      readonly kind: 'ok'
      readonly document: DocumentAnswer
      readonly canWrite: boolean
    }
  | { readonly kind: 'signed_out' }
  | { readonly kind: 'other_person'; readonly name: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unreachable' }

/** Words that the document did not take, kept for the person who wrote them; nobody else's are among them. */
export interface KeptText {
  readonly id: string
  readonly documentId: string
  readonly personId: string
  readonly title: string
  /** Milliseconds since the epoch. */
  readonly atMs: number
  readonly why: RefusalCode | 'no_access' | 'gone'
  /** Plain text. */
  readonly words: string
}
