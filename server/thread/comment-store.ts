import type { CommentAnswer } from '../../lib/api-thread'
import { type Reaction, reactions } from '../../lib/comment'
import type { PersonId } from '../../lib/id'
import type { Person } from '../../lib/person'
import { personJson } from '../access/person'
import type { Queryable } from '../db/open'

export interface CommentRow {
  readonly id: string
  readonly author: Person
  readonly body: string
  readonly mentions: readonly Person[] | null
  /** In the order in which they were set. */
  readonly reactions: readonly { readonly emoji: Reaction; readonly person: Person }[] | null
  /** How many earlier wordings are kept. */
  readonly wordings: number
  readonly createdAt: string
  readonly editedAt: string | null
  readonly removedAt: string | null
  readonly unsent: boolean
}

/** Times inside JSON come as text, with PostgreSQL's microseconds. */
export const commentJson = `jsonb_build_object('id', c.id, 'author', ${personJson('ca')}, 'body', c.body,
  'createdAt', c.created_at, 'editedAt', c.edited_at, 'removedAt', c.removed_at,
  'unsent', c.unsent_in is not null,
  'mentions', (select jsonb_agg(${personJson('mp')} order by mp.id)
     from comment_mention m join person mp on mp.id = m.person_id where m.comment_id = c.id),
  'reactions', (select jsonb_agg(jsonb_build_object('emoji', x.emoji, 'person', ${personJson('xp')})
       order by x.at, xp.id)
     from comment_reaction x join person xp on xp.id = x.person_id where x.comment_id = c.id),
  'wordings', (select count(*)::int from comment_wording w where w.comment_id = c.id))`

/** What is gathered in a review is there for its author alone. `$1` is the reader. */
export const sentOrOwn = (alias: 't' | 'c') => `(${alias}.unsent_in is null or ${alias}.author_id = $1)`

export const presentComment = (row: CommentRow): CommentAnswer => ({
  id: row.id,
  author: row.author,
  body: row.removedAt === null ? row.body : null,
  mentions: [...(row.mentions ?? [])],
  reactions: reactions.flatMap((emoji) => {
    const people = (row.reactions ?? []).flatMap((one) => (one.emoji === emoji ? [one.person] : []))
    return people.length === 0 ? [] : [{ emoji, people }]
  }),
  wordings: row.wordings,
  createdAt: new Date(row.createdAt).toISOString(),
  editedAt: row.editedAt === null ? null : new Date(row.editedAt).toISOString(),
  unsent: row.unsent,
})

export async function readComment(db: Queryable, commentId: string): Promise<CommentAnswer | null> {
  const { rows } = await db.query<{ comment: CommentRow }>(
    `select ${commentJson} as comment from thread_comment c join person ca on ca.id = c.author_id where c.id = $1`,
    [commentId],
  )
  return rows[0] ? presentComment(rows[0].comment) : null
}

/**
 * What is known of a comment: whose, in which thread, whether anything follows it or stands before it. What somebody
 * has not sent yet follows too: nobody's words go with another's.
 */
export interface CommentFacts {
  readonly thread_id: string
  readonly author_id: PersonId
  readonly body: string
  readonly removed: boolean
  readonly followed: boolean
  /** Something that everybody sees stands behind it. */
  readonly answered: boolean
  readonly first: boolean
  readonly unsent: boolean
}

/** Null also for what another has not sent yet. */
export async function readCommentFacts(
  db: Queryable,
  reader: PersonId,
  commentId: string,
): Promise<CommentFacts | null> {
  const behind = 'select 1 from thread_comment n where n.thread_id = c.thread_id and n.seq > c.seq'
  const { rows } = await db.query<CommentFacts>(
    `select c.thread_id, c.author_id, c.body, c.unsent_in is not null as unsent,
            c.removed_at is not null as removed, exists (${behind}) as followed,
            exists (${behind} and n.unsent_in is null) as answered,
            not exists (select 1 from thread_comment n where n.thread_id = c.thread_id and n.seq < c.seq) as first
       from thread_comment c where c.id = $2 and ${sentOrOwn('c')}`,
    [reader, commentId],
  )
  return rows[0] ?? null
}

