import type { TermAnswer } from '../../lib/api-term'
import type { GlossaryEntry } from '../../lib/content/glossary'
import { formatNumber, type Status } from '../../lib/document'
import { PublicError } from '../../lib/errors'
import { type DocumentId, type PersonId, parseDocumentId } from '../../lib/id'
import { searchKey, searchPattern, searchWords } from '../../lib/search'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { storable } from '../db/storable'
import { mayHold } from './stored-elements'

interface Row {
  document_id: string
  position: number
  term: string
  meaning: string
  sorted: string
  prefix: string
  number: number | null
  title: string
  status: Status
}

export interface TermQuery {
  readonly q?: string | undefined
  readonly name?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

const sorted = 'lower(t.term)'
const readable = `document_term t
  join document d on d.id = t.document_id and d.binned_at is null
  join document_access a on a.document_id = t.document_id and a.person_id = $1`

/** Terms of documents that one may read and that are not in the bin, by their names. */
export async function listTerms(
  db: Queryable,
  { personId }: Pick<Principal, 'personId'>,
  { q, name, cursor, limit }: TermQuery,
): Promise<{ items: TermAnswer[]; nextCursor: string | null }> {
  const words = searchWords(q ?? '')
  if ((words.length === 0 && q?.trim()) || name?.includes('\0')) return { items: [], nextCursor: null }
  const after = readCursor(cursor)
  const { rows } = await db.query<Row>(
    `select t.document_id, t.position, t.term, t.meaning, ${sorted} as sorted, d.prefix, d.number, d.title, d.status
       from ${readable}
      where t.search_key like all ($2::text[]) and ($3::text is null or t.term = $3)
        and ($4::uuid is null or (${sorted}, t.document_id, t.position) >
             (select ${sorted}, t.document_id, t.position from document_term t
               where t.document_id = $4 and t.position = $5))
      order by ${sorted}, t.document_id, t.position limit $6`,
    [personId, words.map(searchPattern), name ?? null, ...after, limit + 1],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(present),
    nextCursor: rows.length > limit && last ? `${last.document_id}_${last.position}` : null,
  }
}

/** True when the list has anything for this person. */
export async function hasTerms(db: Queryable, personId: PersonId): Promise<boolean> {
  const { rows } = await db.query<{ has: boolean }>(`select exists (select 1 from ${readable}) as has`, [
    personId,
  ])
  return rows[0]?.has ?? false
}

const present = (row: Row): TermAnswer => ({
  position: row.position,
  term: row.term,
  meaning: row.meaning,
  document: {
    id: row.document_id,
    number: formatNumber(row.prefix, row.number),
    title: row.title,
    status: row.status,
  },
})

/** Where a list goes on. */
function readCursor(cursor: string | undefined): [string | null, string | null] {
  if (cursor === undefined) return [null, null]
  const [, id, position] = /^([0-9a-f-]{36})_(\d{1,9})$/.exec(cursor) ?? []
  if (id && position && parseDocumentId(id)) return [id, position]
  throw new PublicError('invalid', { sentence: 'This cursor is none that a list gave. Leave it out.' })
}

/** A document whose text rests and was changed since its glossary was read: with the time that is then read up to. */
export interface UnreadTerms {
  readonly id: DocumentId
  /** As PostgreSQL writes a time, to the microsecond. */
  readonly until: string
}

export async function readUnread(
  db: Queryable,
  given: { restedBefore: Date; limit: number },
): Promise<UnreadTerms[]> {
  const { rows } = await db.query<UnreadTerms>(
    `select d.id, d.updated_at::text as until
       from document d left join document_term_reading r on r.document_id = d.id
      where d.binned_at is null and d.updated_at <= $1 and (r.until is null or d.updated_at > r.until)
      order by d.updated_at desc limit $2`,
    [given.restedBefore, given.limit],
  )
  return rows
}

/** Whether a text can hold entries of a glossary, or has held some: those without lists and tables are not read. */
export async function mayHoldTerms(db: Queryable, documentId: DocumentId): Promise<boolean> {
  const { rowCount } = await db.query('select 1 from document_term where document_id = $1 limit 1', [
    documentId,
  ])
  return rowCount === 1 || mayHold(db, documentId, ['listItem', 'taskItem', 'tableRow'])
}

/** Makes the list of a document say what its glossary says. */
export async function writeTerms(
  tx: Queryable,
  documentId: DocumentId,
  entries: readonly GlossaryEntry[],
): Promise<void> {
  await tx.query('delete from document_term where document_id = $1', [documentId])
  if (entries.length === 0) return
  await tx.query(
    `insert into document_term (document_id, position, term, meaning, search_key)
     select $1, position, term, meaning, search_key
       from jsonb_to_recordset($2::jsonb) as given (position int, term text, meaning text, search_key text)`,
    [
      documentId,
      JSON.stringify(
        entries.map(({ term, meaning }, position) => ({
          position,
          term: storable(term),
          meaning: storable(meaning),
          search_key: searchKey(`${term} ${meaning}`),
        })),
      ),
    ],
  )
}

export async function writeRead(tx: Queryable, { id, until }: UnreadTerms): Promise<void> {
  await tx.query(
    `insert into document_term_reading (document_id, until) values ($1, $2::timestamptz)
     on conflict (document_id) do update set until = greatest(document_term_reading.until, excluded.until)`,
    [id, until],
  )
}
