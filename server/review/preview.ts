import { abilitiesOf } from '../../lib/access'
import type { ReviewerPreviewAnswer } from '../../lib/api-review'
import type { PersonId } from '../../lib/id'
import type { Access } from '../access/resolve'
import { readCandidate, readEffectiveRole } from '../access/store'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { readStandIns } from './reviewer-store'

type Told = ReviewerPreviewAnswer['told']

/**
 * What asking these people would mean for each of them, said before anybody is asked. Whom nobody can ask is left out.
 *
 * @param input.howTold how each would hear of it; what tells people knows reviews, and not the other way round.
 */
export async function previewReviewers(
  db: Queryable,
  principal: Principal,
  { documentId }: Access,
  input: {
    personIds: readonly string[]
    now: number
    howTold: (personIds: readonly PersonId[]) => Promise<ReadonlyMap<PersonId, Told>>
  },
): Promise<{ items: ReviewerPreviewAnswer[] }> {
  const standIns = await readStandIns(db, input.personIds, new Date(input.now))
  const told = await input.howTold([...(input.personIds as PersonId[]), ...standIns.values()])
  const items: ReviewerPreviewAnswer[] = []
  for (const personId of new Set(input.personIds as PersonId[])) {
    const person = await readCandidate(db, principal.personId, personId)
    if (!person) continue
    const standInId = standIns.get(personId) ?? null
    const role = await readEffectiveRole(db, documentId, standInId ?? personId)
    items.push({
      person,
      standIn: standInId && (await readCandidate(db, principal.personId, standInId)),
      told: told.get(standInId ?? personId) ?? 'nothing',
      getsAccess: !abilitiesOf({ role, scope: 'admin', phase: 'open' }).has('vote'),
    })
  }
  return { items }
}
