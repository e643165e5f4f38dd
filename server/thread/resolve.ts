import type { ThreadAnswer } from '../../lib/api-thread'
import { PublicError } from '../../lib/errors'
import {
  commentLimits,
  derivedOutcome,
  kindRefusal,
  type Outcome,
  type ResolveRefusal,
  resolveRefusal,
  type StartableKind,
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
import { changed, type MayBlock, mayNotBlock } from './talk'

const sentences: Record<ResolveRefusal, string> = {
  not_yours: 'You may resolve your own threads. Ask an editor to resolve this one.',
  blocking: 'A blocking thread is resolved by its author, or overruled by the owner of the document.',
  reason_missing: 'Say why: whoever raised this had to have an answer.',
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
  input: {
    threadId: string
    outcome?: Outcome | undefined
    reason?: string | undefined
    movedTo?: string | undefined
    now: number
  },
): Promise<ThreadAnswer> {
  const row = await heldThread(tx, principal, access, input.threadId)
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
  const reason = input.reason?.trim() ? checkedComment(input.reason, commentLimits.reason) : null
  const outcome = input.outcome ?? derivedOutcome({ kind: row.kind, ...whatHappened(row, located) })
  const refusal = resolveRefusal(
    { kind: row.kind, authorId: row.author.id },
    { personId: principal.personId, abilities: access.abilities },
    { outcome, reason },
  )
  if (refusal) {
    throw new PublicError(refusal === 'reason_missing' ? 'invalid' : 'not_resolver', {
      sentence: sentences[refusal],
    })
  }
  const movedTo = outcome === 'moved' ? movedToSection(located, input.movedTo) : null
  const at = new Date(input.now)
  await writeOutcome(tx, row.id, { outcome, reason, movedTo, by: principal.personId }, at)
  await changed(tx, access, row.id)
  const { documentId } = access
  const what = { type: 'thread.resolved', threadId: row.id, outcome } as const
  await record(tx, { documentId, actorId: principal.personId, at, what })
  return presentThread(await threadOf(tx, principal, access, row.id), located)
}

/**
 * Opens a resolved thread again: whoever may comment may say that it is not settled.
 *
 * @param tx a transaction that holds the document.
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
  const at = new Date(input.now)
  await writeOutcome(tx, row.id, null, at)
  await changed(tx, access, row.id)
  const { documentId } = access
  const what = { type: 'thread.reopened', threadId: row.id } as const
  await record(tx, { documentId, actorId: principal.personId, at, what })
  return presentThread(await threadOf(tx, principal, access, row.id), await locate(tx, access.documentId))
}

/** @param tx a transaction that holds the document. */
export async function changeKind(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: MayBlock & { threadId: string; kind: StartableKind; now: number },
): Promise<ThreadAnswer> {
  const row = await heldThread(tx, principal, access, input.threadId)
  const { personId } = principal
  const by = { personId, abilities: access.abilities, mayBlock: input.mayBlock ?? false }
  const refusal = kindRefusal({ kind: row.kind, authorId: row.author.id }, by, input.kind)
  if (refusal === 'blocking') throw new PublicError('forbidden', mayNotBlock)
  if (refusal === 'not_yours') {
    throw new PublicError('forbidden', {
      sentence: 'Its author changes the kind of a thread; the owner may make a concern blocking.',
    })
  }
  await writeKind(tx, row.id, input.kind, new Date(input.now))
  if (row.unsent_in === null) await changed(tx, access, row.id)
  return presentThread(await threadOf(tx, principal, access, row.id), await locate(tx, access.documentId))
}

function whatHappened(row: ThreadRow, located: Located): { changed: boolean; answered: boolean } {
  const words = row.anchor && located.find(row.anchor)
  return {
    changed: row.anchor !== null && (words === null || !words?.text.startsWith(row.quote)),
    answered: row.comments.some((comment) => comment.author.id !== row.author.id),
  }
}

function movedToSection(located: Located, sectionId: string | undefined): string {
  if (sectionId !== undefined && located.titleOf(sectionId) !== null) return sectionId
  throw new PublicError('invalid', {
    sentence: 'Say to which section of this document it moves (`movedTo`).',
  })
}
