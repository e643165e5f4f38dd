import type { DocumentId } from '../../lib/id'
import type { Queryable } from '../db/open'
import type { Principal } from './authenticate'
import { digest, newSecret } from './secret'

/** A ticket is good for this long; within it, the same person may use it again for the same document. */
export const ticketMs = 60_000

/**
 * A pass to one document's socket for programs that cannot set headers there. It carries scope and name of
 * the credential that asked for it, and falls with it. Stored as its SHA-256.
 */
export async function issueTicket(
  tx: Queryable,
  principal: Principal,
  input: { documentId: DocumentId; now: number },
): Promise<{ ticket: string; expiresAt: Date }> {
  const ticket = newSecret()
  const expiresAt = new Date(input.now + ticketMs)
  await tx.query('delete from ticket where person_id = $1 and expires_at <= $2', [
    principal.personId,
    new Date(input.now),
  ])
  await tx.query(
    `insert into ticket (hash, person_id, document_id, scope, credential_id, expires_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      digest(ticket),
      principal.personId,
      input.documentId,
      principal.scope,
      principal.credentialId,
      expiresAt,
    ],
  )
  return { ticket, expiresAt }
}
