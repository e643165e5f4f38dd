import { type Scope, scopes } from '../../lib/access'
import type { DocumentId, PersonId, TokenId } from '../../lib/id'
import { constantOf } from '../db/constant'
import type { Queryable } from '../db/open'
import { readCookie } from './cookies'
import { digest } from './secret'
import { renewSession, sessionCredential } from './session-store'
import { isToken, tokenCredential } from './token'

export const workspaceRoles = ['admin', 'member', 'guest'] as const
export type WorkspaceRole = (typeof workspaceRoles)[number]

/** Who is asking, and what the credential that they showed may be used for. */
export interface Principal {
  readonly personId: PersonId
  /** The most that this credential may be used for. A browser's session has `admin`. */
  readonly scope: Scope
  /**
   * `s:` and the session's hash in hexadecimal, or `t:` and the token's id. A ticket carries the one of the
   * credential that asked for it: when that ends, so does what the ticket opened (`credential.ended`).
   */
  readonly credentialId: string
  readonly kind: 'session' | 'token' | 'ticket'
  readonly person: {
    readonly id: PersonId
    readonly name: string
    /** `#rrggbb`. */
    readonly color: string
    readonly picture: string | null
  }
  readonly workspaceRole: WorkspaceRole
  /** Milliseconds since the epoch from when the credential counts no more; null: it does not expire. */
  readonly expiresAt: number | null
}

/** What a request shows. Exactly one of them is judged, in this order: authorization, ticket, cookie. */
export interface Shown {
  /** The whole `Cookie` header. */
  readonly cookie?: string | undefined
  /** The whole `Authorization` header. */
  readonly authorization?: string | undefined
  readonly ticket?: string | undefined
  /** Which document a ticket is shown for. */
  readonly documentId?: DocumentId | undefined
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Null: whatever was shown opens nothing (none, unknown, ended, expired, of another issuer). */
export type Authenticate = (db: Queryable, shown: Shown) => Promise<Principal | null>

interface PersonRow {
  id: PersonId
  name: string
  color: string
  picture: string | null
  workspace_role: WorkspaceRole
}

const personColumns = 'p.id, p.name, p.color, p.picture, p.workspace_role'

/** Every field by name: an object that is spread into another gets a shape of its own, and sockets keep it. */
const principalOf = (
  row: PersonRow,
  { scope, credentialId, kind, expiresAt }: Pick<Principal, 'scope' | 'credentialId' | 'kind' | 'expiresAt'>,
): Principal => ({
  personId: row.id,
  person: { id: row.id, name: row.name, color: row.color, picture: row.picture },
  workspaceRole: constantOf(workspaceRoles, row.workspace_role),
  scope: constantOf(scopes, scope),
  credentialId,
  kind,
  expiresAt,
})

/**
 * The one function that turns what a request shows into a principal, for pages, routes and sockets. Its
 * statements have names: a connection parses and plans them once, and every request and socket begins here.
 *
 * Secrets are looked up by their hash, so comparing takes no time that tells anything about them.
 *
 * @param options.issuer only people of this issuer count (`configuredIssuer`).
 * @param options.cookieName of the session (`sessionCookieName`).
 */
export function createAuthenticate(options: { issuer: string; cookieName: string }): Authenticate {
  const { issuer, cookieName } = options

  async function bySession(db: Queryable, value: string, now: number): Promise<Principal | null> {
    const hash = digest(value)
    const { rows } = await db.query<PersonRow & { created_at: Date; expires_at: Date }>({
      name: 'session',
      text: `select ${personColumns}, s.created_at, s.expires_at
         from session s join person p on p.id = s.person_id
        where s.token_hash = $1 and s.expires_at > $2 and p.issuer = $3 and p.suspended_at is null`,
      values: [hash, new Date(now), issuer],
    })
    const row = rows[0]
    if (!row) return null
    const expiresAt = await renewSession(db, {
      hash,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      now,
    })
    return principalOf(row, {
      scope: 'admin',
      credentialId: sessionCredential(hash),
      kind: 'session',
      expiresAt,
    })
  }

  async function byToken(db: Queryable, value: string, now: number): Promise<Principal | null> {
    if (!isToken(value)) return null
    const { rows } = await db.query<PersonRow & { token_id: TokenId; scope: Scope; expires_at: Date | null }>(
      {
        name: 'token',
        text: `select ${personColumns}, t.id as token_id, t.scope, t.expires_at
         from token t join person p on p.id = t.person_id
        where t.hash = $1 and t.revoked_at is null and (t.expires_at is null or t.expires_at > $2)
          and p.issuer = $3 and p.suspended_at is null`,
        values: [digest(value), new Date(now), issuer],
      },
    )
    const row = rows[0]
    if (!row) return null
    return principalOf(row, {
      scope: row.scope,
      credentialId: tokenCredential(row.token_id),
      kind: 'token',
      expiresAt: row.expires_at?.getTime() ?? null,
    })
  }

  /** A ticket falls with the credential that asked for it, and ends no later than that one. */
  async function byTicket(
    db: Queryable,
    value: string,
    documentId: DocumentId,
    now: number,
  ): Promise<Principal | null> {
    const { rows } = await db.query<
      PersonRow & { scope: Scope; credential_id: string; credential_expires_at: Date | null }
    >({
      name: 'ticket',
      text: `select ${personColumns}, k.scope, k.credential_id,
              coalesce(s.expires_at, t.expires_at) as credential_expires_at
         from ticket k
         join person p on p.id = k.person_id
         left join session s on k.credential_id = 's:' || encode(s.token_hash, 'hex')
          and s.person_id = k.person_id and s.expires_at > $3
         left join token t on k.credential_id = 't:' || t.id
          and t.person_id = k.person_id and t.revoked_at is null and (t.expires_at is null or t.expires_at > $3)
        where k.hash = $1 and k.document_id = $2 and k.expires_at > $3
          and (s.token_hash is not null or t.id is not null)
          and p.issuer = $4 and p.suspended_at is null`,
      values: [digest(value), documentId, new Date(now), issuer],
    })
    const row = rows[0]
    if (!row) return null
    return principalOf(row, {
      scope: row.scope,
      credentialId: row.credential_id,
      kind: 'ticket',
      expiresAt: row.credential_expires_at?.getTime() ?? null,
    })
  }

  return async (db, shown) => {
    if (shown.authorization !== undefined) {
      // A program that names a token means that token: no falling back to a cookie that came along.
      const value = /^Bearer +(\S+)$/i.exec(shown.authorization)?.[1]
      return value === undefined ? null : byToken(db, value, shown.now)
    }
    if (shown.ticket !== undefined) {
      return shown.documentId === undefined ? null : byTicket(db, shown.ticket, shown.documentId, shown.now)
    }
    const value = shown.cookie === undefined ? null : readCookie(shown.cookie, cookieName)
    return value ? bySession(db, value, shown.now) : null
  }
}
