import type { Role } from '../../lib/access'
import type { MemberAnswer } from '../../lib/api'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Person } from '../../lib/person'
import type { Queryable } from '../db/open'
import { personJson } from './person'

/** What everyone together can be given: nobody owns a document by being here. */
export type WorkspaceRole = Exclude<Role, 'owner'>

/** Roles from the strongest, then names; everyone in the workspace comes last. */
export async function readMembers(db: Queryable, documentId: DocumentId): Promise<MemberAnswer[]> {
  const { rows } = await db.query<MemberAnswer>(
    `select case when p.id is not null then ${personJson('p')} end as person,
            case when p.id is null then 'everyone' end as "group", m.role
       from (select person_id, role from document_member where document_id = $1
             union all
             select null, workspace_role from document where id = $1 and workspace_role is not null) m
       left join person p on p.id = m.person_id
      order by p.id is null, array_position(array['owner', 'editor', 'commenter', 'viewer'], m.role),
            p.search_key, p.id`,
    [documentId],
  )
  return rows
}

/** The role that was given to somebody by name; null: none, whatever everyone has. */
export async function readRole(
  db: Queryable,
  documentId: DocumentId,
  personId: PersonId,
): Promise<Role | null> {
  const { rows } = await db.query<{ role: Role }>(
    'select role from document_member where document_id = $1 and person_id = $2',
    [documentId, personId],
  )
  return rows[0]?.role ?? null
}

/** What somebody is on the document, by name or with everyone; null: nothing. */
export async function readEffectiveRole(
  db: Queryable,
  documentId: DocumentId,
  personId: PersonId,
): Promise<Role | null> {
  const { rows } = await db.query<{ role: Role }>(
    'select role from document_access where document_id = $1 and person_id = $2',
    [documentId, personId],
  )
  return rows[0]?.role ?? null
}

/** Everyone's role in the workspace; null: only the people named have one. */
export async function readWorkspaceRole(
  db: Queryable,
  documentId: DocumentId,
): Promise<WorkspaceRole | null> {
  const { rows } = await db.query<{ role: WorkspaceRole | null }>(
    'select workspace_role as role from document where id = $1',
    [documentId],
  )
  return rows[0]?.role ?? null
}

export async function writeWorkspaceRole(
  tx: Queryable,
  documentId: DocumentId,
  role: WorkspaceRole | null,
): Promise<void> {
  await tx.query('update document set workspace_role = $2 where id = $1', [documentId, role])
}

/** Somebody who can be given a role: of the same issuer as `asker`, not suspended. */
export async function readCandidate(
  db: Queryable,
  asker: PersonId,
  personId: PersonId,
): Promise<Person | null> {
  const { rows } = await db.query<{ person: Person }>(
    `select ${personJson('p')} as person from person p
      where p.id = $2 and p.suspended_at is null
        and p.issuer = (select issuer from person where id = $1)`,
    [asker, personId],
  )
  return rows[0]?.person ?? null
}

export async function writeRole(
  tx: Queryable,
  input: { documentId: DocumentId; personId: PersonId; role: Role; addedBy: PersonId | null },
): Promise<void> {
  await tx.query(
    `insert into document_member (document_id, person_id, role, added_by) values ($1, $2, $3, $4)
     on conflict (document_id, person_id) do update set role = excluded.role`,
    [input.documentId, input.personId, input.role, input.addedBy],
  )
}

export async function removeRole(tx: Queryable, documentId: DocumentId, personId: PersonId): Promise<void> {
  await tx.query('delete from document_member where document_id = $1 and person_id = $2', [
    documentId,
    personId,
  ])
}

/**
 * Raises the fence: updates that were accepted before now are not stored any more, so that nothing written
 * under an access that was taken away reaches the log.
 */
export async function raiseFence(tx: Queryable, documentId: DocumentId): Promise<void> {
  await tx.query('update document set write_epoch = write_epoch + 1 where id = $1', [documentId])
}
