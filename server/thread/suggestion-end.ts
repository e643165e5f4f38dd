import { randomUUID } from 'node:crypto'
import type { ThreadAnswer } from '../../lib/api-thread'
import { fragmentName } from '../../lib/content/shape'
import { applySuggestion } from '../../lib/content/suggestion/suggestion'
import { writeBody } from '../../lib/content/write-body'
import { PublicError } from '../../lib/errors'
import { declineRefusal, mostAtOnce } from '../../lib/suggestion'
import { commentLimits } from '../../lib/thread'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { appendChange } from '../document/append'
import { record } from '../live/outbox'
import { checkedComment } from './checked'
import { locate } from './located'
import { presentThread } from './present'
import { heldThread, threadOf } from './read'
import { type ThreadRow, writeOutcome } from './store'
import { openSuggestionsOf, readInverse, writeAcceptance } from './suggestion-store'
import { changed } from './talk'

/**
 * Declines a suggestion with a reason; its author takes it back without one.
 *
 * @param tx a transaction that holds the document.
 * @throws PublicError `conflict`, `not_resolver`, `invalid` (a reason is missing, or it is no suggestion).
 */
export async function declineSuggestion(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { threadId: string; reason?: string | undefined; now: number },
): Promise<ThreadAnswer> {
  const row = await heldThread(tx, principal, access, input.threadId)
  const reason = input.reason?.trim() ? checkedComment(input.reason, commentLimits.reason) : null
  await decline(tx, principal, access, { row, reason, at: new Date(input.now) })
  return presentThread(await threadOf(tx, principal, access, row.id), await locate(tx, access.documentId))
}

/**
 * Declines all open suggestions of one person, all with the one reason.
 *
 * @param tx a transaction that holds the document.
 */
export async function declineSuggestions(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { authorId: string; reason?: string | undefined; now: number },
): Promise<{ declined: string[] }> {
  const reason = input.reason?.trim() ? checkedComment(input.reason, commentLimits.reason) : null
  const { documentId } = access
  const ids = await openSuggestionsOf(tx, { documentId, authorId: input.authorId, most: mostAtOnce })
  for (const id of ids) {
    const row = await heldThread(tx, principal, access, id)
    // Somebody was quicker with this one.
    if (row.outcome === null) await decline(tx, principal, access, { row, reason, at: new Date(input.now) })
  }
  return { declined: ids }
}

async function decline(
  tx: Queryable,
  principal: Principal,
  access: Access,
  given: { row: ThreadRow; reason: string | null; at: Date },
): Promise<void> {
  const { row, reason, at } = given
  if (!row.suggestion) throw new PublicError('invalid', { sentence: 'This thread proposes no change.' })
  if (row.unsent_in !== null) {
    throw new PublicError('conflict', {
      sentence: 'This suggestion is not sent yet. Submit your review first, or delete it.',
    })
  }
  const { accepted } = row.suggestion
  const refusal = declineRefusal(
    { authorId: row.author.id, ended: row.outcome !== null, accepted },
    { personId: principal.personId, abilities: access.abilities },
    reason,
  )
  switch (refusal) {
    case 'ended':
      throw new PublicError('conflict', {
        sentence: `${row.resolver?.name ?? 'Somebody'} has ${accepted ? 'accepted' : 'declined'} this suggestion already.`,
      })
    case 'not_yours':
      throw new PublicError('not_resolver', {
        sentence: 'You may take back your own suggestions. Editors decline those of others.',
      })
    case 'reason_missing':
      throw new PublicError('invalid', { sentence: 'Say why you decline it: its author is told.' })
    case null:
  }
  const { documentId } = access
  await writeOutcome(tx, row.id, { outcome: 'wont_fix', reason, movedTo: null, by: principal.personId }, at)
  await changed(tx, access, row.id)
  const how = row.author.id === principal.personId ? {} : ({ how: 'declined' } as const)
  const why = reason === null ? {} : { reason }
  const what = { type: 'thread.resolved', threadId: row.id, outcome: 'wont_fix', ...how, ...why } as const
  await record(tx, { documentId, actorId: principal.personId, at, what })
}

/**
 * Puts the old text back where an accepted suggestion is opened again, as long as the accepted one still stands.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `forbidden`; `suggestion_stale` where somebody has written in it since.
 */
export async function takeBackAccepted(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { threadId: string; now: number },
): Promise<void> {
  if (!access.abilities.has('write')) {
    throw new PublicError('forbidden', {
      sentence:
        'This suggestion is in the text. Only editors take it out again, while the text may be written.',
    })
  }
  const { documentId } = access
  const inverse = await readInverse(tx, input.threadId)
  const { place } = await locate(tx, documentId)
  const doc = inverse ? applySuggestion(place, inverse.anchor, inverse.suggestion, randomUUID) : 'stale'
  if (typeof doc === 'string') {
    throw new PublicError('suggestion_stale', {
      sentence:
        'What was accepted has been changed since, so it cannot be taken back. Change the text instead.',
    })
  }
  await appendChange(tx, {
    documentId,
    personId: principal.personId,
    change: (shared) => void writeBody(shared.getXmlFragment(fragmentName), doc),
    now: input.now,
  })
  await writeAcceptance(tx, input.threadId, null)
}
