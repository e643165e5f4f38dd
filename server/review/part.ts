import { abilitiesOf } from '../../lib/access'
import type { ReviewAnswer } from '../../lib/api-review'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import type { Access } from '../access/resolve'
import { readCandidate, readEffectiveRole } from '../access/store'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit, record as writeDown } from '../live/outbox'
import type { ReviewRules } from './asking'
import { getReview } from './present'
import { isAuthor, type ReviewerRow, type ReviewRecord, readRecord } from './record'
import { writeAsked, writeReviewerState } from './reviewer-store'
import { said, saidReason } from './said'
import { settling } from './settle'

/**
 * The owner waits no longer for a reviewer; what they said stays on record, with the reason.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `not_found`, `invalid` without a reason, `conflict` when nobody waits for them.
 */
export async function releaseReviewer(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { personId: string; reason: string; now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const reason = saidReason(input.reason)
  const { person } = awaited(await readRecord(tx, documentId), input.personId)
  const personId = person.id as PersonId
  const release = { documentId, personId, state: 'released', reason, passedTo: null } as const
  await settling(tx, { documentId, now: input.now }, () => writeReviewerState(tx, release))
  return over(tx, principal, access, { type: 'reviewer.released', personId, reason }, input.now)
}

/**
 * A reviewer reviews this no longer.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `not_yours` for somebody else's part, `not_asked`.
 */
export async function stepAside(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { personId: string; reason?: string | undefined; now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const { personId } = principal
  const reason = said(input.reason)
  ownPart(await readRecord(tx, documentId), principal, input.personId)
  const part = { documentId, personId, state: 'stepped_aside', reason, passedTo: null } as const
  await settling(tx, { documentId, now: input.now }, () => writeReviewerState(tx, part))
  return over(tx, principal, access, { type: 'reviewer.stepped_aside', personId, reason }, input.now)
}

/**
 * A reviewer gives their part to somebody who may comment here: what was asked of the one is asked of the other.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `not_yours`, `not_asked`, `not_found`, `forbidden` for somebody who may not comment,
 *   `own_document`, `conflict` for somebody who is asked already.
 */
export async function handOver(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: ReviewRules & { personId: string; toPersonId: string; reason?: string | undefined; now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const { personId } = principal
  const reason = said(input.reason)
  const record = await readRecord(tx, documentId)
  const mine = ownPart(record, principal, input.personId)
  const toPersonId = input.toPersonId as PersonId
  const to = await readCandidate(tx, personId, toPersonId)
  if (!to) {
    throw new PublicError('not_found', {
      sentence: 'There is no such person here. Choose somebody from the list.',
    })
  }
  if (record.reviewers.some(({ person, state }) => person.id === toPersonId && state === 'asked')) {
    throw new PublicError('conflict', { sentence: `${to.name} is asked to review this already.` })
  }
  if (mine.required && !input.authorsMayApprove && isAuthor(record, toPersonId)) {
    throw new PublicError('own_document')
  }
  const role = await readEffectiveRole(tx, documentId, toPersonId)
  if (!abilitiesOf({ role, scope: 'admin', phase: 'open' }).has('vote')) {
    throw new PublicError('forbidden', {
      sentence: `${to.name} may not comment here. Ask an editor to name them as a reviewer.`,
    })
  }
  const at = new Date(input.now)
  await writeReviewerState(tx, { documentId, personId, state: 'handed_over', reason, passedTo: toPersonId })
  const { required, sectionIds, dueAt, askedVersion } = mine
  await writeAsked(tx, {
    documentId,
    personId: toPersonId,
    required,
    sectionIds,
    dueAt,
    askedBy: personId,
    at,
    versionId: askedVersion?.id ?? null,
  })
  if (record.status === 'in_review') {
    const asked = { type: 'review.asked', personIds: [toPersonId], dueAt } as const
    await writeDown(tx, { documentId, actorId: personId, at, what: asked })
  }
  return over(tx, principal, access, { type: 'reviewer.handed_over', personId, toPersonId }, input.now)
}

/** Nobody waits for somebody any more. */
async function over(
  tx: Queryable,
  principal: Principal,
  access: Access,
  what: Parameters<typeof writeDown>[1]['what'],
  now: number,
): Promise<ReviewAnswer> {
  const { documentId } = access
  await writeDown(tx, { documentId, actorId: principal.personId, at: new Date(now), what })
  await emit(tx, { type: 'review.changed', documentId })
  return getReview(tx, principal, access)
}

function awaited({ reviewers }: ReviewRecord, personId: string): ReviewerRow {
  const found = reviewers.find(({ person }) => person.id === personId)
  if (!found) {
    throw new PublicError('not_found', { sentence: 'This person was not asked to review the document.' })
  }
  if (found.state !== 'asked') {
    throw new PublicError('conflict', { sentence: `Nobody waits for ${found.person.name} any more.` })
  }
  return found
}

function ownPart({ reviewers }: ReviewRecord, principal: Principal, personId: string): ReviewerRow {
  if (personId !== principal.personId) {
    throw new PublicError('not_yours', {
      sentence: 'Only a reviewer gives their own part away. The owner can release them.',
    })
  }
  const mine = reviewers.find(({ person, state }) => person.id === personId && state === 'asked')
  if (!mine) throw new PublicError('not_asked')
  return mine
}
