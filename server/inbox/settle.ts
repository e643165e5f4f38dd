import type { DocumentId, PersonId } from '../../lib/id'
import type { Settled } from '../../lib/inbox/told'
import type { Queryable } from '../db/open'

/**
 * Ends what waits no longer.
 *
 * @returns those whose inbox is another one now.
 */
export async function settle(
  tx: Queryable,
  documentId: DocumentId,
  settled: readonly Settled[],
  at: Date,
): Promise<PersonId[]> {
  const changed: PersonId[] = []
  for (const one of settled) {
    const { rows } = await (one.by === 'thread'
      ? tx.query<{ id: PersonId }>(
          `update notice set thread_ids = array_remove(thread_ids, $2::uuid),
              done_at = case when cardinality(array_remove(thread_ids, $2::uuid)) = 0 then $3::timestamptz end
            where document_id = $1 and done_at is null and kind <> 'condition' and thread_ids @> array[$2::uuid]
           returning person_id as id`,
          [documentId, one.threadId, at],
        )
      : tx.query<{ id: PersonId }>(
          `update notice set done_at = $4
            where document_id = $1 and done_at is null and ($2::uuid is null or person_id = $2)
              and case when $3 like '%:' then starts_with(subject, $3) else subject = $3 end
           returning person_id as id`,
          [documentId, one.personId, one.subject, at],
        ))
    changed.push(...rows.map((row) => row.id))
  }
  return changed
}
