import type { DocumentId } from '../../lib/id'
import type { Capability } from '../../lib/sync/message'
import type { Shown } from '../auth/authenticate'

/** How a client connected, before anything is known about it. */
export interface ConnectRequest {
  /** Null: what the path names can be no document. */
  readonly documentId: DocumentId | null
  readonly shown: Omit<Shown, 'now'>
  /** Where it comes from, as a key of `Hub.addresses`. */
  readonly address: string
  readonly capabilities: ReadonlySet<Capability>
  /** Content schema that the client says it has; null: it says nothing and is a program on the current one. */
  readonly schemaVersion: number | null
  /** Whose page this is, as the page says; null: it does not say. */
  readonly personId: string | null
}
