import type { Access } from '../access/resolve'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'

/**
 * The threads on a section that was deleted go over to the one that was typed again for it. Threads on its words look
 * for those themselves.
 *
 * @param tx a transaction that holds the document.
 */
export async function moveSectionThreads(
  tx: Queryable,
  access: Access,
  { sectionId, from }: { sectionId: string; from: string },
): Promise<void> {
  const { documentId } = access
  const { rowCount } = await tx.query(
    'update thread set section_id = $3 where document_id = $1 and section_id = $2 and anchor is null',
    [documentId, from, sectionId],
  )
  if (rowCount) await emit(tx, { type: 'thread.changed', documentId })
}
