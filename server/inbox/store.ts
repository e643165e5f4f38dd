import type { DocumentId, PersonId } from '../../lib/id'
import { isSpoken, type Notice, type Spoken, type ToTell } from '../../lib/inbox'
import type { Queryable } from '../db/open'
import { wakeInbox } from '../live/outbox'

/** Of these people, those who may read a document that is not in the bin, and are not suspended. */
export async function readReaders(
  db: Queryable,
  documentId: DocumentId,
  personIds: readonly PersonId[],
): Promise<ReadonlySet<PersonId>> {
  const { rows } = await db.query<{ id: PersonId }>(
    `select p.id from person p
       join document_access a on a.person_id = p.id and a.document_id = $1
       join document d on d.id = $1
      where p.id = any($2::uuid[]) and p.suspended_at is null and d.binned_at is null`,
    [documentId, personIds],
  )
  return new Set(rows.map((row) => row.id))
}

/** Until when somebody's review is wanted; null: at no time, or they were never asked. */
export async function readDue(
  db: Queryable,
  documentId: DocumentId,
  personId: PersonId,
): Promise<Date | null> {
  const { rows } = await db.query<{ due_at: Date | null }>(
    'select due_at from reviewer where document_id = $1 and person_id = $2',
    [documentId, personId],
  )
  return rows[0]?.due_at ?? null
}

/** The notice of the same person's comments that began to wait between two moments; null: there is none. */
export async function readTogether(
  tx: Queryable,
  given: Pick<ToTell, 'personId'> & {
    documentId: DocumentId
    actorId: PersonId | null
    since: Date
    until: Date
  },
): Promise<{ id: string; subject: string; notice: Spoken } | null> {
  const { rows } = await tx.query<{ id: string; subject: string; what: Notice }>(
    `select id, subject, what from notice
      where person_id = $1 and document_id = $2 and actor_id = $3 and starts_with(subject, 'comments:')
        and done_at is null and created_at > $4 and created_at <= $5
      order by created_at desc limit 1`,
    [given.personId, given.documentId, given.actorId, given.since, given.until],
  )
  const row = rows[0]
  return row && isSpoken(row.what) ? { id: row.id, subject: row.subject, notice: row.what } : null
}

export interface NoticeToWrite {
  readonly id: string
  readonly personId: PersonId
  readonly documentId: DocumentId
  readonly subject: string
  readonly notice: Notice
  readonly actorId: PersonId | null
  readonly otherId: PersonId | null
  readonly threadIds: readonly string[]
  readonly dueAt: Date | null
  readonly shown: boolean
  readonly at: Date
}

/**
 * Writes a notice, or lets one on the same matter that still waits say this now, unread and in sight again.
 *
 * @returns the notice that says it. `isNew`: it did not wait before.
 */
export async function writeNotice(
  tx: Queryable,
  given: NoticeToWrite,
): Promise<{ id: string; isNew: boolean }> {
  const { rows } = await tx.query<{ id: string; is_new: boolean }>(
    `insert into notice (id, person_id, document_id, subject, kind, what, actor_id, other_id, thread_ids,
                         due_at, shown, created_at, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::uuid[], $10, $11, $12, $12)
     on conflict (person_id, document_id, subject) where done_at is null do update
        set kind = excluded.kind, what = excluded.what, actor_id = excluded.actor_id,
            other_id = excluded.other_id, due_at = excluded.due_at, shown = excluded.shown, at = excluded.at,
            thread_ids = array(select distinct unnest(notice.thread_ids || excluded.thread_ids)),
            read_at = null, snoozed_until = null,
            reminded_at = case when notice.due_at is not distinct from excluded.due_at
                               then notice.reminded_at end
     returning id, xmax = 0 as is_new`,
    [
      given.id,
      given.personId,
      given.documentId,
      given.subject,
      given.notice.kind,
      JSON.stringify(given.notice),
      given.actorId,
      given.otherId,
      given.threadIds,
      given.dueAt,
      given.shown,
      given.at,
    ],
  )
  if (!rows[0]) throw new Error('A notice was written and is not there.')
  return { id: rows[0].id, isNew: rows[0].is_new }
}

/** Writes a mail that tells one notice at once. */
export async function insertMail(
  tx: Queryable,
  mail: { id: string; personId: PersonId; noticeId: string; now: Date },
): Promise<void> {
  await tx.query('insert into mail (id, person_id, created_at, due_at) values ($1, $2, $3, $3)', [
    mail.id,
    mail.personId,
    mail.now,
  ])
  await tx.query('update notice set mail_id = $2, digest_at = null where id = $1', [mail.noticeId, mail.id])
  await wakeInbox(tx)
}
