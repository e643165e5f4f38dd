import type { DecisionAnswer } from '../../lib/api-decision'
import type { DecisionState } from '../../lib/content/attribute'
import { PublicError } from '../../lib/errors'
import { type PersonId, parseDocumentId } from '../../lib/id'
import { searchPattern, searchWords } from '../../lib/search'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { type OfDocument, presentOf } from './listed'

interface Row extends OfDocument {
  block_id: string
  text: string
  state: DecisionState
  day: string | null
  deciders: string | null
  section: string | null
  noted_at: Date
  noted_us: string
  sorted: string
}

export interface DecisionQuery {
  readonly state?: DecisionState | undefined
  readonly q?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

const sorted = "coalesce(e.day, (e.noted_at at time zone 'UTC')::date)"
const microseconds = '(extract(epoch from e.noted_at) * 1000000)::bigint'

/** Decisions of documents that one may read and that are not in the bin, the newest first. */
export async function listDecisions(
  db: Queryable,
  { personId }: Pick<Principal, 'personId'>,
  query: DecisionQuery,
): Promise<{ items: DecisionAnswer[]; nextCursor: string | null }> {
  const words = searchWords(query.q ?? '')
  if (words.length === 0 && query.q?.trim()) return { items: [], nextCursor: null }
  const after = readCursor(query.cursor)
  const { rows } = await db.query<Row>(
    `select e.document_id, e.block_id, e.text, e.state, e.day::text, e.deciders, e.section, e.noted_at,
            ${microseconds}::text as noted_us, ${sorted}::text as sorted, d.prefix, d.number, d.title, d.status
       from document_decision e
       join document d on d.id = e.document_id and d.binned_at is null
       join document_access a on a.document_id = e.document_id and a.person_id = $1
      where ($2::text is null or e.state = $2) and e.search_key || d.search_key like all ($3::text[])
        and ($4::date is null or (${sorted}, ${microseconds}, e.document_id, e.block_id) < ($4, $5, $6, $7))
      order by ${sorted} desc, ${microseconds} desc, e.document_id desc, e.block_id desc
      limit $8`,
    [personId, query.state ?? null, words.map(searchPattern), ...after, query.limit + 1],
  )
  const items = rows.slice(0, query.limit)
  const last = items.at(-1)
  return {
    items: items.map(present),
    nextCursor:
      rows.length > query.limit && last
        ? [last.sorted, last.noted_us, last.document_id, last.block_id].join('_')
        : null,
  }
}

/** True when the log has anything for this person. */
export async function hasDecisions(db: Queryable, personId: PersonId): Promise<boolean> {
  const { rows } = await db.query<{ has: boolean }>(
    `select exists (select 1 from document_decision e
       join document d on d.id = e.document_id and d.binned_at is null
       join document_access a on a.document_id = e.document_id and a.person_id = $1) as has`,
    [personId],
  )
  return rows[0]?.has ?? false
}

const present = (row: Row): DecisionAnswer => ({
  blockId: row.block_id,
  text: row.text,
  state: row.state,
  day: row.day,
  deciders: row.deciders,
  section: row.section,
  notedAt: row.noted_at.toISOString(),
  document: presentOf(row),
})

const form = /^(\d{4}-\d{2}-\d{2})_(-?\d{1,16})_([0-9a-f-]{36})_([A-Za-z0-9_-]{1,64})$/

/** Where a list goes on. */
function readCursor(cursor: string | undefined): (string | null)[] {
  if (cursor === undefined) return [null, null, null, null]
  const parts = form.exec(cursor)?.slice(1)
  const isDay = parts?.[0] !== undefined && !Number.isNaN(Date.parse(`${parts[0]}T00:00:00Z`))
  if (parts?.[2] && isDay && parseDocumentId(parts[2])) return parts
  throw new PublicError('invalid', { sentence: 'This cursor is none that a list gave. Leave it out.' })
}
