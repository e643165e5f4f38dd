import type { DocumentId, PersonId } from '../../lib/id'
import type { Queryable } from '../db/open'

/** How many threads that somebody has spoken in were ended by others since a moment. */
export async function countEnded(
  db: Queryable,
  given: { documentId: DocumentId; personId: PersonId; since: Date },
): Promise<number> {
  const { rows } = await db.query<{ count: number }>(
    `select count(*)::int as count from thread t
      where t.document_id = $1 and t.unsent_in is null and t.resolved_at > $3 and t.resolved_by <> $2
        and (t.author_id = $2 or exists (select 1 from thread_comment c
               where c.thread_id = t.id and c.author_id = $2 and c.removed_at is null and c.unsent_in is null))`,
    [given.documentId, given.personId, given.since],
  )
  return rows[0]?.count ?? 0
}
