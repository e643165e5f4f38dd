import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'

const standing = {
  s: `select c.expires_at from session c join person p on p.id = c.person_id
       where c.token_hash = decode($1, 'hex') and c.person_id = $2 and c.expires_at > $3
         and p.suspended_at is null`,
  t: `select c.expires_at from token c join person p on p.id = c.person_id
       where c.id = $1::uuid and c.person_id = $2 and c.revoked_at is null
         and (c.expires_at is null or c.expires_at > $3) and p.suspended_at is null`,
} as const

/**
 * Whether the credential behind a socket still stands: the session or token that it was opened with, or that
 * asked for its ticket. Looked up by name, so that no secret is kept for as long as a socket is open.
 */
export async function credentialStands(
  db: Queryable,
  { credentialId, personId }: Pick<Principal, 'credentialId' | 'personId'>,
  now: number,
): Promise<{ readonly expiresAt: number | null } | null> {
  const kind = credentialId.startsWith('s:') ? 's' : 't'
  const { rows } = await db.query<{ expires_at: Date | null }>(standing[kind], [
    credentialId.slice(2),
    personId,
    new Date(now),
  ])
  const row = rows[0]
  return row ? { expiresAt: row.expires_at?.getTime() ?? null } : null
}
