import { randomUUID } from 'node:crypto'
import type { Proposal } from '../../lib/api-proposal'
import type { CommentAnswer, ThreadAnswer } from '../../lib/api-thread'
import { sentenceOfSuggestion } from '../../lib/content/suggestion/suggestion-redline'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import { proposalIn } from '../../lib/proposal'
import type { StartableKind } from '../../lib/thread'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit, record } from '../live/outbox'
import { type Attachment, attachTo } from './attach'
import { checkedComment } from './checked'
import {
  blankComment,
  eraseComment,
  holdThreadOfComment,
  insertComment,
  keepWording,
  readComment,
  readCommentFacts,
  writeBody,
  writeSeen,
} from './comment-store'
import { locate } from './located'
import { writeMentions } from './mentions'
import { presentThread } from './present'
import { heldThread, threadOf } from './read'
import { eraseThread, insertThread, touchThread, writePlace } from './store'
import { type Proposed, proposedIn } from './suggestion-start'
import { insertSuggestion } from './suggestion-store'
import { eraseLeftover, type Gathering, gatheredIn } from './unsent'

export const changed = (tx: Queryable, access: Access, threadId: string): Promise<void> =>
  emit(tx, { type: 'thread.changed', documentId: access.documentId, threadId })

/**
 * Starts a thread. The author is whoever calls: no field says who. One that is gathered in a review is told to nobody.
 *
 * @param tx a transaction that holds the document.
 * @throws PublicError `invalid`, `too_large`; `forbidden` for a blocking thread by somebody who may not block;
 *   `conflict` for a review that the caller is not writing.
 */
export async function startThread(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: Attachment &
    Gathering &
    MayBlock & {
      kind: StartableKind | 'suggestion'
      body: string
      suggestion?: Proposal | undefined
      replacement?: string | undefined
      now: number
    },
): Promise<ThreadAnswer> {
  const suggestion = proposalIn(input)
  const said = suggestion && input.body.trim() === '' ? null : checkedComment(input.body)
  const unsentIn = await gatheredIn(tx, principal, access, input)
  if (input.kind === 'blocking' && !input.mayBlock && !access.abilities.has('resolve'))
    throw new PublicError('forbidden', mayNotBlock)
  const located = await locate(tx, access.documentId)
  const proposed = suggestion ? proposedIn(located, { ...input, suggestion }) : null
  const { anchor, sectionId, quote } = proposed ?? attachTo(located, input)
  const body = said ?? sentenceOfSuggestion((proposed as Proposed).suggestion)
  const [id, commentId] = [randomUUID(), randomUUID()]
  const at = new Date(input.now)
  const { documentId } = access
  await insertThread(tx, {
    id,
    documentId,
    kind: proposed ? 'suggestion' : input.kind,
    sectionId,
    anchor,
    quote,
    authorId: principal.personId,
    unsentIn,
    at,
  })
  if (proposed) await insertSuggestion(tx, id, proposed.suggestion)
  await insertComment(tx, { id: commentId, threadId: id, authorId: principal.personId, body, unsentIn, at })
  const mentions = await writeMentions(tx, principal, access, { commentId, body })
  if (unsentIn === null) {
    await changed(tx, access, id)
    await recordComment(tx, principal, access, { threadId: id, commentId, mentions, isFirst: true, at })
  }
  return presentThread(await threadOf(tx, principal, access, id), located)
}

export interface MayBlock {
  /** Somebody has asked the caller for their judgement: what they raise blocks, as an editor's does. Default false. */
  readonly mayBlock?: boolean | undefined
}

export const mayNotBlock = {
  sentence:
    'Only editors and those who were asked to review raise blocking threads. Raise a concern: it has to be answered as well.',
}

/**
 * Replies. Whoever replies has read what stands before. In a thread that is not sent yet, neither is the reply.
 *
 * @param tx a transaction that holds the document.
 * @throws PublicError `invalid`, `too_large`; `conflict` for a review that the caller is not writing.
 */
export async function reply(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: Gathering & { threadId: string; body: string; now: number },
): Promise<CommentAnswer> {
  const body = checkedComment(input.body)
  const thread = await heldThread(tx, principal, access, input.threadId)
  const unsentIn = thread.unsent_in ?? (await gatheredIn(tx, principal, access, input))
  const [id, threadId] = [randomUUID(), thread.id]
  const at = new Date(input.now)
  await insertComment(tx, { id, threadId, authorId: principal.personId, body, unsentIn, at })
  const mentions = await writeMentions(tx, principal, access, { commentId: id, body })
  await writeSeen(tx, { personId: principal.personId, threadId, commentId: id })
  if (unsentIn === null) {
    await touchThread(tx, threadId, at)
    await changed(tx, access, threadId)
    await recordComment(tx, principal, access, { threadId, commentId: id, mentions, isFirst: false, at })
  }
  return commentOf(tx, id)
}

