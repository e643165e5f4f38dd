import { randomUUID } from 'node:crypto'
import type { PersonId } from '../../lib/id'
import { searchKey } from '../../lib/search'
import type { Queryable } from '../db/open'
import { giveSample } from '../document/sample'
import { readClaims } from './claims'
import { colorOfNth } from './palette'

export interface KnownPerson {
  readonly id: PersonId
  readonly name: string
  readonly email: string | null
  readonly picture: string | null
  readonly color: string
  readonly suspended: boolean
  /** True when this sign-in was the first one. */
  readonly isNew: boolean
}

interface Row {
  id: PersonId
  name: string
  email: string | null
  picture: string | null
  color: string
  suspended: boolean
}

/** Any number that nothing else of ours locks: first sign-ins come one after another. */
const signUpLock = 7_241_006_002

const columns = 'id, name, email, picture, color, suspended_at is not null as suspended'

/**
 * Finds or makes the person that a provider vouches for, and takes over what it now says of them. Identity
 * is (issuer, subject) alone. A first sign-in gives a colour, and the sample document: its owner is the first
 * person of the installation, everyone later an editor of it.
 *
 * @param tx a transaction: at once with a twin of itself, the second waits for the first.
 * @param input.issuer `configuredIssuer`, never what a token claims.
 * @param input.admin true makes an administrator; false leaves the role as it is (`member` at first).
 */
export async function upsertPerson(
  tx: Queryable,
  input: {
    issuer: string
    subject: string
    name: string
    email: string | null
    picture: string | null
    admin: boolean
  },
): Promise<KnownPerson> {
  const claims = readClaims({
    sub: input.subject,
    name: input.name,
    email: input.email,
    picture: input.picture,
  })
  if (!claims) throw new Error('A person needs a subject of 1 to 255 printable ASCII characters.')
  const known = [claims.name, searchKey(`${claims.name} ${claims.email ?? ''}`), claims.email, claims.picture]

  const update = await tx.query<Row>(
    `update person
        set name = $3, search_key = $4, email = $5, picture = $6, seen_at = now(),
            workspace_role = case when $7 then 'admin' else workspace_role end
      where issuer = $1 and subject = $2
      returning ${columns}`,
    [input.issuer, claims.subject, ...known, input.admin],
  )
  const found = update.rows[0]
  if (found) return { ...found, isNew: false }

  await tx.query('select pg_advisory_xact_lock($1)', [signUpLock])
  const { rows: counted } = await tx.query<{ count: number }>('select count(*)::int as count from person')
  const insert = await tx.query<Row>(
    `insert into person (id, issuer, subject, name, search_key, email, picture, color, workspace_role)
     values ($8, $1, $2, $3, $4, $5, $6, $9, case when $7 then 'admin' else 'member' end)
     on conflict (issuer, subject) do nothing
     returning ${columns}`,
    [input.issuer, claims.subject, ...known, input.admin, randomUUID(), colorOfNth(counted[0]?.count ?? 0)],
  )
  const made = insert.rows[0]
  // A twin was first while this one waited for the lock.
  if (!made) return upsertPerson(tx, input)
  await giveSample(tx, made.id)
  return { ...made, isNew: true }
}
