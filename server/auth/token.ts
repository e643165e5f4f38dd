import { randomUUID } from 'node:crypto'
import type { Scope } from '../../lib/access'
import type { PersonId, TokenId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import { digest, newSecret } from './secret'

/** Personal tokens begin with this, so that scanners and people know what they found. */
export const tokenPrefix = 'rat_'

/** `rat_` and 43 characters of base64url (256 bits). */
const tokenForm = /^rat_[A-Za-z0-9_-]{43}$/

export const isToken = (text: string): boolean => tokenForm.test(text)

/** `t:` and the id: how a token is named outside of its table. */
export const tokenCredential = (id: TokenId): string => `t:${id}`

/**
 * Makes a personal token. It is answered once, and stored as its SHA-256.
 * @param input.name what its owner calls it, 1 to 100 characters.
 * @param input.expiresAt default: it does not expire.
 */
export async function issueToken(
  tx: Queryable,
  input: { personId: PersonId; scope: Scope; name: string; expiresAt?: Date },
): Promise<{ token: string; tokenId: TokenId }> {
  const token = tokenPrefix + newSecret()
  const tokenId = randomUUID() as TokenId
  await tx.query(
    'insert into token (id, hash, person_id, scope, name, expires_at) values ($1, $2, $3, $4, $5, $6)',
    [tokenId, digest(token), input.personId, input.scope, input.name, input.expiresAt ?? null],
  )
  return { token, tokenId }
}

/**
 * Takes a token back. What it opened closes within two seconds.
 * @returns false when this person has no such token that still counts.
 */
export async function revokeToken(
  tx: Queryable,
  input: { tokenId: TokenId; personId: PersonId; now: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update token set revoked_at = $3 where id = $1 and person_id = $2 and revoked_at is null',
    [input.tokenId, input.personId, new Date(input.now)],
  )
  if (!rowCount) return false
  await emit(tx, {
    type: 'credential.ended',
    personId: input.personId,
    credentialId: tokenCredential(input.tokenId),
  })
  return true
}