/**
 * Changes one's own words. Where somebody has replied to them, what they said is kept; whoever is named there only now
 * is told.
 *
 * @param tx a transaction that holds the document.
 */
export async function editComment(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { commentId: string; body: string; now: number },
): Promise<CommentAnswer> {
  const body = checkedComment(input.body)
  const { commentId } = input
  const facts = await ownComment(tx, principal, commentId)
  if (facts.body === body) return commentOf(tx, commentId)
  const { thread_id: threadId, unsent, answered, first: isFirst } = facts
  const at = new Date(input.now)
  if (answered && !unsent) await keepWording(tx, commentId)
  await writeBody(tx, commentId, { body, editedAt: at })
  const mentions = await writeMentions(tx, principal, access, { commentId, body })
  if (!unsent) {
    await touchThread(tx, threadId, at)
    await changed(tx, access, threadId)
    if (mentions.length > 0)
      await recordComment(tx, principal, access, { threadId, commentId, mentions, isFirst, at })
  }
  return commentOf(tx, commentId)
}

/**
 * Removes a comment. With replies behind it, its place stays (*removed by …*); the only one of a thread takes
 * the thread with it.
 *
 * @param tx a transaction that holds the document.
 */
export async function removeComment(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { commentId: string; now: number },
): Promise<undefined> {
  const facts = await ownComment(tx, principal, input.commentId)
  if (facts.unsent) {
    await eraseComment(tx, input.commentId)
    await eraseLeftover(tx, [facts.thread_id])
    return undefined
  }
  const at = new Date(input.now)
  if (facts.followed) await blankComment(tx, input.commentId, at)
  else if (facts.first) await eraseThread(tx, facts.thread_id)
  else await eraseComment(tx, input.commentId)
  await touchThread(tx, facts.thread_id, at)
  await changed(tx, access, facts.thread_id)
  return undefined
}

/**
 * Attaches a thread somewhere else. Its author may, and whoever may resolve it; a blocking one its author alone: an
 * approval may depend on it, and covers the section that it stands in once it is met.
 *
 * @param tx a transaction that holds the document.
 */
export async function reattach(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: Attachment & { threadId: string; now: number },
): Promise<ThreadAnswer> {
  const row = await heldThread(tx, principal, access, input.threadId)
  const isOwn = row.author.id === principal.personId
  if (!isOwn && !access.abilities.has('resolve')) {
    throw new PublicError('forbidden', { sentence: 'Its author or an editor attaches a thread elsewhere.' })
  }
  if (!isOwn && row.kind === 'blocking') {
    throw new PublicError('forbidden', {
      sentence: 'Only its author attaches a blocking thread elsewhere: an approval may depend on it.',
    })
  }
  const located = await locate(tx, access.documentId)
  await writePlace(tx, row.id, { ...attachTo(located, input), at: new Date(input.now) })
  if (row.unsent_in === null) await changed(tx, access, row.id)
  return presentThread(await threadOf(tx, principal, access, row.id), located)
}

async function ownComment(tx: Queryable, principal: Principal, commentId: string) {
  await holdThreadOfComment(tx, commentId)
  const facts = await readCommentFacts(tx, principal.personId, commentId)
  if (!facts || facts.removed) throw gone()
  if (facts.author_id === principal.personId) return facts
  throw new PublicError('forbidden', { sentence: 'Nobody changes another person’s words. Reply instead.' })
}

async function commentOf(tx: Queryable, commentId: string): Promise<CommentAnswer> {
  const comment = await readComment(tx, commentId)
  if (!comment) throw gone()
  return comment
}

const recordComment = (
  tx: Queryable,
  principal: Principal,
  { documentId }: Access,
  { at, ...said }: { threadId: string; commentId: string; mentions: PersonId[]; isFirst: boolean; at: Date },
): Promise<void> =>
  record(tx, {
    documentId,
    actorId: principal.personId,
    at,
    what: { type: 'comment.added', ...said },
  })

const gone = () => new PublicError('not_found', { sentence: 'This comment is not there any more.' })
