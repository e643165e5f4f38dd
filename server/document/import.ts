import { randomInt } from 'node:crypto'
import type { DocumentAnswer, Loss } from '../../lib/api'
import { titleFrom } from '../../lib/content/front-matter'
import type { PersonId } from '../../lib/id'
import { digest } from '../auth/secret'
import type { Queryable } from '../db/open'
import type { ImportedFile } from '../import/worker-answer'
import { importInWorker } from '../import/worker-import'
import type { WorkerPlace } from '../worker/worker-place'
import { createFromBody } from './create'
import { serverClientId } from './update-log'
import { readUpload } from './upload'

export interface ReadFile {
  readonly title: string
  readonly result: ImportedFile
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
  request: Request,
  worker: WorkerPlace,
): Promise<{ value: ReadFile; fingerprint: Buffer }> {
  const { bytes, fileName } = await readUpload(request)
  const clientId = randomInt(serverClientId + 1, 2 ** 32)
  const result = await importInWorker({ file: bytes, clientId }, { worker, signal: request.signal })
  const fromName = titleFrom(fileName?.replace(/\.(md|markdown)$/i, '') ?? '')
  // A file is not refused for its name.
  const title = result.title ?? fromName ?? 'Imported document'
  return { value: { title, result, clientId }, fingerprint: digest(bytes) }
}

/** @param tx a transaction. */
export async function importDocument(
  tx: Queryable,
  ownerId: PersonId,
  input: ReadFile & { now: number },
): Promise<{ document: DocumentAnswer; losses: Loss[] }> {
  const { title, result, clientId, now } = input
  const document = await createFromBody(tx, ownerId, { title, body: result, clientId, now })
  return { document, losses: [...result.losses] }
}
