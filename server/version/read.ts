import type { VersionAnswer, VersionContentAnswer } from '../../lib/api-version'
import { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import type { Page, PageQuery } from '../../lib/page'
import type { Queryable } from '../db/open'
import { bodyOfVersion } from './body'
import { presentVersion, readVersion, readVersions, type VersionRow } from './store'

/** The newest first; the cursor is the number of the last one. */
export async function listVersions(
  db: Queryable,
  documentId: DocumentId,
  { cursor, limit }: PageQuery,
): Promise<Page<VersionAnswer>> {
  if (cursor !== undefined && !/^[1-9]\d{0,8}$/.test(cursor)) {
    throw new PublicError('invalid', {
      sentence: 'This cursor is none that a list gave. Read the list from its beginning.',
    })
  }
  const before = cursor === undefined ? null : Number(cursor)
  const rows = await readVersions(db, documentId, { before, limit: limit + 1 })
  const items = rows.slice(0, limit).map(presentVersion)
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.number) : null }
}

/**
 * A version of the document that was judged.
 *
 * @throws PublicError `not_found`.
 */
export async function versionOf(
  db: Queryable,
  documentId: DocumentId,
  versionId: string,
): Promise<VersionRow> {
  const row = await readVersion(db, versionId)
  if (row && row.document_id === documentId) return row
  throw new PublicError('not_found', { sentence: 'This document has no such version.' })
}

export async function getVersion(
  db: Queryable,
  documentId: DocumentId,
  versionId: string,
): Promise<VersionContentAnswer> {
  const row = await versionOf(db, documentId, versionId)
  const { doc } = await bodyOfVersion(db, row.id)
  return { ...presentVersion(row), content: { ...doc.toJSON(), type: 'doc' } }
}
