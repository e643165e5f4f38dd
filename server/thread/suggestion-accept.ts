import { randomUUID } from 'node:crypto'
import type { ThreadAnswer } from '../../lib/api-thread'
import { placeOf } from '../../lib/content/anchor/anchor'
import { fragmentName } from '../../lib/content/shape'
import { applySuggestions } from '../../lib/content/suggestion/suggestion'
import { inverseOf } from '../../lib/content/suggestion/suggestion-make'
import { writeBody } from '../../lib/content/write-body'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import { mostAtOnce } from '../../lib/suggestion'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { appendChange } from '../document/append'
import { record } from '../live/outbox'
import { locate } from './located'
import { presentThread } from './present'
import { heldThread, threadOf } from './read'
import { type ThreadRow, writeOutcome } from './store'
import { openSuggestionsOf, writeAcceptance } from './suggestion-store'
import { changed } from './talk'

/**
 * Puts a suggestion into the text, as a change by whoever proposed it that the caller brings in.
 *
 * @param tx a transaction that holds the document alone.
 * @param input.onLockedText the text is approved, and the caller has judged that it may be corrected. Default false.
 * @throws PublicError `forbidden`; `conflict` when it has ended or is not sent yet; `suggestion_stale`; `schema`.
 */
export async function acceptSuggestion(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { threadId: string; now: number; onLockedText?: boolean },
): Promise<ThreadAnswer> {
  if (!input.onLockedText && !access.abilities.has('write')) throw new PublicError('forbidden')
  const row = await heldThread(tx, principal, access, input.threadId)
  refuseUnlessOpen(row)
  const { stale, unfit } = await accept(tx, principal, access, { rows: [row], now: input.now })
  if (stale.length > 0) throw new PublicError('suggestion_stale')
  if (unfit.length > 0) throw new PublicError('schema')
  return presentThread(await threadOf(tx, principal, access, row.id), await locate(tx, access.documentId))
}

/**
 * Puts all open suggestions of one person into the text, as one change. What does not apply any more stays open.
 *
 * @param tx a transaction that holds the document alone.
 */
export async function acceptSuggestions(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { authorId: string; now: number },
): Promise<{ accepted: string[]; stale: string[] }> {
  const { documentId } = access
  const ids = await openSuggestionsOf(tx, { documentId, authorId: input.authorId, most: mostAtOnce })
  const rows: ThreadRow[] = []
  for (const id of ids) rows.push(await heldThread(tx, principal, access, id))
  if (rows.length === 0) return { accepted: [], stale: [] }
  const { accepted, stale, unfit } = await accept(tx, principal, access, { rows, now: input.now })
  return { accepted, stale: [...stale, ...unfit] }
}

function refuseUnlessOpen(row: ThreadRow): void {
  if (!row.suggestion) throw new PublicError('invalid', { sentence: 'This thread proposes no change.' })
  if (row.unsent_in !== null) {
    throw new PublicError('conflict', {
      sentence: 'This suggestion is not sent yet. Submit your review first, or delete it.',
    })
  }
  if (row.outcome !== null) {
    throw new PublicError('conflict', {
      sentence: `${row.resolver?.name ?? 'Somebody'} has ${row.suggestion.accepted ? 'accepted' : 'declined'} this suggestion already.`,
    })
  }
}

/** @param given.rows open suggestions of one person. */
async function accept(
  tx: Queryable,
  principal: Principal,
  access: Access,
  given: { rows: readonly ThreadRow[]; now: number },
): Promise<{ accepted: string[]; stale: readonly string[]; unfit: readonly string[] }> {
  const { documentId } = access
  const at = new Date(given.now)
  const wanted = given.rows.flatMap(({ id, anchor, suggestion }) =>
    suggestion ? [{ id, anchor, suggestion: suggestion.proposal }] : [],
  )
  const located = await locate(tx, documentId)
  const { doc, applied, stale, unfit } = applySuggestions(located.place, wanted, randomUUID)
  if (applied.length === 0) return { accepted: [], stale, unfit }
  const { doc: body } = await appendChange(tx, {
    documentId,
    ...creditOf(given.rows[0]?.author.id, principal),
    change: (shared) => void writeBody(shared.getXmlFragment(fragmentName), doc),
    now: given.now,
  })
  const after = placeOf(body.getXmlFragment(fragmentName))
  for (const { id, range } of applied) {
    const proposal = wanted.find((one) => one.id === id)?.suggestion
    await writeAcceptance(tx, id, {
      by: principal.personId,
      inverse: proposal ? inverseOf(after, range, proposal) : null,
    })
    await writeOutcome(tx, id, { outcome: 'fixed', reason: null, movedTo: null, by: principal.personId }, at)
    await changed(tx, access, id)
    const what = { type: 'thread.resolved', threadId: id, outcome: 'fixed', how: 'accepted' } as const
    await record(tx, { documentId, actorId: principal.personId, at, what })
  }
  return { accepted: applied.map(({ id }) => id), stale, unfit }
}

/** Whose text it is, and who brought it in. */
function creditOf(
  authorId: string | undefined,
  principal: Principal,
): { personId: PersonId; relayedBy: PersonId | null } {
  const personId = (authorId ?? principal.personId) as PersonId
  return { personId, relayedBy: personId === principal.personId ? null : principal.personId }
}
