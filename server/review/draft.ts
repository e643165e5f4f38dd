import { randomUUID } from 'node:crypto'
import type { ReviewDraftAnswer } from '../../lib/api-review'
import { PublicError } from '../../lib/errors'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import { discardUnsent } from '../thread/unsent'
import { freezeVersion } from '../version/freeze'
import { insertDraft, readDrafts, removeDraft, writePin } from './draft-store'
import { draftOf, presentDraft } from './present'
import { isAsked } from './reviewer-store'
import { headText } from './text'

/**
 * Starts the caller's review, pinned to the text as it is saved. Whoever is writing one already goes on with that.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `not_asked`.
 */
export async function startReview(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { now }: { now: number },
): Promise<ReviewDraftAnswer> {
  const { documentId } = access
  const { personId } = principal
  if (draftOf(await readDrafts(tx, documentId), personId) === null) {
    if (!(await isAsked(tx, documentId, personId))) throw new PublicError('not_asked')
    const version = await freezeVersion(tx, { documentId, reason: 'review', by: personId, now })
    await insertDraft(tx, {
      id: randomUUID(),
      documentId,
      personId,
      versionId: version.id,
      at: new Date(now),
    })
    await emit(tx, { type: 'review.changed', documentId })
  }
  return present(tx, principal, access)
}

/**
 * The review that the caller is writing is about the text as it is saved now.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `conflict` when the caller is writing none.
 */
export async function repinReview(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { now }: { now: number },
): Promise<ReviewDraftAnswer> {
  const { documentId } = access
  const { personId } = principal
  const draft = draftOf(await readDrafts(tx, documentId), personId)
  if (!draft) throw new PublicError('conflict', { sentence: notWriting })
  const version = await freezeVersion(tx, { documentId, reason: 'review', by: personId, now })
  await writePin(tx, draft.id, version.id)
  await emit(tx, { type: 'review.changed', documentId })
  return present(tx, principal, access)
}

/**
 * Gives up the review that the caller is writing, with what was gathered in it. Where there is none, nothing happens.
 *
 * @param tx a transaction that holds the document alone.
 */
export async function discardReview(tx: Queryable, principal: Principal, access: Access): Promise<undefined> {
  const { documentId } = access
  const draft = draftOf(await readDrafts(tx, documentId), principal.personId)
  if (!draft) return undefined
  await discardUnsent(tx, { draftId: draft.id })
  await removeDraft(tx, draft.id)
  await emit(tx, { type: 'review.changed', documentId })
  return undefined
}

const notWriting = 'You are not writing a review of this document. Start one first.'

async function present(tx: Queryable, principal: Principal, { documentId }: Access) {
  const draft = draftOf(await readDrafts(tx, documentId), principal.personId)
  if (!draft) throw new PublicError('conflict', { sentence: notWriting })
  return presentDraft(tx, draft, await headText(tx, documentId))
}
