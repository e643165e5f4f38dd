import type { Happening } from '../../../lib/happening'
import type { DocumentId } from '../../../lib/id'
import type { Queryable } from '../../../server/db/open'

/** What the reviews themselves write beside some happenings: who is asked, and by when. */
export async function standAsReviewers(
  db: Queryable,
  documentId: DocumentId,
  what: Happening,
): Promise<void> {
  if (what.type === 'review.asked') {
    await db.query(
      `insert into reviewer (document_id, person_id, required, due_at, asked_at)
       select $1, id, true, $3, now() from unnest($2::uuid[]) as given (id)
       on conflict (document_id, person_id) do update set due_at = excluded.due_at`,
      [documentId, what.personIds, what.dueAt],
    )
  } else if (what.type === 'reviewer.handed_over') {
    await db.query(
      `update reviewer set state = 'handed_over', passed_to = $3 where document_id = $1 and person_id = $2`,
      [documentId, what.personId, what.toPersonId],
    )
  }
}
