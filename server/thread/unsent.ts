import { PublicError } from '../../lib/errors'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'

/**
 * Comments that are gathered in a review and sent together. What a review is, threads do not know: they keep its id
 * with a comment, and show the comment to its author alone until whoever submits the review says so.
 */

/**
 * Whether somebody is writing this very review of this document. Asked inside the transaction; a review that is
 * found must stay as it is until that ends, so that nothing is gathered behind its submission.
 */
export type IsWriting = (
  tx: Queryable,
  given: { draftId: string; documentId: DocumentId; personId: PersonId },
) => Promise<boolean>

/** Where a comment goes: into a review that its author is writing, or to everybody at once. */
export interface Gathering {
  readonly draftId?: string | undefined
  readonly isWriting?: IsWriting | undefined
}

/**
 * The review that a new comment is gathered in; null: none.
 *
 * @throws PublicError `conflict` for one that its author is not writing, or not any more.
 */
export async function gatheredIn(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { draftId, isWriting }: Gathering,
): Promise<string | null> {
  if (draftId === undefined) return null
  const given = { draftId, documentId: access.documentId, personId: principal.personId }
  if (await isWriting?.(tx, given)) return draftId
  throw new PublicError('conflict', {
    sentence:
      'You are not writing this review, or it was submitted meanwhile. Start one, or send it at once.',
  })
}

/**
 * Sends what a review has gathered: each comment as if it were said now, in the order in which they were written.
 *
 * @param tx a transaction that holds the document.
 * @returns the threads that have something new, and how many comments were sent.
 */
export async function sendUnsent(
  tx: Queryable,
  { draftId, at }: { draftId: string; at: Date },
): Promise<{ threadIds: string[]; comments: number }> {
  const { rows } = await tx.query<{ id: string; thread_id: string; document_id: DocumentId }>(
    `select c.id, c.thread_id, t.document_id from thread_comment c join thread t on t.id = c.thread_id
      where c.unsent_in = $1 order by c.seq for update`,
    [draftId],
  )
  const threads = new Map(rows.map((row) => [row.thread_id, row.document_id]))
  // Lists go by the time of starting: those of one review keep their order, and none is of the future.
  for (const [index, threadId] of [...threads.keys()].entries()) {
    const startedAt = new Date(at.getTime() - (threads.size - 1 - index))
    await tx.query(
      `update thread set updated_at = $3, unsent_in = null,
              created_at = case when unsent_in is null then created_at else $2 end
        where id = $1`,
      [threadId, startedAt, at],
    )
  }
  // One after the other, for a number each: whoever has read what was said meanwhile has not read these.
  for (const { id } of rows) {
    await tx.query(
      'update thread_comment set seq = default, created_at = $2, edited_at = null, unsent_in = null where id = $1',
      [id, at],
    )
  }
  for (const [threadId, documentId] of threads)
    await emit(tx, { type: 'thread.changed', documentId, threadId })
  return { threadIds: [...threads.keys()], comments: rows.length }
}

/**
 * Throws away what a review has gathered.
 *
 * @param tx a transaction that holds the document.
 */
export async function discardUnsent(tx: Queryable, { draftId }: { draftId: string }): Promise<void> {
  const { rows } = await tx.query<{ thread_id: string }>(
    'delete from thread_comment where unsent_in = $1 returning thread_id',
    [draftId],
  )
  await eraseLeftover(
    tx,
    rows.map((row) => row.thread_id),
  )
}

/** Removes those of these threads in which nobody says anything any more: an unsent reply had kept their place. */
export async function eraseLeftover(tx: Queryable, threadIds: readonly string[]): Promise<void> {
  const { rows } = await tx.query<{ id: string; document_id: DocumentId; unsent: boolean }>(
    `delete from thread t where t.id = any($1) and not exists (
       select 1 from thread_comment c where c.thread_id = t.id and c.removed_at is null)
     returning t.id, t.document_id, t.unsent_in is not null as unsent`,
    [threadIds],
  )
  for (const { id: threadId, document_id: documentId, unsent } of rows)
    if (!unsent) await emit(tx, { type: 'thread.changed', documentId, threadId })
}

/** How many comments a review has gathered. */
export async function countUnsent(db: Queryable, { draftId }: { draftId: string }): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    'select count(*)::int as count from thread_comment where unsent_in = $1',
    [draftId],
  )
  return rows[0]?.count ?? 0
}
