import type { ThreadAnswer } from '../../lib/api-thread'
import { PublicError } from '../../lib/errors'
import { parseDocumentId } from '../../lib/id'
import type { ThreadState } from '../../lib/thread'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { writeSeen } from './comment-store'
import { locate } from './located'
import { presentThread } from './present'
import { holdThread, readThread, readThreads, type ThreadRow } from './store'

export interface ListQuery {
  readonly state?: ThreadState | undefined
  readonly sectionId?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Threads of a document, the oldest first; the cursor is when the last one was started, and its id. */
export async function listThreads(
  db: Queryable,
  principal: Principal,
  access: Access,
  query: ListQuery & { clock: string | null },
): Promise<{ items: ThreadAnswer[]; nextCursor: string | null }> {
  const all = await readThreads(db, principal.personId, access.documentId)
  if (all.length === 0) return { items: [], nextCursor: null }
  const located = await locate(db, access.documentId, query.clock)
  const items: ThreadAnswer[] = []
  let last: ThreadRow | null = null
  for (const row of after(all, query.cursor)) {
    if (query.state !== undefined && (row.outcome === null) !== (query.state === 'open')) continue
    // To find the place of one takes a while where its words are gone: of those of other pages nobody asks.
    const thread = presentThread(row, located)
    if (query.sectionId !== undefined && thread.sectionId !== query.sectionId) continue
    if (items.length === query.limit) return { items, nextCursor: last && cursorOf(last) }
    items.push(thread)
    last = row
  }
  return { items, nextCursor: null }
}

const cursorOf = (row: ThreadRow): string => `${row.created_at.getTime()}.${row.id}`

/** Those behind a cursor, whether its own thread is still there or was removed meanwhile. */
function after(all: readonly ThreadRow[], cursor: string | undefined): readonly ThreadRow[] {
  if (cursor === undefined) return all
  const [, at, id] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (at === undefined || id === undefined) {
    throw new PublicError('invalid', {
      sentence: 'This cursor is none that a list gave. Read the list from its beginning.',
    })
  }
  const time = Number(at)
  return all.filter((row) => {
    const began = row.created_at.getTime()
    return began > time || (began === time && row.id > id)
  })
}

/** One thread of the document that was judged. */
export async function getThread(
  db: Queryable,
  principal: Principal,
  access: Access,
  threadId: string,
): Promise<ThreadAnswer> {
  const row = await threadOf(db, principal, access, threadId)
  return presentThread(row, await locate(db, access.documentId))
}

/** @throws PublicError `not_found` when it is not there, or in another document than the one judged. */
export async function threadOf(
  db: Queryable,
  principal: Principal,
  access: Access,
  threadId: string,
): Promise<ThreadRow> {
  const row = parseDocumentId(threadId) && (await readThread(db, principal.personId, threadId))
  if (row && row.document_id === access.documentId) return row
  throw new PublicError('not_found', { sentence: 'This thread is not there any more.' })
}

/**
 * The same, held until the transaction ends: of two who change one thread, the second sees what the first did.
 *
 * @throws PublicError `not_found`.
 */
export async function heldThread(
  tx: Queryable,
  principal: Principal,
  access: Access,
  threadId: string,
): Promise<ThreadRow> {
  if (parseDocumentId(threadId)) await holdThread(tx, threadId)
  return threadOf(tx, principal, access, threadId)
}

/** Somebody has read a thread up to a comment; of a comment that is gone, nothing is kept. */
export async function markSeen(
  db: Queryable,
  principal: Principal,
  input: { threadId: string; commentId: string },
): Promise<undefined> {
  await writeSeen(db, { personId: principal.personId, ...input })
  return undefined
}
