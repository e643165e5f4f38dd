import type { Role } from '../../lib/access'
import type { MemberAnswer, Person } from '../../lib/api'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { personJson } from './person'

/** Roles from the strongest, then names. */
export async function readMembers(db: Queryable, documentId: DocumentId): Promise<MemberAnswer[]> {
  const { rows } = await db.query<MemberAnswer>(
    `select ${personJson('p')} as person, m.role
       from document_member m join person p on p.id = m.person_id
      where m.document_id = $1
      order by array_position(array['owner', 'editor', 'commenter', 'viewer'], m.role), p.search_key, p.id`,
    [documentId],
  )
  return rows
}

/** The role that somebody has; null: none. */
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
