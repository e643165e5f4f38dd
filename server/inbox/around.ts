import type { DocumentId, PersonId } from '../../lib/id'
import type { Around } from '../../lib/inbox/told'
import type { Queryable } from '../db/open'

/** Who stands around a document, and who spoke in these of its threads. */
export async function readAround(
  db: Queryable,
  documentId: DocumentId,
  threadIds: readonly string[],
): Promise<Around> {
  const { rows } = await db.query<{ ids: Record<keyof Around, PersonId[]> }>(
    `select jsonb_build_object(
       'authorIds', jsonb_build_array(d.owner_id),
       'reviewerIds', (select coalesce(jsonb_agg(distinct n.person_id), '[]') from notice n
                        where n.document_id = d.id and n.kind = 'review_asked'),
       'watcherIds', (select coalesce(jsonb_agg(w.person_id), '[]') from document_watch w
                       where w.document_id = d.id),
       'speakerIds', (select coalesce(jsonb_agg(distinct s.id), '[]') from (
                        select t.author_id as id from thread t
                         where t.id = any($2::uuid[]) and t.document_id = d.id
                        union
                        select c.author_id from thread_comment c join thread t on t.id = c.thread_id
                         where t.id = any($2::uuid[]) and t.document_id = d.id and c.removed_at is null) s)
     ) as ids
       from document d where d.id = $1`,
    [documentId, threadIds],
  )
  return rows[0]?.ids ?? { authorIds: [], reviewerIds: [], watcherIds: [], speakerIds: [] }
}
