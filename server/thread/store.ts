import type { Anchor } from '../../lib/content/anchor/anchor'
import type { Suggestion } from '../../lib/content/suggestion/suggestion-shape'
import { type DocumentId, type PersonId, parseDocumentId } from '../../lib/id'
import type { Person } from '../../lib/person'
import type { Outcome, ThreadKind } from '../../lib/thread'
import { personJson } from '../access/person'
import type { Queryable } from '../db/open'
import type { DocumentOf } from '../http/endpoint'
import { type CommentRow, commentJson, sentOrOwn } from './comment-store'

/** A thread as it is stored, with its comments and who is who. */
export interface ThreadRow {
  readonly id: string
  readonly document_id: DocumentId
  readonly kind: ThreadKind
  readonly section_id: string | null
  readonly anchor: Anchor | null
  readonly quote: string
  readonly author: Person
  readonly outcome: Outcome | null
  readonly reason: string | null
  readonly moved_to: string | null
  readonly resolver: Person | null
  readonly resolved_at: Date | null
  readonly created_at: Date
  readonly updated_at: Date
  readonly comments: readonly CommentRow[]
  /** Comments by others after the last one that the reader has seen. */
  readonly unread: number
  /** The review that it is gathered in, and not sent with yet. */
  readonly unsent_in: string | null
  readonly suggestion: { readonly proposal: Suggestion; readonly accepted: boolean } | null
}

/** `$1` is the reader. */
const columns = `t.id, t.document_id, t.kind, t.section_id, t.anchor, t.quote, t.outcome, t.reason, t.moved_to,
  t.resolved_at, t.created_at, t.updated_at, t.unsent_in, ${personJson('a')} as author,
  case when r.id is not null then ${personJson('r')} end as resolver,
  (select jsonb_agg(${commentJson} order by c.seq)
     from thread_comment c join person ca on ca.id = c.author_id
    where c.thread_id = t.id and ${sentOrOwn('c')}) as comments,
  (select count(*)::int from thread_comment c
    where c.thread_id = t.id and c.author_id <> $1 and c.removed_at is null and c.unsent_in is null
      and c.seq > coalesce((select s.seq from thread_seen s where s.thread_id = t.id and s.person_id = $1), 0)
  ) as unread,
  (select jsonb_build_object('proposal', s.proposal, 'accepted', s.accepted_by is not null)
     from suggestion s where s.thread_id = t.id) as suggestion`
const tables = `thread t join person a on a.id = t.author_id left join person r on r.id = t.resolved_by`

/** All threads of a document, the oldest first. */
export async function readThreads(
  db: Queryable,
  reader: PersonId,
  documentId: DocumentId,
): Promise<ThreadRow[]> {
  const { rows } = await db.query<ThreadRow>(
    `select ${columns} from ${tables} where t.document_id = $2 and ${sentOrOwn('t')} order by t.created_at, t.id`,
    [reader, documentId],
  )
  return rows
}

export async function readThread(
  db: Queryable,
  reader: PersonId,
  threadId: string,
): Promise<ThreadRow | null> {
  const { rows } = await db.query<ThreadRow>(
    `select ${columns} from ${tables} where t.id = $2 and ${sentOrOwn('t')}`,
    [reader, threadId],
  )
  return rows[0] ?? null
}

export interface NewThread {
  readonly id: string
  readonly documentId: DocumentId
  readonly kind: ThreadKind
  readonly sectionId: string | null
  readonly anchor: Anchor | null
  readonly quote: string
  readonly authorId: PersonId
  readonly unsentIn: string | null
  readonly at: Date
}

export async function insertThread(tx: Queryable, made: NewThread): Promise<void> {
  await tx.query(
    `insert into thread (id, document_id, kind, section_id, anchor, quote, author_id, unsent_in, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [
      made.id,
      made.documentId,
      made.kind,
      made.sectionId,
      made.anchor && JSON.stringify(made.anchor),
      made.quote,
      made.authorId,
      made.unsentIn,
      made.at,
    ],
  )
}

export const eraseThread = async (tx: Queryable, threadId: string): Promise<void> =>
  void (await tx.query('delete from thread where id = $1', [threadId]))

export const touchThread = async (tx: Queryable, threadId: string, at: Date): Promise<void> =>
  void (await tx.query('update thread set updated_at = $2 where id = $1', [threadId, at]))

export const writeKind = async (tx: Queryable, threadId: string, kind: ThreadKind, at: Date): Promise<void> =>
  void (await tx.query('update thread set kind = $2, updated_at = $3 where id = $1', [threadId, kind, at]))

export async function writePlace(
  tx: Queryable,
  threadId: string,
  place: { anchor: Anchor | null; sectionId: string | null; quote: string; at: Date },
): Promise<void> {
  await tx.query(
    'update thread set anchor = $2, section_id = $3, quote = $4, updated_at = $5 where id = $1',
    [threadId, place.anchor && JSON.stringify(place.anchor), place.sectionId, place.quote, place.at],
  )
}

/** Null: open again. */
export async function writeOutcome(
  tx: Queryable,
  threadId: string,
  end: { outcome: Outcome; reason: string | null; movedTo: string | null; by: PersonId } | null,
  at: Date,
): Promise<void> {
  await tx.query(
    `update thread set outcome = $2, reason = $3, moved_to = $4, resolved_by = $5, resolved_at = $6, updated_at = $7
      where id = $1`,
    [
      threadId,
      end?.outcome ?? null,
      end?.reason ?? null,
      end?.movedTo ?? null,
      end?.by ?? null,
      end ? at : null,
      at,
    ],
  )
}

export const holdThread = async (tx: Queryable, threadId: string): Promise<void> =>
  void (await tx.query('select 1 from thread where id = $1 for update', [threadId]))

/** The document of a thread or a comment, for the judge; of what another has not sent yet, there is none. */
export const documentOfThread: DocumentOf = (db, id, reader) =>
  documentOf(db, id, reader, `select t.document_id from thread t where t.id = $2 and ${sentOrOwn('t')}`)

export const documentOfComment: DocumentOf = (db, id, reader) =>
  documentOf(
    db,
    id,
    reader,
    `select t.document_id from thread_comment c join thread t on t.id = c.thread_id
      where c.id = $2 and ${sentOrOwn('c')}`,
  )

async function documentOf(
  db: Queryable,
  id: string,
  reader: PersonId,
  sql: string,
): Promise<DocumentId | null> {
  // The shape of every id of ours is that of a document's.
  if (!parseDocumentId(id)) return null
  const { rows } = await db.query<{ document_id: DocumentId }>(sql, [reader, id])
  return rows[0]?.document_id ?? null
}
