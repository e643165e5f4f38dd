import type { ReviewAnswer } from '../../lib/api-review'
import { sizeOfSuggestion } from '../../lib/content/suggestion/correction'
import { PublicError } from '../../lib/errors'
import { type CorrectionRefusal, correctionRefusal, correctionSentences } from '../../lib/review'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit } from '../live/outbox'
import { heldThread } from '../thread/read'
import { acceptSuggestion } from '../thread/suggestion-accept'
import { freezeVersion } from '../version/freeze'
import { getReview } from './present'
import { readRecord } from './record'
import { assess } from './standing'
import { readLastApproval } from './status-store'
import { headText } from './text'
import { writeBasis } from './verdict-store'

const codes: Record<CorrectionRefusal, 'conflict' | 'not_asked' | 'not_yours' | 'invalid'> = {
  not_approved: 'conflict',
  not_an_approver: 'not_asked',
  own: 'not_yours',
  no_suggestion: 'invalid',
  not_small: 'invalid',
}

/**
 * One who approved a text confirms a small suggestion of somebody else: it goes into the text, which stays approved.
 * The log has both hashes, and what others approved is the corrected text from now on.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `conflict`, `not_asked`, `not_yours`, `invalid`, and what accepting a suggestion throws.
 */
export async function correct(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { threadId: string; now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const { personId } = principal
  const { threadId, now } = input
  const record = await readRecord(tx, documentId)
  const { stands } = await assess(tx, record, await headText(tx, documentId))
  const standing = stands.filter((one) => one.standing === 'approved')
  const approval = await readLastApproval(tx, documentId)
  const isApprover = standing.some(({ reviewer }) => reviewer.person.id === personId)
  const early = correctionRefusal({ status: record.status, isApprover, suggestion: 'unknown' })
  if (early || !approval) throw refused(early ?? 'not_approved')
  const thread = await heldThread(tx, principal, access, threadId)
  const proposal = thread.suggestion?.proposal
  const suggestion = proposal ? { isOwn: thread.author.id === personId, ...sizeOfSuggestion(proposal) } : null
  const refusal = correctionRefusal({ status: record.status, isApprover, suggestion })
  if (refusal) throw refused(refusal)
  await acceptSuggestion(tx, principal, access, { threadId, now, onLockedText: true })
  const version = await freezeVersion(tx, { documentId, reason: 'status', by: personId, now })
  for (const { verdict } of standing) if (verdict) await writeBasis(tx, verdict.id, version.id)
  await tx.query(
    `insert into document_status_move (document_id, from_status, to_status, person_id, at, version_id,
       corrected_version_id) values ($1, $2, $2, $3, $4, $5, $6)`,
    [documentId, record.status, personId, new Date(now), version.id, approval.version.id],
  )
  await emit(tx, { type: 'review.changed', documentId })
  return getReview(tx, principal, access)
}

const refused = (refusal: CorrectionRefusal) =>
  new PublicError(codes[refusal], { sentence: correctionSentences[refusal] })
