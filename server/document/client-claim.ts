import type { DocumentId, PersonId } from '../../lib/id'
import type { Queryable } from '../db/open'

/** Whose a Yjs client id is in a document. The first claim counts, for ever. */
export interface ClientClaim {
  readonly clientId: number
  /** Null: the server's. */
  readonly personId: PersonId | null
  /** Milliseconds since the epoch, by the database's clock. */
  readonly claimedAt: number
}

interface Row {
  client_id: string
  person_id: PersonId | null
  claimed_at: Date
}

const claimOf = (row: Row): ClientClaim => ({
  clientId: Number(row.client_id),
  personId: row.person_id,
  claimedAt: row.claimed_at.getTime(),
})

export async function readClaims(db: Queryable, documentId: DocumentId): Promise<ClientClaim[]> {
  const { rows } = await db.query<Row>(
    'select client_id, person_id, claimed_at from document_client where document_id = $1',
    [documentId],
  )
  return rows.map(claimOf)
}

/** A person wants an id. */
export interface WantedClient {
  readonly clientId: number
  readonly personId: PersonId
}

/**
 * Claims ids, where nobody has them; of two who want the same one, the first.
 * @returns whose each of them is now, which may be somebody else.
 */
export async function claimClients(
  db: Queryable,
  documentId: DocumentId,
  wanted: readonly WantedClient[],
): Promise<ClientClaim[]> {
  const ids = wanted.map(({ clientId }) => clientId)
  const { rows: claimed } = await db.query<Row>({
    name: 'claim clients',
    text: `insert into document_client (document_id, client_id, person_id)
      select $1, id, person from unnest($2::bigint[], $3::uuid[]) as wanted (id, person)
      on conflict do nothing returning client_id, person_id, claimed_at`,
    values: [documentId, ids, wanted.map(({ personId }) => personId)],
  })
  if (claimed.length === ids.length) return claimed.map(claimOf)
  // A second statement: one that inserts does not see the row of another process that it collided with.
  const { rows } = await db.query<Row>(
    `select client_id, person_id, claimed_at from document_client
      where document_id = $1 and client_id = any ($2::bigint[])`,
    [documentId, ids],
  )
  return rows.map(claimOf)
}
