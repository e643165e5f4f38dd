import type { DocumentAnswer } from '../../lib/api'
import { parseNumber } from '../../lib/document'
import { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import { resolveAccess } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { readDocument } from './store'

/**
 * The document that a short address means: `42` or `TDD-0042`.
 *
 * @returns null when there is none, or the principal may not know of it; the two are not told apart.
 */
export async function documentOfNumber(
  db: Queryable,
  principal: Pick<Principal, 'personId' | 'scope'>,
  address: string,
): Promise<DocumentId | null> {
  const number = parseNumber(address)
  if (number === null) return null
  const { rows } = await db.query<{ id: DocumentId }>('select id from document where number = $1', [number])
  const id = rows[0]?.id
  return id && (await resolveAccess(db, principal, id)) ? id : null
}

/**
 * The same document as the API answers it.
 *
 * @throws PublicError `not_found` as above.
 */
export async function readNumbered(
  db: Queryable,
  principal: Pick<Principal, 'personId' | 'scope'>,
  address: string,
): Promise<DocumentAnswer> {
  const id = await documentOfNumber(db, principal, address)
  const document = id && (await readDocument(db, principal.personId, id))
  if (!document) throw new PublicError('not_found')
  return document
}
