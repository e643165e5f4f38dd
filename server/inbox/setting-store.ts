import type { PersonId } from '../../lib/id'
import type { Channels } from '../../lib/inbox'
import type { Queryable } from '../db/open'

/** What people have chosen; who has chosen nothing is not in it. */
export async function readChannels(
  db: Queryable,
  personIds: readonly PersonId[],
): Promise<ReadonlyMap<PersonId, Channels>> {
  const { rows } = await db.query<{ id: PersonId; channels: Channels }>(
    'select person_id as id, channels from notice_setting where person_id = any($1::uuid[])',
    [personIds],
  )
  return new Map(rows.map(({ id, channels }) => [id, channels]))
}
