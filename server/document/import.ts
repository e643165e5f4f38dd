import type { DocumentAnswer, Loss } from '../../lib/api'
import { titleFrom } from '../../lib/content/front-matter'
import type { ImportedMarkdown } from '../../lib/content/markdown-import'
import type { PersonId } from '../../lib/id'
import { digest } from '../auth/secret'
import type { Queryable } from '../db/open'
import { importInWorker } from '../import/worker-import'
import type { ImportWorkerPlace } from '../import/worker-place'
import { createFromBody } from './create'
import { readUpload } from './upload'

export interface ReadFile {
  readonly title: string
  readonly result: ImportedMarkdown
}

/**
 * Reads and converts an uploaded file, before anything is written: the slow part, in a worker of its own.
 *
 * @returns the file, and its SHA-256 (a form's boundary differs from call to call, its file does not).
 * @throws PublicError for a file that cannot be taken.
 */
export async function readImport(
  request: Request,
  worker: ImportWorkerPlace,
): Promise<{ value: ReadFile; fingerprint: Buffer }> {
  const { bytes, fileName } = await readUpload(request)
  const result = await importInWorker(bytes, { worker, signal: request.signal })
  const fromName = titleFrom(fileName?.replace(/\.(md|markdown)$/i, '') ?? '')
  // A file is not refused for its name.
  const title = result.title ?? fromName ?? 'Imported document'
  return { value: { title, result }, fingerprint: digest(bytes) }
}

/** @param tx a transaction. */
export async function importDocument(
  tx: Queryable,
  ownerId: PersonId,
  input: ReadFile & { now: number },
): Promise<{ document: DocumentAnswer; losses: Loss[] }> {
  const { title, result, now } = input
  const document = await createFromBody(tx, ownerId, { title, body: result, now })
  return { document, losses: [...result.losses] }
}
