import type { Pool } from 'pg'
import type { ReviewAnswer } from '../../lib/api-review'
import { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import { type Queryable, transaction } from '../db/open'
import { emit, record as writeDown } from '../live/outbox'
import { notInReview } from './asking'
import { getReview } from './present'
import { readRecord } from './record'
import { settle } from './settle'

const dayMs = 24 * 3_600_000
/** Longest final comment period, in days. */
const maxDays = 365

/**
 * Announces the last time to comment, or another end of it. Until then nothing is approved by itself.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `conflict` outside of a review, `invalid` for an end that has passed or is a year away.
 */
export async function announceFinalPeriod(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { endsAt: string; now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const { now } = input
  const { status } = await readRecord(tx, documentId)
  if (status !== 'in_review') throw new PublicError('conflict', { sentence: notInReview })
  const endsAt = new Date(input.endsAt)
  if (endsAt.getTime() <= now || endsAt.getTime() > now + maxDays * dayMs) {
    throw new PublicError('invalid', { sentence: 'A final comment period ends within a year from now.' })
  }
  const at = new Date(now)
  await tx.query(
    `insert into final_period (document_id, ends_at, announced_by, announced_at) values ($1, $2, $3, $4)
     on conflict (document_id) do update set ends_at = excluded.ends_at, announced_by = excluded.announced_by,
       announced_at = excluded.announced_at`,
    [documentId, endsAt, principal.personId, at],
  )
  const what = { type: 'final_period.announced', endsAt: endsAt.toISOString() } as const
  await writeDown(tx, { documentId, actorId: principal.personId, at, what })
  await emit(tx, { type: 'review.changed', documentId })
  return getReview(tx, principal, access)
}

/** Takes a final comment period back; where there is none, nothing happens. */
export async function cancelFinalPeriod(tx: Queryable, access: Access): Promise<undefined> {
  const { documentId } = access
  const { rowCount } = await tx.query('delete from final_period where document_id = $1', [documentId])
  if (rowCount) await emit(tx, { type: 'review.changed', documentId })
  return undefined
}

/**
 * Ends the final comment periods whose time has come: in approval where nothing is missing, else in nothing. Each
 * by one node alone, and each on its own: one that fails is tried again, and keeps no other from ending. What is in
 * the bin waits until it is taken out.
 *
 * @returns documents of which one was ended.
 * @throws what failed last, when all have been tried.
 */
export async function endFinalPeriods(pool: Pool, now: number): Promise<DocumentId[]> {
  const { rows } = await pool.query<{ document_id: DocumentId }>(
    `select f.document_id from final_period f join document d on d.id = f.document_id
      where f.ends_at <= $1 and d.binned_at is null order by f.ends_at limit 100`,
    [new Date(now)],
  )
  const ended: DocumentId[] = []
  let failure: unknown = null
  for (const { document_id: documentId } of rows) {
    try {
      if (await transaction(pool, (tx) => endOne(tx, documentId, now))) ended.push(documentId)
    } catch (error) {
      failure = error
    }
  }
  if (failure !== null) throw failure
  return ended
}

async function endOne(tx: Queryable, documentId: DocumentId, now: number): Promise<boolean> {
  const held = await tx.query('select 1 from document where id = $1 and binned_at is null for update', [
    documentId,
  ])
  if (held.rowCount === 0) return false
  const { rowCount } = await tx.query('delete from final_period where document_id = $1 and ends_at <= $2', [
    documentId,
    new Date(now),
  ])
  if (rowCount === 0) return false
  await emit(tx, { type: 'review.changed', documentId })
  await settle(tx, { documentId, now })
  return true
}