export async function insertComment(
  tx: Queryable,
  made: {
    id: string
    threadId: string
    authorId: PersonId
    body: string
    unsentIn: string | null
    at: Date
  },
): Promise<void> {
  await tx.query(
    `insert into thread_comment (id, thread_id, author_id, body, unsent_in, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [made.id, made.threadId, made.authorId, made.body, made.unsentIn, made.at],
  )
}

export const writeBody = async (
  tx: Queryable,
  commentId: string,
  { body, editedAt }: { body: string; editedAt: Date },
): Promise<void> =>
  void (await tx.query('update thread_comment set body = $2, edited_at = $3 where id = $1', [
    commentId,
    body,
    editedAt,
  ]))

/** Keeps what a comment says now as an earlier wording of it. */
export const keepWording = async (tx: Queryable, commentId: string): Promise<void> =>
  void (await tx.query(
    `insert into comment_wording (comment_id, number, body, written_at)
     select c.id, 1 + (select count(*) from comment_wording w where w.comment_id = c.id), c.body,
            coalesce(c.edited_at, c.created_at)
       from thread_comment c where c.id = $1`,
    [commentId],
  ))

/** What a comment said before it was changed, the oldest first. */
export async function readWordings(
  db: Queryable,
  commentId: string,
): Promise<{ number: number; body: string; written_at: Date }[]> {
  const { rows } = await db.query<{ number: number; body: string; written_at: Date }>(
    'select number, body, written_at from comment_wording where comment_id = $1 order by number',
    [commentId],
  )
  return rows
}

/** Takes all words away and everything that hung on them, and leaves the place. */
export async function blankComment(tx: Queryable, commentId: string, removedAt: Date): Promise<void> {
  await tx.query("update thread_comment set body = '', removed_at = $2 where id = $1", [commentId, removedAt])
  for (const table of ['comment_mention', 'comment_reaction', 'comment_wording'])
    await tx.query(`delete from ${table} where comment_id = $1`, [commentId])
}

export const eraseComment = async (tx: Queryable, commentId: string): Promise<void> =>
  void (await tx.query('delete from thread_comment where id = $1', [commentId]))

/** @returns false: it was so already. */
export async function writeReaction(
  tx: Queryable,
  given: { commentId: string; personId: PersonId; emoji: Reaction; at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into comment_reaction (comment_id, person_id, emoji, at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [given.commentId, given.personId, given.emoji, given.at],
  )
  return rowCount === 1
}

/** @returns false: it was so already. */
export async function eraseReaction(
  tx: Queryable,
  given: { commentId: string; personId: PersonId; emoji: Reaction },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'delete from comment_reaction where comment_id = $1 and person_id = $2 and emoji = $3',
    [given.commentId, given.personId, given.emoji],
  )
  return rowCount === 1
}

export const holdThreadOfComment = async (tx: Queryable, commentId: string): Promise<void> =>
  void (await tx.query(
    'select 1 from thread where id = (select thread_id from thread_comment where id = $1) for update',
    [commentId],
  ))

/** Never goes back: an older page does not make read comments unread. A thread that is just being removed is waited for. */
export async function writeSeen(
  db: Queryable,
  input: { personId: PersonId; threadId: string; commentId: string },
): Promise<void> {
  await db.query(
    `with held as (select id from thread where id = $2 for key share)
     insert into thread_seen (person_id, thread_id, seq)
     select $1, c.thread_id, c.seq from held join thread_comment c on c.thread_id = held.id
      where c.id = $3 and ${sentOrOwn('c')}
     on conflict (person_id, thread_id) do update set seq = greatest(thread_seen.seq, excluded.seq)`,
    [input.personId, input.threadId, input.commentId],
  )
}
