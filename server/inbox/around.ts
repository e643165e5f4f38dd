import type { DocumentId, PersonId } from '../../lib/id'
import { type Around, nothingSent, type Sent } from '../../lib/inbox/told'
import type { Queryable } from '../db/open'

type Ids = Record<Exclude<keyof Around, 'sent'>, PersonId[]>

/** Who stands around a document, and who spoke in these of its threads. */
export async function readAround(
  db: Queryable,
  documentId: DocumentId,
  threadIds: readonly string[] = [],
): Promise<Omit<Around, 'sent'>> {
  const { rows } = await db.query<{ ids: Ids }>(
    `select jsonb_build_object(
       'authorIds', coalesce((select jsonb_agg(u.person_id order by u.position) from document_author u
                        where u.document_id = d.id), jsonb_build_array(d.owner_id)),
       'reviewerIds', (select coalesce(jsonb_agg(r.person_id), '[]') from reviewer r
                        where r.document_id = d.id and r.state = 'asked'),
       'watcherIds', (select coalesce(jsonb_agg(w.person_id), '[]') from document_watch w
                       where w.document_id = d.id),
       'speakerIds', (select coalesce(jsonb_agg(distinct s.id), '[]') from (
                        select t.author_id as id from thread t
                         where t.id = any($2::uuid[]) and t.document_id = d.id and t.unsent_in is null
                        union
                        select c.author_id from thread_comment c join thread t on t.id = c.thread_id
                         where t.id = any($2::uuid[]) and t.document_id = d.id and c.removed_at is null
                           and c.unsent_in is null) s)
     ) as ids
       from document d where d.id = $1`,
    [documentId, threadIds],
  )
  return rows[0]?.ids ?? { authorIds: [], reviewerIds: [], watcherIds: [], speakerIds: [] }
}

/** The comments that somebody sent with a review at a moment: they have it from there. */
export async function readSent(
  db: Queryable,
  given: { documentId: DocumentId; actorId: PersonId | null; at: Date },
): Promise<Sent> {
  const { rows } = await db.query<Sent>(
    `select coalesce(array_agg(distinct c.thread_id), '{}') as "threadIds",
            coalesce(array_agg(distinct m.person_id) filter (where m.person_id is not null), '{}') as mentions
       from thread_comment c join thread t on t.id = c.thread_id
       left join comment_mention m on m.comment_id = c.id
      where t.document_id = $1 and c.author_id = $2 and c.created_at = $3 and c.unsent_in is null`,
    [given.documentId, given.actorId, given.at],
  )
  return rows[0] ?? nothingSent
}
