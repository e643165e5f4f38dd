import { randomInt } from 'node:crypto'
import * as Y from 'yjs'
import type { DocumentId, PersonId } from '../../lib/id'
import { exactDoc } from '../../lib/sync/exact-doc'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import { claimClients } from './client-claim'
import { insertUpdates, loadBody, serverClientId } from './update-log'

/** As long as a commit may take, in ms. */
const insertTimeoutMs = 15_000

/**
 * Changes a body from the server, as one update of one writer: what is open elsewhere takes it from the log, where it
 * meets what people are typing as their own updates meet each other.
 *
 * @param tx a transaction that holds the document alone (`for update`): what is saved then is all that `change` sees.
 * @param input.personId whose the new text is.
 * @param input.relayedBy who brought it, where that is somebody else. Default: nobody.
 * @param input.saved the body as `savedDoc` read it in this transaction. Default: it is read.
 * @param input.change runs in one transaction of the saved body; deleted text is still in it, so that positions in it
 *   can be found.
 * @returns the body as it is then, and whether anything changed.
 */
export async function appendChange(
  tx: Queryable,
  input: {
    documentId: DocumentId
    personId: PersonId
    relayedBy?: PersonId | null
    saved?: Y.Doc
    change: (doc: Y.Doc) => void
    now: number
  },
): Promise<{ doc: Y.Doc; changed: boolean }> {
  const { documentId, personId } = input
  const doc = input.saved ?? (await savedDoc(tx, documentId))
  doc.clientID = await ownClientId(tx, documentId, personId)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.transact(() => input.change(doc))
  if (updates.length === 0) return { doc, changed: false }
  const data = updates.length === 1 ? (updates[0] as Uint8Array) : Y.mergeUpdates(updates)
  const { rows } = await tx.query<{ write_epoch: string }>(
    'update document set updated_at = greatest(updated_at, $2) where id = $1 returning write_epoch',
    [documentId, new Date(input.now)],
  )
  const update = {
    documentId,
    personId,
    relayedBy: input.relayedBy ?? null,
    clientId: isWriting(data, doc.clientID) ? doc.clientID : 0,
    writeEpoch: BigInt(rows[0]?.write_epoch ?? 0),
    data,
  }
  const passed = await insertUpdates(tx, [update], { again: false, timeoutMs: insertTimeoutMs })
  if (!passed.has(documentId)) throw new Error('The fence of a document rose while it was held.')
  await emit(tx, { type: 'document.appended', documentId })
  return { doc, changed: true }
}

/** The saved body as a Y.Doc that keeps what is deleted. */
export async function savedDoc(db: Queryable, documentId: DocumentId): Promise<Y.Doc> {
  const { update } = await loadBody(db, documentId)
  const doc = exactDoc({ gc: false })
  Y.applyUpdate(doc, update)
  return doc
}

/** An update that only deletes is nobody's text. */
const isWriting = (update: Uint8Array, clientId: number): boolean =>
  Y.parseUpdateMeta(update).to.has(clientId)

/** A Yjs client id that nobody has in this document, claimed. */
async function ownClientId(tx: Queryable, documentId: DocumentId, personId: PersonId): Promise<number> {
  for (;;) {
    const clientId = randomInt(serverClientId + 1, 2 ** 32)
    const { rowCount } = await tx.query(
      'select 1 from document_client where document_id = $1 and client_id = $2',
      [documentId, clientId],
    )
    if (rowCount !== 0) continue
    const [claim] = await claimClients(tx, documentId, [{ clientId, personId }])
    if (claim?.personId === personId) return clientId
  }
}
