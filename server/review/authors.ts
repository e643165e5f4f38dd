import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import type { Person } from '../../lib/person'
import type { Access } from '../access/resolve'
import { readCandidate } from '../access/store'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import { readAuthors } from './record'

/**
 * Says whose document it is, in this order. It decides alone what counts as approving one's own.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `not_found`, `invalid` for somebody named twice.
 */
export async function putAuthors(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { personIds }: { personIds: readonly string[] },
): Promise<Person[]> {
  const { documentId } = access
  if (new Set(personIds).size < personIds.length) {
    throw new PublicError('invalid', { sentence: 'Somebody is named twice. Name each author once.' })
  }
  for (const id of personIds) {
    if (await readCandidate(tx, principal.personId, id as PersonId)) continue
    throw new PublicError('not_found', {
      sentence: 'There is no such person here. Choose somebody from the list.',
    })
  }
  await tx.query('delete from document_author where document_id = $1', [documentId])
  await tx.query(
    `insert into document_author (document_id, person_id, position)
     select $1, id, n - 1 from unnest($2::uuid[]) with ordinality as given (id, n)`,
    [documentId, personIds],
  )
  await emit(tx, { type: 'review.changed', documentId })
  return readAuthors(tx, documentId)
}
