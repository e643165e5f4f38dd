import type { DocumentAnswer } from '../../lib/api'
import { PublicError } from '../../lib/errors'
import { type DocumentId, parsePersonId } from '../../lib/id'
import { searchPattern, searchWords } from '../../lib/search'
import type { Access } from '../access/resolve'
import { raiseFence } from '../access/store'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import {
  type DocumentRow,
  documentColumns,
  documentTables,
  presentDocument,
  readDocument,
  writeBinned,
  writeTitle,
} from './store'
import { checkedTitle, titleSearchKey } from './title'

export async function getDocument(
  db: Queryable,
  principal: Principal,
  access: Access,
): Promise<DocumentAnswer> {
  const found = await readDocument(db, principal.personId, access.documentId)
  if (!found) throw new PublicError('not_found')
  return found
}

/** @param tx a transaction that has locked the document. */
export async function renameDocument(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { title: string; now: number },
): Promise<DocumentAnswer> {
  const title = checkedTitle(input.title)
  const { rows } = await tx.query<{ title: string; prefix: string; number: number | null }>(
    'select title, prefix, number from document where id = $1',
    [access.documentId],
  )
  const before = rows[0]
  if (before && before.title !== title) {
    const searchKey = titleSearchKey(title, before.prefix, before.number)
    await writeTitle(tx, { documentId: access.documentId, title, searchKey, now: new Date(input.now) })
    await emit(tx, { type: 'document.changed', documentId: access.documentId })
  }
  return getDocument(tx, principal, access)
}

/**
 * Moves a document to the bin: it is gone for everybody but its owner, and nothing that is still being typed
 * is stored in it.
 *
 * @param tx a transaction that has locked the document.
 */
export async function binDocument(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { now: number },
): Promise<void> {
  await writeBinned(tx, access.documentId, { at: new Date(input.now), by: principal.personId })
  await raiseFence(tx, access.documentId)
  await announce(tx, access)
}

/** @param tx a transaction that has locked the document. */
export async function restoreDocument(
  tx: Queryable,
  principal: Principal,
  access: Access,
): Promise<DocumentAnswer> {
  await writeBinned(tx, access.documentId, null)
  await announce(tx, access)
  return getDocument(tx, principal, access)
}

/** Home lists look anew, and every open socket is judged anew. */
async function announce(tx: Queryable, access: Access): Promise<void> {
  await emit(tx, { type: 'document.changed', documentId: access.documentId })
  await emit(tx, { type: 'access.changed', documentId: access.documentId })
}

export interface ListQuery {
  readonly status?: string | undefined
  readonly owner?: string | undefined
  /** None but these. Default: all that one may read. */
  readonly among?: readonly DocumentId[] | null | undefined
  readonly q?: string | undefined
  readonly updatedSince?: string | undefined
  readonly binned?: 'true' | 'false' | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

type DocumentPage = { items: DocumentAnswer[]; nextCursor: string | null }

/**
 * Documents that one may read, the last changed first. The bin holds one's own alone, as the judge has it
 * (`abilitiesOf`): a test compares this list with the judge.
 */
export async function listDocuments(
  db: Queryable,
  principal: Principal,
  query: ListQuery,
): Promise<DocumentPage> {
  const nothing: DocumentPage = { items: [], nextCursor: null }
  const words = searchWords(query.q ?? '')
  if (words.length === 0 && query.q?.trim()) return nothing
  const owner = query.owner === 'me' ? principal.personId : query.owner && parsePersonId(query.owner)
  // Nobody has such an id.
  if (owner === null) return nothing
  const after = readCursor(query.cursor)
  // The first condition follows from the second table: with it, documents that one has nothing to do with are
  // passed over before anything is joined to them: a quarter of the time where they are most.
  const { rows } = await db.query<DocumentRow>(
    `select ${documentColumns} from ${documentTables}
      where (d.workspace_role is not null
             or d.id in (select own.document_id from document_member own where own.person_id = $1))
        and case when $2 then d.binned_at is not null and a.role = 'owner' else d.binned_at is null end
        and ($3::text is null or d.status = $3)
        and ($4::uuid is null or d.owner_id = $4)
        and d.search_key like all ($5::text[])
        and ($6::timestamptz is null or d.updated_at >= $6)
        and ($7::bigint is null or
             (d.updated_at, d.id) < (timestamptz 'epoch' + $7::bigint * interval '1 microsecond', $8::uuid))
        and ($10::uuid[] is null or d.id = any ($10))
      order by d.updated_at desc, d.id desc
      limit $9`,
    [
      principal.personId,
      query.binned === 'true',
      query.status ?? null,
      owner || null,
      words.map(searchPattern),
      query.updatedSince ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      query.limit + 1,
      query.among ?? null,
    ],
  )
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    items: page.map(presentDocument),
    nextCursor: rows.length > query.limit && last ? `${last.updated_us}_${last.id}` : null,
  }
}

/** Where a list goes on: after this change of this document, as PostgreSQL counts time (microseconds). */
function readCursor(cursor: string | undefined): [string, string] | null {
  if (cursor === undefined) return null
  const parts = /^(\d{1,16})_([0-9a-f-]{36})$/.exec(cursor)
  if (!parts?.[1] || !parts[2] || !parsePersonId(parts[2])) {
    throw new PublicError('invalid', { sentence: 'This cursor is none that a list gave. Leave it out.' })
  }
  return [parts[1], parts[2]]
}
