import { formatNumber } from '../../lib/document'
import type { PersonId } from '../../lib/id'
import { type Channels, channelOf, type Notice } from '../../lib/inbox'
import type { Queryable } from '../db/open'
import { noticeTables } from '../inbox/visible'

/** A notice as a mail tells it. */
export interface MailedNotice {
  readonly id: string
  readonly notice: Notice
  readonly actor: string | null
  readonly other: string | null
  readonly document: { readonly id: string; readonly number: string | null; readonly title: string }
}

export interface WaitingMail {
  readonly id: string
  readonly personId: PersonId
  readonly digest: boolean
  readonly createdAt: Date
  readonly attempts: number
}

/** The next mail to be sent, held until the transaction ends; null: none is due, or others have them. */
export async function takeMail(tx: Queryable, now: Date): Promise<WaitingMail | null> {
  const { rows } = await tx.query<WaitingMail>(
    `select id, person_id as "personId", digest_for is not null as digest, created_at as "createdAt", attempts
       from mail where ended_at is null and due_at <= $1
      order by due_at, id limit 1 for update skip locked`,
    [now],
  )
  return rows[0] ?? null
}

export interface Recipient {
  readonly email: string | null
  readonly name: string
  readonly channels: Channels
  readonly digest: boolean
  /** IANA name. */
  readonly timeZone: string
  readonly refusedAddress: string | null
}

/** @returns null for somebody who is suspended, or comes from a provider that does not count any more. */
export async function readRecipient(
  db: Queryable,
  personId: PersonId,
  issuer: string,
): Promise<Recipient | null> {
  const { rows } = await db.query<Recipient>(
    `select p.email, p.name, coalesce(s.channels, '{}') as channels, coalesce(s.digest, true) as digest,
            coalesce(s.time_zone, 'UTC') as "timeZone", s.refused_address as "refusedAddress"
       from person p left join notice_setting s on s.person_id = p.id
      where p.id = $1 and p.issuer = $2 and p.suspended_at is null`,
    [personId, issuer],
  )
  return rows[0] ?? null
}

/**
 * What a mail has to tell now: of its notices, those that its reader may still see, has not read, and wants to be
 * mailed.
 */
export async function readMailed(
  db: Queryable,
  mail: WaitingMail,
  recipient: Recipient,
  now: Date,
): Promise<MailedNotice[]> {
  const { rows } = await db.query<{
    id: string
    notice: Notice
    actor: string | null
    other: string | null
    document_id: string
    prefix: string
    number: number | null
    title: string
  }>(
    `select n.id, n.what as notice, actor.name as actor, other.name as other,
            d.id as document_id, d.prefix, d.number, d.title
       from ${noticeTables}
      where n.mail_id = $2 and n.done_at is null and n.read_at is null
        and (n.snoozed_until is null or n.snoozed_until <= $3)
      order by n.at, n.id limit 200`,
    [mail.personId, mail.id, now],
  )
  const wanted = (notice: Notice): boolean => {
    const channel = channelOf(notice.kind, recipient.channels)
    return mail.digest ? recipient.digest && channel !== 'off' && channel !== 'inbox' : channel === 'now'
  }
  return rows
    .filter((row) => wanted(row.notice))
    .map(({ id, notice, actor, other, document_id, prefix, number, title }) => ({
      id,
      notice,
      actor,
      other,
      document: { id: document_id, number: formatNumber(prefix, number), title },
    }))
}

export async function endMail(
  tx: Queryable,
  id: string,
  end: { outcome: 'sent' | 'needless' | 'refused' | 'given_up'; at: Date; error?: string | undefined },
): Promise<void> {
  await tx.query(
    'update mail set ended_at = $2, outcome = $3, last_error = coalesce($4, last_error) where id = $1',
    [id, end.at, end.outcome, end.error ?? null],
  )
}

export async function postponeMail(
  tx: Queryable,
  id: string,
  given: { until: Date; error: string },
): Promise<void> {
  await tx.query('update mail set attempts = attempts + 1, due_at = $2, last_error = $3 where id = $1', [
    id,
    given.until,
    given.error,
  ])
}

/** Remembers that an address is refused for good, for its person to see. */
export async function writeRefusedAddress(
  tx: Queryable,
  given: { personId: PersonId; address: string; why: string; at: Date },
): Promise<void> {
  await tx.query(
    `insert into notice_setting (person_id, refused_address, refused_at, refused_why) values ($1, $2, $3, $4)
     on conflict (person_id) do update set refused_address = excluded.refused_address,
       refused_at = excluded.refused_at, refused_why = excluded.refused_why`,
    [given.personId, given.address, given.at, given.why],
  )
}
