import { randomInt } from 'node:crypto'
import type { DocumentAnswer, Loss } from '../../lib/api'
import type { AttachmentLimits } from '../../lib/content/attachment-limits'
import { titleFrom } from '../../lib/content/markdown/front-matter'
import type { DocumentId } from '../../lib/id'
import type { Principal } from '../auth/authenticate'
import { digest } from '../auth/secret'
import type { Queryable } from '../db/open'
import type { ImportedFile } from '../import/worker-answer'
import { importInWorker } from '../import/worker-import'
import type { WorkerPlace } from '../worker/worker-place'
import { type Copies, makeCopies, nameCopies } from './attachment-import'
import { createFromBody } from './create'
import { serverClientId } from './update-log'
import { readUpload } from './upload'

export interface ReadFile {
  readonly title: string
  readonly result: ImportedFile
  /** The images and files that it names, as the new document's own. */
  readonly copies: Copies
  /** Yjs client id under which its body is written; the importer's from then on. */
  readonly clientId: number
}

/**
 * Reads and converts an uploaded file, before anything is written: the slow part, in a worker of its own.
 *
 * @returns the file, and its SHA-256 (a form's boundary differs from call to call, its file does not).
 * @throws PublicError for a file that cannot be taken.
 */
export async function readImport(
  db: Queryable,
  principal: Principal,
  request: Request,
  worker: WorkerPlace,
): Promise<{ value: ReadFile; fingerprint: Buffer }> {
  const { bytes: sent, fileName } = await readUpload(request)
  const { bytes, copies } = await nameCopies(db, principal, sent)
  const clientId = randomInt(serverClientId + 1, 2 ** 32)
  const result = await importInWorker({ file: bytes, clientId }, { worker, signal: request.signal })
  const fromName = titleFrom(fileName?.replace(/\.(md|markdown)$/i, '') ?? '')
  // A file is not refused for its name.
  const title = result.title ?? fromName ?? 'Imported document'
  return { value: { title, result, clientId, copies }, fingerprint: digest(sent) }
}

/** @param tx a transaction. */
export async function importDocument(
  tx: Queryable,
  principal: Principal,
  input: ReadFile & { limits: AttachmentLimits; now: number },
): Promise<{ document: DocumentAnswer; losses: Loss[] }> {
  const { title, result, clientId, copies, limits, now } = input
  const document = await createFromBody(tx, principal.personId, { title, body: result, clientId, now })
  const documentId = document.id as DocumentId
  await makeCopies(tx, principal, { copies, documentId, limits, at: new Date(now) })
  return { document, losses: [...result.losses] }
}
