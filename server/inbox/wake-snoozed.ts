import type { Pool } from 'pg'
import type { PersonId } from '../../lib/id'
import { transaction } from '../db/open'
import { emit } from '../live/outbox'

/** Brings notices back in sight whose time has come. They were unread before, and are. */
export const wakeSnoozed = (pool: Pool, now: Date): Promise<void> =>
  transaction(pool, async (tx) => {
    const { rows } = await tx.query<{ id: PersonId }>(
      'update notice set snoozed_until = null where snoozed_until <= $1 returning person_id as id',
      [now],
    )
    for (const personId of new Set(rows.map((row) => row.id))) {
      await emit(tx, { type: 'inbox.changed', personId })
    }
  })
