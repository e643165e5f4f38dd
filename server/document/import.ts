import type { DocumentAnswer, Loss } from '../../lib/api'
import type { ImportedMarkdown } from '../../lib/content/markdown-import'
import { normaliseTitle, titleLimits } from '../../lib/document'
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
  const title = titleFor(result.title ?? fileName?.replace(/\.(md|markdown)$/i, '') ?? '')
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

/** What a file calls itself, made a title: a file is not refused for its name. */
function titleFor(text: string): string {
  const printable = text.replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/gu, ' ').trim()
  const cut = [...printable].slice(0, titleLimits.max / 2).join('')
  return normaliseTitle(printable) ?? normaliseTitle(cut) ?? 'Imported document'
}
