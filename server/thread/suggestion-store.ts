import type { Anchor } from '../../lib/content/anchor/anchor'
import type { Suggestion } from '../../lib/content/suggestion/suggestion-shape'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Queryable } from '../db/open'

/** What takes an accepted suggestion back. */
export interface Inverse {
  readonly anchor: Anchor | null
  readonly suggestion: Suggestion
}

export async function insertSuggestion(tx: Queryable, threadId: string, proposal: Suggestion): Promise<void> {
  await tx.query('insert into suggestion (thread_id, proposal) values ($1, $2)', [
    threadId,
    JSON.stringify(proposal),
  ])
}

/** Null: it is open again. */
export async function writeAcceptance(
  tx: Queryable,
  threadId: string,
  given: { by: PersonId; inverse: Inverse | null } | null,
): Promise<void> {
  await tx.query('update suggestion set accepted_by = $2, inverse = $3 where thread_id = $1', [
    threadId,
    given?.by ?? null,
    given?.inverse ? JSON.stringify(given.inverse) : null,
  ])
}

export async function readInverse(db: Queryable, threadId: string): Promise<Inverse | null> {
  const { rows } = await db.query<{ inverse: Inverse | null }>(
    'select inverse from suggestion where thread_id = $1',
    [threadId],
  )
  return rows[0]?.inverse ?? null
}

/** True while the text has what a thread proposes. */
export async function isAccepted(db: Queryable, threadId: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'select 1 from suggestion where thread_id = $1 and accepted_by is not null',
    [threadId],
  )
  return rowCount === 1
}

/** Ids of one person's open suggestions on a document, the oldest first. What is not sent yet is not among them. */
export async function openSuggestionsOf(
  db: Queryable,
  given: { documentId: DocumentId; authorId: string; most: number },
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select t.id from thread t join suggestion s on s.thread_id = t.id
      where t.document_id = $1 and t.author_id = $2 and t.outcome is null and t.unsent_in is null
      order by t.created_at, t.id limit $3`,
    [given.documentId, given.authorId, given.most],
  )
  return rows.map(({ id }) => id)
}
