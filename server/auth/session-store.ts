import type { PersonId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import { digest } from './secret'

/**
 * A session ends 7 days after it was last used and 30 days after it began, whichever comes first: a working
 * week away from the desk signs nobody out, a forgotten browser does not stay signed in for long. A session
 * is stored as the SHA-256 of its cookie, so that reading the database opens nothing.
 */
export const sessionIdleMs = 7 * 24 * 3_600_000
export const sessionMaxMs = 30 * 24 * 3_600_000

/** An expiry that would move by less than this is left alone: not every request writes. */
const renewalStepMs = 3_600_000

/** `s:` and the hash in hexadecimal: how a session is named outside of its table. */
export const sessionCredential = (hash: Buffer): string => `s:${hash.toString('hex')}`

/** Makes a session for the cookie's value `token` and forgets this person's expired ones. */
export async function createSession(
  tx: Queryable,
  input: { token: string; personId: PersonId; now: number },
): Promise<void> {
  await tx.query('delete from session where person_id = $1 and expires_at <= $2', [
    input.personId,
    new Date(input.now),
  ])
  await tx.query(
    'insert into session (token_hash, person_id, created_at, expires_at) values ($1, $2, $3, $4)',
    [digest(input.token), input.personId, new Date(input.now), new Date(input.now + sessionIdleMs)],
  )
}

/** Ends the session of a cookie, and tells every process: its sockets close within two seconds. */
export async function endSession(tx: Queryable, token: string): Promise<{ personId: PersonId } | null> {
  const hash = digest(token)
  const { rows } = await tx.query<{ person_id: PersonId }>(
    'delete from session where token_hash = $1 returning person_id',
    [hash],
  )
  const row = rows[0]
  if (!row) return null
  await emit(tx, {
    type: 'credential.ended',
    personId: row.person_id,
    credentialId: sessionCredential(hash),
  })
  return { personId: row.person_id }
}

/**
 * Moves the expiry of a session that is being used.
 * @returns the expiry that holds now.
 */
export async function renewSession(
  db: Queryable,
  session: { hash: Buffer; createdAt: Date; expiresAt: Date; now: number },
): Promise<number> {
  const expiresAt = session.expiresAt.getTime()
  const renewed = Math.min(session.now + sessionIdleMs, session.createdAt.getTime() + sessionMaxMs)
  if (renewed - expiresAt < renewalStepMs) return expiresAt
  // `greatest`: of two requests at once, the later expiry stays.
  await db.query('update session set expires_at = greatest(expires_at, $2) where token_hash = $1', [
    session.hash,
    new Date(renewed),
  ])
  return renewed
}
