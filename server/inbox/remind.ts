import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { DocumentId, PersonId } from '../../lib/id'
import { type Channel, channelOf, type Notice, remindAgainMs, staleMs, unsentMs } from '../../lib/inbox'
import { lateSubject, staleSubject, unsentSubject } from '../../lib/inbox/told'
import { type Queryable, transaction } from '../db/open'
import { emit } from '../live/outbox'
import { readAround } from './around'
import { readChannels } from './setting-store'
import { readReaders, writeNotice } from './store'

interface Given {
  readonly now: Date
  /** This installation sends mail. */
  readonly mail: boolean
}

/** Says what nobody did. Each reminder and what marks it as said are one transaction: none is said twice. */
export async function remind(pool: Pool, given: Given): Promise<void> {
  await transaction(pool, (tx) => remindOfLate(tx, given))
  await transaction(pool, (tx) => remindOfUnsent(tx, given))
  await transaction(pool, (tx) => remindOfStale(tx, given))
}

/** A review that is overdue: to its reviewer and to the authors, once, and then weekly. */
async function remindOfLate(tx: Queryable, { now, mail }: Given): Promise<void> {
  const { rows } = await tx.query<{
    id: string
    personId: PersonId
    documentId: DocumentId
    dueAt: Date
    shown: boolean
  }>(
    `with late as (
       select n.id from notice n join document d on d.id = n.document_id
         join reviewer r on r.document_id = n.document_id and r.person_id = n.person_id and r.state = 'asked'
        where n.kind = 'review_asked' and n.done_at is null and n.due_at < $1 and d.binned_at is null
          and (n.reminded_at is null or n.reminded_at < $2)
        order by n.id for update of n skip locked)
     update notice set reminded_at = $1, read_at = null, snoozed_until = null
       from late where notice.id = late.id
     returning notice.id, person_id as "personId", document_id as "documentId", notice.due_at as "dueAt", shown`,
    [now, new Date(now.getTime() - remindAgainMs)],
  )
  const chosen = await readChannels(
    tx,
    rows.map(({ personId }) => personId),
  )
  for (const { id, personId, documentId, dueAt, shown } of rows) {
    const channel = channelOf('review_asked', chosen.get(personId) ?? {})
    if (mail && shown) await queueForDigest(tx, id, channel, now)
    await emit(tx, { type: 'inbox.changed', personId })
    const { authorIds } = await readAround(tx, documentId)
    await sayTo(tx, {
      personIds: authorIds.filter((author) => author !== personId),
      documentId,
      subject: lateSubject(personId),
      otherId: personId,
      notice: { kind: 'review_late', dueAt: dueAt.toISOString() },
      now,
      mail,
    })
  }
}

/**
 * Whom of `person` there is no use in telling of `document` is passed over from the beginning: what was never said
 * would come first each time, and keep others from being said.
 */
const canBeTold = (person: string, document: string) => `exists (select 1 from person p
   join document_access a on a.person_id = p.id and a.document_id = ${document}
   join document b on b.id = ${document} and b.binned_at is null
  where p.id = ${person} and p.suspended_at is null)`

/** A review whose comments were gathered and not sent for a day: to who writes it, and to nobody else. */
async function remindOfUnsent(tx: Queryable, { now, mail }: Given): Promise<void> {
  const { rows } = await tx.query<{ documentId: DocumentId; personId: PersonId; since: Date }>(
    `select v.document_id as "documentId", v.person_id as "personId", v.started_at as since from review_draft v
      where v.started_at < $1
        and exists (select 1 from thread_comment c where c.unsent_in = v.id)
        and not exists (select 1 from notice n where n.document_id = v.document_id
                          and n.person_id = v.person_id and n.subject = $2 and n.at > v.started_at)
        and ${canBeTold('v.person_id', 'v.document_id')}
      limit 100`,
    [new Date(now.getTime() - unsentMs), unsentSubject],
  )
  for (const { documentId, personId, since } of rows) {
    await sayTo(tx, {
      personIds: [personId],
      documentId,
      subject: unsentSubject,
      otherId: null,
      notice: { kind: 'unsent_review', since: since.toISOString() },
      now,
      mail,
    })
  }
}

/** An approved document that nothing has happened to for long: to its owner, until somebody confirms it. */
async function remindOfStale(tx: Queryable, { now, mail }: Given): Promise<void> {
  const since = new Date(now.getTime() - staleMs)
  const { rows } = await tx.query<{ documentId: DocumentId; ownerId: PersonId; updatedAt: Date }>(
    `select d.id as "documentId", d.owner_id as "ownerId", d.updated_at as "updatedAt" from document d
      where d.status = 'approved' and d.binned_at is null and d.updated_at < $1
        and not exists (select 1 from notice n where n.document_id = d.id and n.subject = $2
                          and (n.done_at is null or n.done_at > $1))
        and ${canBeTold('d.owner_id', 'd.id')}
      order by d.updated_at limit 100`,
    [since, staleSubject],
  )
  for (const { documentId, ownerId, updatedAt } of rows) {
    await sayTo(tx, {
      personIds: [ownerId],
      documentId,
      subject: staleSubject,
      otherId: null,
      notice: { kind: 'stale', since: updatedAt.toISOString() },
      now,
      mail,
    })
  }
}

interface Saying extends Given {
  readonly personIds: readonly PersonId[]
  readonly documentId: DocumentId
  readonly subject: string
  readonly otherId: PersonId | null
  readonly notice: Notice
}

/** What the server says of itself: to the inbox and the mail of the day, never at once. */
async function sayTo(tx: Queryable, given: Saying): Promise<void> {
  const readers = await readReaders(tx, given.documentId, given.personIds)
  const chosen = await readChannels(tx, [...readers])
  for (const personId of readers) {
    const channel = channelOf(given.notice.kind, chosen.get(personId) ?? {})
    const { documentId, subject, otherId, notice, now } = given
    const { id } = await writeNotice(tx, {
      id: randomUUID(),
      personId,
      documentId,
      subject,
      notice,
      actorId: null,
      otherId,
      threadIds: [],
      dueAt: null,
      shown: channel !== 'off',
      at: now,
    })
    if (given.mail) await queueForDigest(tx, id, channel, now)
    await emit(tx, { type: 'inbox.changed', personId })
  }
}

async function queueForDigest(tx: Queryable, noticeId: string, channel: Channel, now: Date): Promise<void> {
  if (channel === 'off' || channel === 'inbox') return
  await tx.query('update notice set digest_at = $2 where id = $1 and digest_at is null', [noticeId, now])
}
