import { abilitiesOf, type Role } from '../../lib/access'
import type { MemberAnswer } from '../../lib/api'
import { PublicError } from '../../lib/errors'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import type { Access } from './resolve'
import { raiseFence, readWorkspaceRole, type WorkspaceRole, writeWorkspaceRole } from './store'

/** Stands in the place of a person's id. */
export const everyone = 'everyone'

/** True when a role comes with writing, as long as the document is open. */
export const writes = (role: Role | null): boolean =>
  abilitiesOf({ role, scope: 'admin', phase: 'open' }).has('write')

/**
 * Opens a document to everyone in the workspace, or changes what everyone may do. A stronger role that
 * somebody was given by name stays theirs.
 *
 * @param tx a transaction that has locked the document.
 * @throws PublicError `invalid` for the role of an owner.
 */
export async function putEveryone(tx: Queryable, access: Access, role: Role): Promise<MemberAnswer> {
  if (role === 'owner') {
    throw new PublicError('invalid', {
      sentence: 'A document is owned by one person, never by everyone. Choose editor, commenter or viewer.',
    })
  }
  await setWorkspaceRole(tx, access, role)
  return { person: null, group: everyone, role }
}

/**
 * Closes a document to all but the people named. Nothing happens where it was never open.
 *
 * @param tx a transaction that has locked the document.
 */
export const deleteEveryone = (tx: Queryable, access: Access): Promise<void> =>
  setWorkspaceRole(tx, access, null)

/** Nobody is named: everybody who has the document open is judged anew. */
async function setWorkspaceRole(tx: Queryable, access: Access, role: WorkspaceRole | null): Promise<void> {
  const before = await readWorkspaceRole(tx, access.documentId)
  if (before === role) return
  await writeWorkspaceRole(tx, access.documentId, role)
  if (writes(before) && !writes(role)) await raiseFence(tx, access.documentId)
  await emit(tx, { type: 'access.changed', documentId: access.documentId })
}
