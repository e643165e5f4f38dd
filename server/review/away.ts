import type { z } from 'zod'
import type { away } from '../../lib/api-review'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import { personJson } from '../access/person'
import { readCandidate } from '../access/store'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { instant } from './record'

type AwayAnswer = z.infer<typeof away>

/** Whether the caller is away, and who reviews in their place; null: they are here. */
export async function getAway(db: Queryable, principal: Principal, now: number): Promise<AwayAnswer | null> {
  const { rows } = await db.query<AwayAnswer>(
    `select ${instant('a.until')} as until, case when p.id is not null then ${personJson('p')} end as "standIn"
       from away a left join person p on p.id = a.stand_in_id
      where a.person_id = $1 and (a.until is null or a.until > $2)`,
    [principal.personId, new Date(now)],
  )
  return rows[0] ?? null
}

/**
 * The caller is away: from now on who stands in is asked instead of them. What they were asked before is theirs to
 * hand over.
 *
 * @throws PublicError `not_found`, `invalid` for a time that has passed, or oneself.
 */
export async function putAway(
  db: Queryable,
  principal: Principal,
  input: { until: string | null; standInId: string | null; now: number },
): Promise<AwayAnswer | null> {
  const { personId } = principal
  if (input.until !== null && Date.parse(input.until) <= input.now) {
    throw new PublicError('invalid', { sentence: 'That time has passed. Say until when you are away.' })
  }
  if (input.standInId === personId) {
    throw new PublicError('invalid', { sentence: 'Somebody else stands in for you. Choose another person.' })
  }
  if (input.standInId !== null && !(await readCandidate(db, personId, input.standInId as PersonId))) {
    throw new PublicError('not_found', {
      sentence: 'There is no such person here. Choose somebody from the list.',
    })
  }
  await db.query(
    `insert into away (person_id, until, stand_in_id) values ($1, $2, $3)
     on conflict (person_id) do update set until = excluded.until, stand_in_id = excluded.stand_in_id`,
    [personId, input.until, input.standInId],
  )
  return getAway(db, principal, input.now)
}

export async function deleteAway(db: Queryable, principal: Principal): Promise<undefined> {
  await db.query('delete from away where person_id = $1', [principal.personId])
  return undefined
}
