import { decisionRecord } from '../../lib/content/decision-log'
import { readBody } from '../../lib/content/read-body'
import { PublicError } from '../../lib/errors'
import type { Person } from '../../lib/person'
import { personJson } from '../access/person'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import { digest } from '../auth/secret'
import type { Queryable } from '../db/open'
import { etagOf } from '../http/file'
import { loadCovering } from './clock'
import type { Content } from './content'
import { readDocument } from './store'

/**
 * One decision of the saved text as a record of its own.
 *
 * @param input.origin of this installation: the record says where it comes from.
 * @param input.clock `X-Document-Clock`: what the text must contain at least.
 * @throws PublicError `not_found` when the saved text has no such decision.
 */
export async function readDecisionRecord(
  db: Queryable,
  principal: Principal,
  { documentId }: Access,
  input: { blockId: string; origin: string; clock: string | null },
): Promise<Content> {
  const document = await readDocument(db, principal.personId, documentId)
  if (!document) throw new PublicError('not_found')
  const update = await loadCovering(db, documentId, input.clock)
  const body = decisionRecord(readBody(update), input.blockId, {
    number: document.number,
    title: document.title,
    address: `${input.origin}/d/${documentId}`,
  })
  if (body === null) throw new PublicError('not_found')
  return {
    body,
    mediaType: 'text/markdown; charset=utf-8',
    etag: etagOf(digest(body)),
  }
}

/** Whom the text names or has named, of those who can read it. */
export async function listNamed(db: Queryable, { documentId }: Access): Promise<{ items: Person[] }> {
  const { rows } = await db.query<{ person: Person }>(
    `select ${personJson('p')} as person from person p
       join document_access a on a.person_id = p.id and a.document_id = $1
      where p.id in (select person_id from document_mention where document_id = $1)
      order by p.search_key, p.id limit 2000`,
    [documentId],
  )
  return { items: rows.map(({ person }) => person) }
}
