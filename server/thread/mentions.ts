import { mentionsIn, mostMentions } from '../../lib/comment'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { readersAmong } from './mentionable'

/**
 * Whom a comment names from now on, written down.
 *
 * @param tx a transaction that holds the document.
 * @returns those who were not named there before, but for the caller.
 * @throws PublicError `invalid` for too many, and for somebody who cannot read the document: they would be told of
 *   something that they may not see. Who was named before and lost access since stays named.
 */
export async function writeMentions(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { commentId, body }: { commentId: string; body: string },
): Promise<PersonId[]> {
  const named = mentionsIn(body)
  if (named.length > mostMentions) {
    throw new PublicError('invalid', {
      sentence: `A comment names at most ${mostMentions} people. Name fewer.`,
    })
  }
  const { rows } = await tx.query<{ person_id: PersonId }>(
    'delete from comment_mention where comment_id = $1 returning person_id',
    [commentId],
  )
  const before = new Set<string>(rows.map((row) => row.person_id))
  const fresh = named.filter((id) => !before.has(id))
  const readers = await readersAmong(tx, principal, access, fresh)
  if (readers.length < fresh.length) {
    throw new PublicError('invalid', {
      sentence:
        'Somebody whom you name cannot read this document, or is not here. Give them access first, or leave the name out.',
    })
  }
  await tx.query('insert into comment_mention (comment_id, person_id) select $1, unnest($2::uuid[])', [
    commentId,
    named,
  ])
  return readers.filter((id) => id !== principal.personId)
}
