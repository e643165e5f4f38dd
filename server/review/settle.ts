import type { DocumentId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { freezeVersion } from '../version/freeze'
import { moveTo } from './move'
import { type ReviewRecord, readRecord } from './record'
import { assess, decide } from './standing'
import { headText } from './text'

interface Settling {
  readonly documentId: DocumentId
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * Does what may bring the last thing that was missing, and approves the document by itself where it did and its text
 * is the one that was approved. What lacked nothing before, as one that was just opened again, waits for its editors.
 *
 * @param tx a transaction that holds the document alone.
 */
export async function settling<Result>(
  tx: Queryable,
  given: Settling,
  run: () => Promise<Result>,
): Promise<Result> {
  const before = await readRecord(tx, given.documentId)
  if (before.status !== 'in_review' || (await isApproved(tx, before))) return run()
  const result = await run()
  await settle(tx, given)
  return result
}

/**
 * Approves a document in review where its text is the one that was approved. While a final comment period runs, its
 * end decides.
 *
 * @param tx a transaction that holds the document alone.
 */
export async function settle(tx: Queryable, { documentId, now }: Settling): Promise<void> {
  const record = await readRecord(tx, documentId)
  if (record.status !== 'in_review' || record.finalPeriod || !(await isApproved(tx, record))) return
  const version = await freezeVersion(tx, { documentId, reason: 'status', by: null, now })
  await moveTo(tx, {
    documentId,
    from: 'in_review',
    to: 'approved',
    personId: null,
    at: new Date(now),
    versionId: version.id,
  })
}

async function isApproved(tx: Queryable, record: ReviewRecord): Promise<boolean> {
  const head = await assess(tx, record, await headText(tx, record.documentId))
  // What is missing needs no comparing of texts.
  return head.missing.length === 0 && (await decide(tx, record, head)).kind === 'approved'
}
