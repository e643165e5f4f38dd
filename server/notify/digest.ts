import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { PersonId } from '../../lib/id'
import { isTimeZone, lastDigestMoment } from '../../lib/inbox/digest-time'
import { transaction } from '../db/open'
import { wakeInbox } from '../live/outbox'

/**
 * Writes the mail of the day of everybody whose hour has come and for whom something waits: one mail a person and
 * day, with all of it.
 *
 * @param given.hour the installation's, for who has chosen none.
 */
export async function writeDigests(pool: Pool, given: { now: Date; hour: number }): Promise<void> {
  const { rows } = await pool.query<{ id: PersonId; zone: string | null; hour: number | null; since: Date }>(
    `select n.person_id as id, s.time_zone as zone, s.digest_hour as hour, min(n.digest_at) as since
       from notice n left join notice_setting s on s.person_id = n.person_id
      where n.digest_at is not null
      group by n.person_id, s.time_zone, s.digest_hour`,
  )
  for (const { id, zone, hour, since } of rows) {
    const timeZone = zone && isTimeZone(zone) ? zone : 'UTC'
    const moment = new Date(lastDigestMoment(given.now.getTime(), { timeZone, hour: hour ?? given.hour }))
    // What came up after today's hour waits for tomorrow's.
    if (since < moment) await writeDigest(pool, id, moment, given.now)
  }
}

const writeDigest = (pool: Pool, personId: PersonId, moment: Date, now: Date): Promise<void> =>
  transaction(pool, async (tx) => {
    await tx.query('insert into notice_setting (person_id) values ($1) on conflict (person_id) do nothing', [
      personId,
    ])
    // Held: of two nodes one writes it. A day's mail that is there already keeps what came since for the next.
    const { rowCount } = await tx.query(
      `update notice_setting set last_digest_at = $2
        where person_id = $1 and (last_digest_at is null or last_digest_at < $2)`,
      [personId, moment],
    )
    if (rowCount === 0) return
    const id = randomUUID()
    await tx.query(
      'insert into mail (id, person_id, digest_for, created_at, due_at) values ($1, $2, $3, $4, $4)',
      [id, personId, moment, now],
    )
    await tx.query(
      `update notice set mail_id = $2, digest_at = null
        where person_id = $1 and digest_at is not null and digest_at < $3`,
      [personId, id, moment],
    )
    await wakeInbox(tx)
  })
