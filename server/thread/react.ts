import type { WordingAnswer } from '../../lib/api-thread'
import { parseReaction, reactions } from '../../lib/comment'
import { PublicError } from '../../lib/errors'
import { type Page, type PageQuery, pageOf } from '../../lib/page'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import {
  type CommentFacts,
  eraseReaction,
  holdThreadOfComment,
  readCommentFacts,
  readWordings,
  writeReaction,
} from './comment-store'
import { changed } from './talk'

/**
 * Sets one's sign under a comment, or takes it back; to do so twice is to do it once.
 *
 * @param tx a transaction that holds the document.
 * @throws PublicError `invalid` for what is no reaction, `not_found` for a comment that is gone.
 */
export async function react(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { commentId: string; emoji: string; isSet: boolean; now: number },
): Promise<undefined> {
  const emoji = parseReaction(input.emoji)
  if (!emoji) {
    throw new PublicError('invalid', { sentence: `A reaction is one of these: ${reactions.join(' ')}` })
  }
  const { commentId } = input
  await holdThreadOfComment(tx, commentId)
  const facts = await standing(tx, principal, commentId)
  const given = { commentId, personId: principal.personId, emoji }
  const isNew = input.isSet
    ? await writeReaction(tx, { ...given, at: new Date(input.now) })
    : await eraseReaction(tx, given)
  if (isNew && !facts.unsent) await changed(tx, access, facts.thread_id)
  return undefined
}

/** What a comment said before; the cursor is the number of a wording. */
export async function listWordings(
  db: Queryable,
  principal: Principal,
  { commentId, ...query }: PageQuery & { commentId: string },
): Promise<Page<WordingAnswer>> {
  await standing(db, principal, commentId)
  const all = await readWordings(db, commentId)
  const { items, nextCursor } = pageOf(all, query, ({ number }) => String(number))
  return {
    items: items.map(({ body, written_at }) => ({ body, writtenAt: written_at.toISOString() })),
    nextCursor,
  }
}

async function standing(db: Queryable, principal: Principal, commentId: string): Promise<CommentFacts> {
  const facts = await readCommentFacts(db, principal.personId, commentId)
  if (facts && !facts.removed) return facts
  throw new PublicError('not_found', { sentence: 'This comment is not there any more.' })
}
