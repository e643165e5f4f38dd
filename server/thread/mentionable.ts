import type { MentionableAnswer } from '../../lib/api-thread'
import type { PersonId } from '../../lib/id'
import { searchPattern, searchWords } from '../../lib/search'
import { personJson } from '../access/person'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'

/** People of the caller's own issuer who are not suspended. `$1` is the caller. */
const met = `p.suspended_at is null and p.issuer = (select issuer from person where id = $1)`

/**
 * Whom a comment on this document could name, by beginnings of words of their names and addresses: those who can read
 * it; for whoever may share it, behind them everybody else whom they can meet here.
 */
export async function searchMentionable(
  db: Queryable,
  principal: Principal,
  { documentId, abilities }: Access,
  { q, limit }: { q: string; limit: number },
): Promise<{ items: MentionableAnswer[] }> {
  const words = searchWords(q)
  if (words.length === 0 && q.trim() !== '') return { items: [] }
  const { rows } = await db.query<MentionableAnswer>(
    `select ${personJson('p')} as person, a.role is not null as "canRead"
       from person p left join document_access a on a.person_id = p.id and a.document_id = $2
      where ${met} and p.search_key like all ($3::text[]) and (a.role is not null or $4)
      order by a.role is null, p.search_key, p.id limit $5`,
    [principal.personId, documentId, words.map(searchPattern), abilities.has('share'), limit],
  )
  return { items: rows }
}

/** Those of these people who can read the document. */
export async function readersAmong(
  db: Queryable,
  principal: Principal,
  { documentId }: Access,
  personIds: readonly string[],
): Promise<PersonId[]> {
  if (personIds.length === 0) return []
  const { rows } = await db.query<{ id: PersonId }>(
    `select p.id from person p join document_access a on a.person_id = p.id and a.document_id = $2
      where ${met} and p.id = any($3)`,
    [principal.personId, documentId, personIds],
  )
  return rows.map((row) => row.id)
}
