import type { TermAnswer } from '../../lib/api-term'
import type { GlossaryEntry } from '../../lib/content/glossary'
import { PublicError } from '../../lib/errors'
import { type DocumentId, parseDocumentId } from '../../lib/id'
import { searchKey, searchPattern, searchWords } from '../../lib/search'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { storable } from '../db/storable'
import { type OfDocument, presentOf } from './listed'
import { mayHold } from './stored-elements'

interface Row extends OfDocument {
  position: number
  term: string
  meaning: string
  sorted: string
}

export interface TermQuery {
  readonly q?: string | undefined
  readonly name?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

const sorted = 'lower(t.term)'

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
       from document_term t
       join document d on d.id = t.document_id and d.binned_at is null
       join document_access a on a.document_id = t.document_id and a.person_id = $1
      where t.search_key like all ($2::text[]) and ($3::text is null or t.term = $3)
        and ($4::text is null or (${sorted}, t.document_id, t.position) > ($4, $5::uuid, $6::int))
      order by ${sorted}, t.document_id, t.position limit $7`,
    [personId, words.map(searchPattern), name ?? null, ...after, limit + 1],
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items: items.map(present),
    nextCursor:
      rows.length > limit && last
        ? [last.document_id, last.position, Buffer.from(last.sorted).toString('base64url')].join('_')
        : null,
  }
}

const present = (row: Row): TermAnswer => ({
  position: row.position,
  term: row.term,
  meaning: row.meaning,
  document: presentOf(row),
})

/** Where a list goes on: behind this term, whether it is still there or not. */
function readCursor(cursor: string | undefined): [string | null, string | null, string | null] {
  if (cursor === undefined) return [null, null, null]
  const [, id, position, encoded = ''] = /^([0-9a-f-]{36})_(\d{1,9})_([\w-]+)$/.exec(cursor) ?? []
  const name = Buffer.from(encoded, 'base64url').toString()
  if (id && position && parseDocumentId(id) && !name.includes('\0')) return [name, id, position]
  throw new PublicError('invalid', { sentence: 'This cursor is none that a list gave. Leave it out.' })
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
