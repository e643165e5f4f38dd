import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import * as Y from 'yjs'
import type { Role } from '../../lib/access'
import { schemaVersion } from '../../lib/content/schema'
import type { DocumentId, PersonId } from '../../lib/id'
import { seedBody, serverClientId } from '../../server/document/update-log'
import { bodyOf } from '../support/raw-body'

/** Rows that the sync server finds in a database: people, documents and who may use them. */
export async function makePerson(pool: Pool, name: string): Promise<PersonId> {
  const id = randomUUID() as PersonId
  await pool.query(
    `insert into person (id, issuer, subject, name, search_key, color, workspace_role)
     values ($1, 'built-in:', $2, $2, $2, '#336699', 'member')`,
    [id, name],
  )
  return id
}

/** A document with one paragraph, seeded by the server; `members` as [person, role]. */
export async function makeDocument(
  pool: Pool,
  owner: PersonId,
  members: readonly (readonly [PersonId, Role])[] = [],
  text = '',
): Promise<DocumentId> {
  const id = randomUUID() as DocumentId
  await pool.query(
    `insert into document (id, prefix, title, search_key, template_key, owner_id, schema_version)
     values ($1, 'TDD', 'Payment retries', 'payment retries', 'blank', $2, $3)`,
    [id, owner, schemaVersion],
  )
  for (const [person, role] of [[owner, 'owner'] as const, ...members]) await setRole(pool, id, person, role)
  await seedBody(pool, id, Y.encodeStateAsUpdate(bodyOf(serverClientId, text)), {
    personId: null,
    clientId: serverClientId,
  })
  return id
}

/** Gives a role, or takes it away, as the members' command does: with a rise of the fence. */
export async function setRole(pool: Pool, document: DocumentId, person: PersonId, role: Role | null) {
  await pool.query('update document set write_epoch = write_epoch + 1 where id = $1', [document])
  if (role === null) {
    await pool.query('delete from document_member where document_id = $1 and person_id = $2', [
      document,
      person,
    ])
  } else {
    await pool.query(
      `insert into document_member (document_id, person_id, role) values ($1, $2, $3)
       on conflict (document_id, person_id) do update set role = excluded.role`,
      [document, person, role],
    )
  }
}
