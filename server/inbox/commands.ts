import type { Pool } from 'pg'
import { PublicError } from '../../lib/errors'
import { type DocumentId, type PersonId, parseDocumentId } from '../../lib/id'
import { type Queryable, transaction } from '../db/open'
import { emit } from '../live/outbox'

interface Given {
  readonly personId: PersonId
  readonly noticeId: string
  readonly now: number
}

/** The furthest that anything is snoozed, in ms: a year and a day. */
const snoozeAtMostMs = 366 * 24 * 3_600_000

/** @throws PublicError `not_found` for a notice that is somebody else's, or none. */
export const markRead = (pool: Pool, given: Given): Promise<undefined> =>
  onOwn(pool, given, { set: 'read_at = coalesce(read_at, $3)', values: [new Date(given.now)] })

/** Puts it away, read. Taken back, it waits again unless something newer on its matter does. */
export const markDone = (pool: Pool, given: Given & { done: boolean }): Promise<undefined> =>
  onOwn(pool, given, {
    set: `done_at = case when $4 then coalesce(done_at, $3) end, snoozed_until = null,
          read_at = coalesce(read_at, $3)`,
    values: [new Date(given.now), given.done],
    where: `($4 or done_at is null or not exists (
        select 1 from notice w where w.person_id = notice.person_id
           and w.document_id = notice.document_id and w.subject = notice.subject and w.done_at is null))`,
  })

/**
 * Puts it out of sight; when the time has come it is back, unread.
 *
 * @throws PublicError `invalid` for a moment that is past or more than a year away.
 */
export async function snooze(pool: Pool, given: Given & { until: string | null }): Promise<undefined> {
  const until = given.until === null ? null : Date.parse(given.until)
  if (until !== null && (until <= given.now || until > given.now + snoozeAtMostMs)) {
    throw new PublicError('invalid', { sentence: 'Choose a moment within the next year.' })
  }
  return onOwn(pool, given, {
    set: 'snoozed_until = $3::timestamptz, read_at = case when $3::timestamptz is null then read_at end',
    values: [until === null ? null : new Date(until)],
  })
}

/** Everything that is in sight. */
export const markAllRead = (pool: Pool, given: Omit<Given, 'noticeId'>): Promise<undefined> =>
  transaction(pool, async (tx) => {
    await tx.query(
      `update notice set read_at = $2
        where person_id = $1 and read_at is null and done_at is null and snoozed_until is null`,
      [given.personId, new Date(given.now)],
    )
    await emit(tx, { type: 'inbox.changed', personId: given.personId })
    return undefined
  })

/** What is said of a thread is read by whoever reads the thread. */
export async function readThreadNotices(
  db: Queryable,
  given: { personId: PersonId; threadId: string; now: number },
): Promise<void> {
  const { rowCount } = await db.query(
    `update notice set read_at = $3
      where person_id = $1 and thread_ids @> array[$2::uuid] and done_at is null and read_at is null`,
    [given.personId, given.threadId, new Date(given.now)],
  )
  if (rowCount) await emit(db, { type: 'inbox.changed', personId: given.personId })
}

/** @param update.values from `$3` on. */
async function onOwn(
  pool: Pool,
  { personId, noticeId }: Given,
  update: { set: string; values: readonly unknown[]; where?: string },
): Promise<undefined> {
  if (!parseDocumentId(noticeId)) throw gone()
  return transaction(pool, async (tx) => {
    const { rowCount } = await tx.query(
      `update notice set ${update.set}
        where id = $2 and person_id = $1 and shown and ${update.where ?? 'true'}`,
      [personId, noticeId, ...update.values],
    )
    if (rowCount === 0) throw gone()
    await emit(tx, { type: 'inbox.changed', personId })
    return undefined
  })
}

const gone = () => new PublicError('not_found', { sentence: 'This notice is not in your inbox any more.' })

/** @param watching what it is from now on. */
export async function writeWatch(
  db: Queryable,
  given: { documentId: DocumentId; personId: PersonId; watching: boolean; now: number },
): Promise<{ watching: boolean }> {
  const { documentId, personId, watching, now } = given
  if (watching) {
    await db.query(
      `insert into document_watch (document_id, person_id, at) values ($1, $2, $3)
       on conflict (document_id, person_id) do nothing`,
      [documentId, personId, new Date(now)],
    )
  } else {
    await db.query('delete from document_watch where document_id = $1 and person_id = $2', [
      documentId,
      personId,
    ])
  }
  return { watching }
}

export async function readWatch(
  db: Queryable,
  documentId: DocumentId,
  personId: PersonId,
): Promise<{ watching: boolean }> {
  const { rowCount } = await db.query(
    'select 1 from document_watch where document_id = $1 and person_id = $2',
    [documentId, personId],
  )
  return { watching: rowCount === 1 }
}
