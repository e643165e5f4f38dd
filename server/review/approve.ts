import type { ReviewAnswer } from '../../lib/api-review'
import { PublicError } from '../../lib/errors'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { freezeVersion } from '../version/freeze'
import { keepAsSuggestions } from './later-edits'
import { moveTo } from './move'
import { getReview } from './present'
import { readRecord, type VersionName } from './record'
import { assess, decide, newestBasis } from './standing'
import { headText } from './text'

/**
 * Approves a version that nothing is missing for. Where somebody has typed on since, that text comes back, and what
 * they typed is kept as suggestions; the text that is locked is the one that was approved, to the letter.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `transition` outside of a review, `not_approvable` for any other version.
 */
export async function approveVersion(
  tx: Queryable,
  principal: Principal,
  access: Access,
  { versionId, now }: { versionId: string; now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const { personId } = principal
  const record = await readRecord(tx, documentId)
  if (record.status !== 'in_review') throw new PublicError('transition')
  const head = await headText(tx, documentId)
  const decision = await decide(tx, record, await assess(tx, record, head))
  const approvable: VersionName | null =
    decision.kind === 'ready' ? decision.version : decision.kind === 'approved' ? newestBasis(record) : null
  if (approvable?.id !== versionId) throw new PublicError('not_approvable')
  if (decision.kind === 'ready' && head.hash !== approvable.hash) {
    await keepAsSuggestions(tx, principal, access, { version: approvable, now })
  }
  const version = await freezeVersion(tx, { documentId, reason: 'status', by: personId, now })
  if (decision.kind === 'ready' && version.hash !== approvable.hash) {
    throw new Error('The approved text did not come back as it was.')
  }
  const at = new Date(now)
  // The record names the version that was judged, not the copy of it on top of what was typed since.
  const approved = decision.kind === 'ready' ? approvable.id : version.id
  await moveTo(tx, { documentId, from: 'in_review', to: 'approved', personId, at, versionId: approved })
  return getReview(tx, principal, access)
}
