import type { ThreadAnswer } from '../../lib/api-thread'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import {
  commentLimits,
  derivedOutcome,
  kindRefusal,
  type Outcome,
  type ResolveRefusal,
  resolveRefusal,
  type StartableKind,
  wasOverruled,
} from '../../lib/thread'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { record } from '../live/outbox'
import { checkedComment } from './checked'
import { type Located, locate } from './located'
import { presentThread } from './present'
import { heldThread, threadOf } from './read'
import { type ThreadRow, writeKind, writeOutcome } from './store'
import { takeBackAccepted } from './suggestion-end'
import { changed, type MayBlock, mayNotBlock } from './talk'

const sentences: Record<ResolveRefusal, string> = {
  not_yours: 'You may resolve your own threads. Ask an editor to resolve this one.',
  blocking: 'A blocking thread is resolved by its author, or overruled by the owner of the document.',
  reason_missing: 'Say why: whoever raised this had to have an answer.',
}

/** How somebody wants a thread to have ended. */
interface Ending {
  readonly outcome?: Outcome | undefined
  readonly reason?: string | undefined
  readonly movedTo?: string | undefined
}

/**
 * Ends a thread, once: of two who do it at the same moment the second is told who was quicker.
 *
 * @param tx a transaction that holds the document.
 * @throws PublicError `not_resolver`, `invalid` (a reason is missing), `conflict` (it is resolved already, or not sent
 *   yet).
 */
export async function resolveThread(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: Ending & { threadId: string; now: number },
): Promise<ThreadAnswer> {
  const row = await heldThread(tx, principal, access, input.threadId)
  if (row.suggestion) throw new PublicError('invalid', { sentence: 'A suggestion is accepted or declined.' })
  if (row.unsent_in !== null) {
    throw new PublicError('conflict', {
      sentence: 'This thread is not sent yet. Submit your review first, or delete the thread.',
    })
  }
  if (row.outcome !== null) {
    throw new PublicError('conflict', {
      sentence: `${row.resolver?.name ?? 'Somebody'} has resolved this thread already. Reopen it to say more.`,
    })
  }
  const located = await locate(tx, access.documentId)
  const end = endOf(row, located, principal, access, input)
  const at = new Date(input.now)
  await writeOutcome(tx, row.id, end, at)
  await changed(tx, access, row.id)
  const { documentId } = access
  const resolvedBy = { id: principal.personId }
  const how = wasOverruled({ ...row, resolvedBy })
    ? ({ how: 'overruled', ...(end.reason === null ? {} : { reason: end.reason }) } as const)
    : {}
  const what = { type: 'thread.resolved', threadId: row.id, outcome: end.outcome, ...how } as const
  await record(tx, { documentId, actorId: principal.personId, at, what })
  return presentThread(await threadOf(tx, principal, access, row.id), located)
}

/**
 * Opens a resolved thread again: whoever may comment may say that it is not settled. An accepted suggestion leaves
 * the text again.
 *
 * @param tx a transaction that holds the document alone.
 */
export async function reopenThread(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { threadId: string; now: number },
): Promise<ThreadAnswer> {
  const row = await heldThread(tx, principal, access, input.threadId)
  if (row.outcome === null) {
    throw new PublicError('conflict', { sentence: 'This thread is open already.' })
  }
  if (row.suggestion?.accepted)
    await takeBackAccepted(tx, principal, access, { threadId: row.id, now: input.now })
  const at = new Date(input.now)
  await writeOutcome(tx, row.id, null, at)
  await changed(tx, access, row.id)
  const { documentId } = access
  const what = { type: 'thread.reopened', threadId: row.id } as const
  await record(tx, { documentId, actorId: principal.personId, at, what })
  return presentThread(await threadOf(tx, principal, access, row.id), await locate(tx, access.documentId))
}

/**
 * Changes an open thread's kind, or a resolved one's outcome: whoever might have resolved it so, says how it ended.
 *
 * @param tx a transaction that holds the document.
 * @throws PublicError `forbidden` or `not_resolver`; `conflict` when it is resolved, or is not; `invalid`.
 */
export async function changeThread(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: MayBlock & Ending & { threadId: string; kind?: StartableKind | undefined; now: number },
): Promise<ThreadAnswer> {
  const row = await heldThread(tx, principal, access, input.threadId)
  const located = await locate(tx, access.documentId)
  const at = new Date(input.now)
  if ((input.kind === undefined) === (input.outcome === undefined)) {
    throw new PublicError('invalid', { sentence: 'Say either another kind or another outcome.' })
  }
  if (row.kind === 'suggestion') {
    throw new PublicError('conflict', { sentence: 'A suggestion stays one: accept it or decline it.' })
  }
  if (input.kind !== undefined) {
    checkKind(row, principal, access, { kind: input.kind, mayBlock: input.mayBlock })
    await writeKind(tx, row.id, input.kind, at)
  } else {
    if (row.outcome === null) {
      throw new PublicError('conflict', { sentence: 'This thread is open. Resolve it to say how it ended.' })
    }
    await writeOutcome(tx, row.id, endOf(row, located, principal, access, input), at)
  }
  if (row.unsent_in === null) await changed(tx, access, row.id)
  return presentThread(await threadOf(tx, principal, access, row.id), located)
}

function checkKind(
  row: ThreadRow,
  { personId }: Principal,
  { abilities }: Access,
  { kind, mayBlock = false }: MayBlock & { kind: StartableKind },
): void {
  if (row.outcome !== null) {
    throw new PublicError('conflict', { sentence: 'This thread is resolved. Reopen it to change its kind.' })
  }
  const by = { personId, abilities, mayBlock }
  const refusal = kindRefusal({ kind: row.kind, authorId: row.author.id }, by, kind)
  if (refusal === 'blocking') throw new PublicError('forbidden', mayNotBlock)
  if (refusal === 'not_yours') {
    throw new PublicError('forbidden', {
      sentence: 'Its author changes the kind of a thread; the owner may make a concern blocking.',
    })
  }
}

/** How a thread ends by somebody's word, if they may say so. */
function endOf(
  row: ThreadRow,
  located: Located,
  { personId }: Principal,
  { abilities }: Access,
  given: Ending,
): { outcome: Outcome; reason: string | null; movedTo: string | null; by: PersonId } {
  const reason = given.reason?.trim() ? checkedComment(given.reason, commentLimits.reason) : null
  const happened = whatHappened(row, located)
  const outcome = given.outcome ?? derivedOutcome({ kind: row.kind, ...happened })
  const facts = { kind: row.kind, authorId: row.author.id, answered: happened.answered }
  const refusal = resolveRefusal(facts, { personId, abilities }, { outcome, reason })
  if (refusal) {
    throw new PublicError(refusal === 'reason_missing' ? 'invalid' : 'not_resolver', {
      sentence: sentences[refusal],
    })
  }
  const movedTo = outcome === 'moved' ? movedToSection(located, given.movedTo) : null
  return { outcome, reason, movedTo, by: personId }
}

function whatHappened(row: ThreadRow, located: Located): { changed: boolean; answered: boolean } {
  const words = row.anchor && located.find(row.anchor)
  return {
    changed: row.anchor !== null && (words === null || !words?.text.startsWith(row.quote)),
    answered: row.comments.some(({ author, unsent }) => author.id !== row.author.id && !unsent),
  }
}

function movedToSection(located: Located, sectionId: string | undefined): string {
  if (sectionId !== undefined && located.titleOf(sectionId) !== null) return sectionId
  throw new PublicError('invalid', {
    sentence: 'Say to which section of this document it moves (`movedTo`).',
  })
}
