import type { NoticeAnswer } from '../../lib/api-inbox'
import { PublicError } from '../../lib/errors'
import { type PersonId, parseDocumentId } from '../../lib/id'
import {
  lastingKinds,
  type Notice,
  noticeKinds,
  readStaysMs,
  type Urgency,
  urgencies,
  urgencyOf,
} from '../../lib/inbox'
import type { Person } from '../../lib/person'
import { personJson } from '../access/person'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { type OfDocument, presentOf } from '../document/listed'
import { noticeTables } from './visible'

/** `urgencyOf` as PostgreSQL has to know it, to order by; 0 is the most urgent. */
const rank = `case when n.kind = 'review_asked' and n.due_at < $2 then ${urgencies.indexOf('overdue')}
  ${noticeKinds.map((kind) => `when n.kind = '${kind}' then ${urgencies.indexOf(urgencyOf[kind])}`).join(' ')}
  else ${urgencies.length} end`

/** Within a group: reviews by when they are wanted, those at no time last; everything else the newest first. */
const place = `case when n.kind = 'review_asked' then coalesce(extract(epoch from n.due_at), 1e12)
  else -extract(epoch from n.at) end`

/** What asks for nothing and was read before `$3` waits no longer. */
const inSight = `n.done_at is null and n.snoozed_until is null
  and (n.read_at is null or n.read_at > $3 or n.kind in (${lastingKinds.map((kind) => `'${kind}'`).join(', ')}))`

interface Row extends OfDocument {
  id: string
  rank: number
  place: string
  what: Notice
  at: Date
  read_at: Date | null
  snoozed_until: Date | null
  done_at: Date | null
  actor: Person | null
  other: Person | null
}

/** What waits on somebody, most urgent first; the cursor is the place of the last one in that order. */
export async function listInbox(
  db: Queryable,
  { personId }: Pick<Principal, 'personId'>,
  query: { filter: 'waiting' | 'unread' | 'all'; cursor?: string | undefined; limit: number; now: number },
): Promise<{ items: NoticeAnswer[]; nextCursor: string | null }> {
  const after = readCursor(query.cursor)
  const filter = {
    waiting: inSight,
    unread: `${inSight} and n.read_at is null`,
    all: '$3::timestamptz is not null',
  }[query.filter]
  const { rows } = await db.query<Row>(
    `select * from (
       select n.id, ${rank} as rank, ${place} as place, n.what, n.at, n.read_at, n.snoozed_until, n.done_at,
              case when actor.id is not null then ${personJson('actor')} end as actor,
              case when other.id is not null then ${personJson('other')} end as other,
              d.id as document_id, d.prefix, d.number, d.title, d.status
         from ${noticeTables} where ${filter}) listed
      where $4::int is null or (rank, place, id) > ($4, $5::numeric, $6::uuid)
      order by rank, place, id limit $7`,
    [
      personId,
      new Date(query.now),
      new Date(query.now - readStaysMs),
      after?.rank ?? null,
      after?.place ?? null,
      after?.id ?? null,
      query.limit + 1,
    ],
  )
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  const nextCursor = rows.length > query.limit && last ? `${last.rank}.${last.place}.${last.id}` : null
  return { items: items.map(present), nextCursor }
}

const present = (row: Row): NoticeAnswer => ({
  id: row.id,
  urgency: urgencies[row.rank] ?? ('rest' satisfies Urgency),
  notice: row.what as NoticeAnswer['notice'],
  document: presentOf(row),
  actor: row.actor,
  other: row.other,
  at: row.at.toISOString(),
  readAt: row.read_at?.toISOString() ?? null,
  snoozedUntil: row.snoozed_until?.toISOString() ?? null,
  doneAt: row.done_at?.toISOString() ?? null,
})

function readCursor(cursor: string | undefined): { rank: string; place: string; id: string } | null {
  if (cursor === undefined) return null
  const [, rank, place, id] = /^(\d)\.(-?\d{1,16}(?:\.\d{1,9})?)\.([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (rank !== undefined && place !== undefined && id && parseDocumentId(id)) return { rank, place, id }
  throw new PublicError('invalid', {
    sentence: 'This cursor is none that a list gave. Read the list from its beginning.',
  })
}

/** How much of what waits on somebody is in sight, and how much of that they have not read. */
export async function countInbox(
  db: Queryable,
  personId: PersonId,
  now: number,
): Promise<{ waiting: number; unread: number }> {
  const { rows } = await db.query<{ waiting: number; unread: number }>(
    `select count(*)::int as waiting, count(*) filter (where n.read_at is null)::int as unread
       from ${noticeTables} where ${inSight} and $2::timestamptz is not null`,
    [personId, new Date(now), new Date(now - readStaysMs)],
  )
  return rows[0] ?? { waiting: 0, unread: 0 }
}
