import type { DocumentId } from '../../lib/id'
import type { Queryable } from '../db/open'

/** How Yjs (format 1) writes that an element is made: its type, 3, the name's length, the name. */
const signOf = (name: string): Buffer => Buffer.concat([Buffer.from([3, name.length]), Buffer.from(name)])

/**
 * Whether a text holds, or has held, an element of one of these names: looked for in the stored bytes, where they are.
 * Most texts have none of what a job gathers, and are read by nobody for that.
 */
export async function mayHold(
  db: Queryable,
  documentId: DocumentId,
  names: readonly string[],
): Promise<boolean> {
  const { rows } = await db.query<{ may: boolean }>(
    `with base as (
       select id, data from document_snapshot where document_id = $1 order by id desc limit 1
     ), part as (
       select data from base
       union all
       select data from document_update
        where document_id = $1 and (folded_into is null or folded_into > coalesce((select id from base), 0))
     )
     select exists (select 1 from part, unnest($2::bytea[]) sign where position(sign in data) > 0) as may`,
    [documentId, names.map(signOf)],
  )
  return rows[0]?.may ?? false
}
