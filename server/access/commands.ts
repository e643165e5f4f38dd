import { abilitiesOf, type Role } from '../../lib/access'
import type { MemberAnswer } from '../../lib/api'
import { PublicError } from '../../lib/errors'
import { type PersonId, parsePersonId } from '../../lib/id'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import type { Access } from './resolve'
import { raiseFence, readCandidate, readMembers, readRole, removeRole, writeRole } from './store'

const oneOwner = 'A document has exactly one owner, and their role stays. Give other people another role.'

const writes = (role: Role | null) => abilitiesOf({ role, scope: 'admin', phase: 'open' }).has('write')

/** Everybody who has a role on the document. */
export async function listMembers(
  db: Queryable,
  access: Access,
): Promise<{ items: MemberAnswer[]; nextCursor: null }> {
  return { items: await readMembers(db, access.documentId), nextCursor: null }
}

/**
 * Gives somebody a role, or changes the one they have. Sockets of that person are judged anew; where the
 * change takes writing away, the fence keeps what is still under way out of the log.
 *
 * @param tx a transaction that has locked the document.
 * @throws PublicError `not_found` when there is nobody to give it to, `conflict` when it would make a second
 *   owner or leave none.
 */
export async function putMember(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { personId: string; role: Role },
): Promise<MemberAnswer> {
  const person = await candidate(tx, principal.personId, input.personId)
  const personId = person.id as PersonId
  const before = await readRole(tx, access.documentId, personId)
  if (before === input.role) return { person, role: before }
  if (before === 'owner' || input.role === 'owner') throw new PublicError('conflict', { sentence: oneOwner })
  await writeRole(tx, {
    documentId: access.documentId,
    personId,
    role: input.role,
    addedBy: principal.personId,
  })
  if (writes(before) && !writes(input.role)) await raiseFence(tx, access.documentId)
  await emit(tx, { type: 'access.changed', documentId: access.documentId, personId })
  return { person, role: input.role }
}

/**
 * Takes a role away.
 *
 * @param tx a transaction that has locked the document.
 * @throws PublicError `not_found` when this person has no role here, `conflict` for the owner.
 */
export async function deleteMember(
  tx: Queryable,
  access: Access,
  input: { personId: string },
): Promise<void> {
  const personId = parsePersonId(input.personId)
  const before = personId && (await readRole(tx, access.documentId, personId))
  if (!personId || !before) throw noMember()
  if (before === 'owner') throw new PublicError('conflict', { sentence: oneOwner })
  await removeRole(tx, access.documentId, personId)
  if (writes(before)) await raiseFence(tx, access.documentId)
  await emit(tx, { type: 'access.changed', documentId: access.documentId, personId })
}

async function candidate(tx: Queryable, asker: PersonId, text: string) {
  const personId = parsePersonId(text)
  const person = personId && (await readCandidate(tx, asker, personId))
  if (!person) {
    throw new PublicError('not_found', {
      sentence: 'There is no such person here. Choose somebody from the list.',
    })
  }
  return person
}

const noMember = () => new PublicError('not_found', { sentence: 'This person has no role on the document.' })
