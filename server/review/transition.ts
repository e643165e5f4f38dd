import type { ReviewAnswer } from '../../lib/api-review'
import type { Status } from '../../lib/document'
import { PublicError } from '../../lib/errors'
import { parseDocumentId } from '../../lib/id'
import { type MoveRefusal, moveRefusal } from '../../lib/review'
import { type Access, resolveAccess } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { freezeVersion } from '../version/freeze'
import { askAll } from './asking'
import { moveTo } from './move'
import { getReview } from './present'
import { type ReviewRecord, readRecord } from './record'
import { said } from './said'
import { assess, decide } from './standing'
import { headText } from './text'

const refusals: Record<MoveRefusal, { code: 'transition' | 'invalid'; sentence?: string }> = {
  transition: { code: 'transition' },
  no_reviewer: { code: 'invalid', sentence: 'Ask at least one person to review it first.' },
  reason_missing: { code: 'invalid', sentence: 'Say why: the reason stands in the log of the status.' },
  successor_missing: { code: 'invalid', sentence: 'Say which document takes its place.' },
  link_missing: { code: 'invalid', sentence: 'Link what was built, or say why there is nothing to link.' },
}

export interface MoveInput {
  readonly to: Status
  readonly reason?: string | undefined
  readonly successorId?: string | undefined
  readonly link?: string | undefined
  readonly noLinkBecause?: string | undefined
  readonly now: number
}

/**
 * Moves the status of a document along an arrow of the table.
 *
 * @param tx a transaction that holds the document alone: of two moves at the same moment the second starts from
 *   where the first led.
 * @throws PublicError `transition`, `not_approvable`, `invalid`, `not_found` for a successor that one may not read.
 */
export async function moveStatus(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: MoveInput,
): Promise<ReviewAnswer> {
  const { documentId } = access
  const { to, now } = input
  const record = await readRecord(tx, documentId)
  const given = {
    reason: said(input.reason),
    successorId: input.successorId ?? null,
    link: checkedLink(input.link),
    noLinkBecause: said(input.noLinkBecause),
  }
  const asked = record.reviewers.filter(({ state }) => state === 'asked').length
  const refusal = moveRefusal(record.status, to, given, asked)
  if (refusal) {
    const { code, sentence } = refusals[refusal]
    throw new PublicError(code, sentence === undefined ? {} : { sentence })
  }
  if (to === 'approved') await refuseUnapproved(tx, record)
  const successorId =
    to === 'superseded' ? await checkedSuccessor(tx, principal, access, given.successorId ?? '') : null
  const { personId } = principal
  const reason = to === 'in_review' ? 'review' : 'status'
  const version = await freezeVersion(tx, { documentId, reason, by: personId, now })
  await moveTo(tx, {
    ...given,
    documentId,
    from: record.status,
    to,
    personId,
    at: new Date(now),
    versionId: version.id,
    successorId,
    link: to === 'implemented' ? given.link : null,
    noLinkBecause: to === 'implemented' && given.link === null ? given.noLinkBecause : null,
  })
  if (record.status === 'draft' && to === 'in_review') {
    await askAll(tx, { documentId, actorId: personId, versionId: version.id, at: new Date(now) })
  }
  return getReview(tx, principal, access)
}

/** @throws PublicError `not_approvable` unless nothing is missing for the text as it is now. */
async function refuseUnapproved(tx: Queryable, record: ReviewRecord): Promise<void> {
  const head = await assess(tx, record, await headText(tx, record.documentId))
  const decision = await decide(tx, record, head)
  if (decision.kind === 'approved') return
  if (decision.kind === 'missing') throw new PublicError('not_approvable')
  throw new PublicError('not_approvable', {
    sentence: `Somebody has typed on since version ${decision.version.number} was approved. Approve that version, or ask again.`,
  })
}

/** An address with http or https; null: none. */
function checkedLink(text: string | undefined): string | null {
  const link = text?.trim()
  if (!link) return null
  if (/^https?:\/\/[^\s]+$/i.test(link) && URL.canParse(link)) return link
  throw new PublicError('invalid', { sentence: 'A link begins with https:// or http://.' })
}

/** Taken by whoever supersedes: two documents that each take the other's place at once would make a circle. */
const supersedeLock = 740_013

/**
 * A document that can take this one's place: another one that the caller may read, not put away, and not one that
 * leads back here.
 */
async function checkedSuccessor(
  tx: Queryable,
  principal: Principal,
  access: Access,
  text: string,
): Promise<string> {
  const id = parseDocumentId(text)
  if (id === access.documentId) {
    throw new PublicError('invalid', { sentence: 'A document does not take its own place. Choose another.' })
  }
  await tx.query('select pg_advisory_xact_lock($1)', [supersedeLock])
  const theirs = id && (await resolveAccess(tx, principal, id))
  if (!id || !theirs) {
    throw new PublicError('not_found', {
      sentence: 'There is no such document, or it is not shared with you. Choose another.',
    })
  }
  if (theirs.phase === 'binned') {
    throw new PublicError('conflict', { sentence: 'That document is in the bin. Restore it first.' })
  }
  const { rows } = await tx.query<{ leads: boolean }>(
    `with recursive chain as (
       select $1::uuid as id
       union
       select m.successor_id from document_status_move m join chain on chain.id = m.document_id
        where m.successor_id is not null
     ) select exists (select 1 from chain where id = $2) as leads`,
    [id, access.documentId],
  )
  if (rows[0]?.leads) {
    throw new PublicError('conflict', {
      sentence: 'That document was superseded by this one. Choose one that is not.',
    })
  }
  return id
}
