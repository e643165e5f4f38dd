import type { Me } from '../../lib/api'
import { PublicError } from '../../lib/errors'
import { type PersonId, parsePersonId } from '../../lib/id'
import type { Person } from '../../lib/person'
import { searchPattern, searchWords } from '../../lib/search'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'

/** A person as the API answers it: one column, whatever the query calls the table. */
export const personJson = (alias: string): string =>
  `jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name, 'email', ${alias}.email,
     'color', ${alias}.color, 'picture', ${alias}.picture)`

/** The person behind a credential, with what the credential may be used for. */
export async function readMe(db: Queryable, principal: Principal): Promise<Me> {
  const { rows } = await db.query<{ person: Person }>(
    `select ${personJson('p')} as person from person p where p.id = $1`,
    [principal.personId],
  )
  const row = rows[0]
  if (!row) throw new PublicError('unauthenticated')
  return { ...row.person, workspaceRole: principal.workspaceRole, scope: principal.scope }
}

/**
 * People whom one can meet here: of the caller's own issuer, not suspended, each word of the question the
 * beginning of a word of name or address. In order of names; the cursor is the last one's id.
 */
export async function searchPeople(
  db: Queryable,
  principal: Principal,
  query: { q: string; cursor?: string | undefined; limit: number },
): Promise<{ items: Person[]; nextCursor: string | null }> {
  const words = searchWords(query.q)
  if (words.length === 0 && query.q.trim() !== '') return { items: [], nextCursor: null }
  const after = readPersonCursor(query.cursor)
  const { rows } = await db.query<{ person: Person }>(
    `select ${personJson('p')} as person
       from person p
      where p.issuer = (select issuer from person where id = $1) and p.suspended_at is null
        and p.search_key like all ($2::text[])
        and ($3::uuid is null or (p.search_key, p.id) > (select c.search_key, c.id from person c where c.id = $3))
      order by p.search_key, p.id
      limit $4`,
    [principal.personId, words.map(searchPattern), after, query.limit + 1],
  )
  const items = rows.slice(0, query.limit).map((row) => row.person)
  return { items, nextCursor: rows.length > query.limit ? (items.at(-1)?.id ?? null) : null }
}

function readPersonCursor(cursor: string | undefined): PersonId | null {
  if (cursor === undefined) return null
  const id = parsePersonId(cursor)
  if (!id)
    throw new PublicError('invalid', { sentence: 'This cursor is none that a list gave. Leave it out.' })
  return id
}
