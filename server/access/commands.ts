import type { Role } from '../../lib/access'
import type { MemberAnswer } from '../../lib/api'
import { PublicError } from '../../lib/errors'
import { type PersonId, parsePersonId } from '../../lib/id'
import { type Page, type PageQuery, pageOf } from '../../lib/page'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import { deleteEveryone, everyone, putEveryone, writes } from './everyone'
import type { Access } from './resolve'
import {
  raiseFence,
  readCandidate,
  readEffectiveRole,
  readMembers,
  readRole,
  removeRole,
  writeRole,
} from './store'

const oneOwner = 'A document has exactly one owner, and their role stays. Give other people another role.'

/** Everybody who was given a role by name; then everyone in the workspace, where they have one. */
export async function listMembers(
  db: Queryable,
  access: Access,
  query: PageQuery,
): Promise<Page<MemberAnswer>> {
  return pageOf(await readMembers(db, access.documentId), query, whose)
}

/**
 * The role that somebody was given by name, or everyone's; what they may do with both together is not said here.
 *
 * @param input.userOrGroup a person's id, or `everyone`.
 * @throws PublicError `not_found` when there is none.
 */
export async function getMember(
  db: Queryable,
  access: Access,
  input: { userOrGroup: string },
): Promise<MemberAnswer> {
  const wanted = input.userOrGroup === everyone ? everyone : parsePersonId(input.userOrGroup)
  const found = (await readMembers(db, access.documentId)).find((member) => whose(member) === wanted)
  if (!found) throw noMember()
  return found
}

/**
 * Gives somebody a role, or changes the one they have. Sockets of that person are judged anew; where the
 * change takes writing away, the fence keeps what is still under way out of the log.
 *
 * @param tx a transaction that has locked the document.
 * @param input.userOrGroup a person's id, or `everyone`.
 * @throws PublicError `not_found` when there is nobody to give it to, `conflict` when it would make a second
 *   owner or leave none, `invalid` when everyone would own it.
 */
export async function putMember(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { userOrGroup: string; role: Role },
): Promise<MemberAnswer> {
  if (input.userOrGroup === everyone) return putEveryone(tx, access, input.role)
  const person = await candidate(tx, principal.personId, input.userOrGroup)
  const personId = person.id as PersonId
  const before = await readRole(tx, access.documentId, personId)
  if (before === input.role) return { person, group: null, role: before }
  if (before === 'owner' || input.role === 'owner') throw new PublicError('conflict', { sentence: oneOwner })
  const { documentId } = access
  await changingAccess(tx, access, personId, () =>
    writeRole(tx, { documentId, personId, role: input.role, addedBy: principal.personId }),
  )
  return { person, group: null, role: input.role }
}

/**
 * Takes a role away. What everyone in the workspace may do, this person still may.
 *
 * @param tx a transaction that has locked the document.
 * @param input.userOrGroup a person's id, or `everyone`.
 * @throws PublicError `not_found` when this person has no role here, `conflict` for the owner.
 */
export async function deleteMember(
  tx: Queryable,
  access: Access,
  input: { userOrGroup: string },
): Promise<void> {
  if (input.userOrGroup === everyone) return deleteEveryone(tx, access)
  const personId = parsePersonId(input.userOrGroup)
  const before = personId && (await readRole(tx, access.documentId, personId))
  if (!personId || !before) throw noMember()
  if (before === 'owner') throw new PublicError('conflict', { sentence: oneOwner })
  await changingAccess(tx, access, personId, () => removeRole(tx, access.documentId, personId))
}

/** Does `change`, raises the fence where it took writing from this person, and says so. */
async function changingAccess(
  tx: Queryable,
  { documentId }: Access,
  personId: PersonId,
  change: () => Promise<void>,
): Promise<void> {
  const before = await readEffectiveRole(tx, documentId, personId)
  await change()
  const after = await readEffectiveRole(tx, documentId, personId)
  if (writes(before) && !writes(after)) await raiseFence(tx, documentId)
  await emit(tx, { type: 'access.changed', documentId, personId })
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

/** Whose role it is, as a path names them. */
const whose = ({ person }: MemberAnswer): string => person?.id ?? everyone

const noMember = () => new PublicError('not_found', { sentence: 'This person has no role on the document.' })
