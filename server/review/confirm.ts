import type { ReviewAnswer } from '../../lib/api-review'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { emit, record as writeDown } from '../live/outbox'
import { reopenThread, resolveThread } from '../thread/resolve'
import { freezeVersion } from '../version/freeze'
import { confirmCondition } from './condition'
import { getReview } from './present'
import { type ConditionRow, type ReviewRecord, readRecord, type VerdictRow } from './record'
import { settling } from './settle'
import { verdictOf } from './standing'
import { writeBasis, writeConfirmed, writeMarkedMet } from './verdict-store'

/**
 * An approver says that the approval holds for the text as it is now: in all of their scope, or in these sections.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `not_yours`, `conflict` for a verdict that is no approval or was followed by another.
 */
export async function stillStands(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { verdictId: string; sectionIds?: readonly string[] | undefined; now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const { personId } = principal
  const record = await readRecord(tx, documentId)
  const verdict = standing(record, input.verdictId)
  if (verdict.person.id !== personId) {
    throw new PublicError('not_yours', { sentence: 'Nobody votes on another person’s behalf.' })
  }
  if (verdict.kind !== 'approve' && verdict.kind !== 'approve_if') {
    throw new PublicError('conflict', { sentence: 'This verdict approves nothing that could still stand.' })
  }
  const { now, sectionIds } = input
  const version = await freezeVersion(tx, { documentId, reason: 'review', by: personId, now })
  await settling(tx, { documentId, now }, () =>
    sectionIds === undefined
      ? writeBasis(tx, verdict.id, version.id)
      : writeConfirmed(tx, verdict.id, { sectionIds, versionId: version.id }),
  )
  await emit(tx, { type: 'review.changed', documentId })
  return getReview(tx, principal, access)
}

/**
 * The owner holds a condition met: its thread ends, and the record says by whom. The reviewer is told, and may say
 * that it is not.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `not_found`, `conflict` when it is met already.
 */
export async function markConditionMet(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { verdictId: string; threadId: string; now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const { personId } = principal
  const { threadId, now } = input
  const { verdict, condition } = conditionOf(await readRecord(tx, documentId), input)
  if (condition.met) {
    throw new PublicError('conflict', { sentence: 'This condition is met already.' })
  }
  await settling(tx, { documentId, now }, async () => {
    if (condition.isOpen) {
      const reason = 'The owner holds this condition met.'
      await resolveThread(tx, principal, access, { threadId, outcome: 'fixed', reason, now })
    }
    await writeMarkedMet(tx, { verdictId: verdict.id, threadId, by: personId })
    await confirmCondition(tx, documentId, verdict, condition, now)
  })
  const what = { type: 'condition.met', threadId, personId: verdict.person.id as PersonId } as const
  await writeDown(tx, { documentId, actorId: personId, at: new Date(now), what })
  await emit(tx, { type: 'review.changed', documentId })
  return getReview(tx, principal, access)
}

/**
 * The reviewer says that a condition is not met: its thread is open again, and the approval waits for it.
 *
 * @param tx a transaction that holds the document alone.
 * @throws PublicError `not_yours`, `not_found`, `conflict` when it is open.
 */
export async function markConditionNotMet(
  tx: Queryable,
  principal: Principal,
  access: Access,
  input: { verdictId: string; threadId: string; now: number },
): Promise<ReviewAnswer> {
  const { documentId } = access
  const { verdict } = conditionOf(await readRecord(tx, documentId), input)
  if (verdict.person.id !== principal.personId) {
    throw new PublicError('not_yours', { sentence: 'Only who set the condition says that it is not met.' })
  }
  await reopenThread(tx, principal, access, { threadId: input.threadId, now: input.now })
  await emit(tx, { type: 'review.changed', documentId })
  return getReview(tx, principal, access)
}

/** The verdict of this id, where it is the one that counts of its giver. */
function standing(record: ReviewRecord, verdictId: string): VerdictRow {
  const verdict = record.verdicts.find(({ id }) => id === verdictId)
  if (!verdict) throw new PublicError('not_found')
  if (verdictOf(record, verdict.person.id)?.id === verdictId) return verdict
  throw new PublicError('conflict', { sentence: 'Another verdict was given since. Look at that one.' })
}

function conditionOf(
  record: ReviewRecord,
  { verdictId, threadId }: { verdictId: string; threadId: string },
): { verdict: VerdictRow; condition: ConditionRow } {
  const verdict = standing(record, verdictId)
  const condition = verdict.conditions.find((one) => one.threadId === threadId)
  if (!condition) throw new PublicError('not_found', { sentence: 'This verdict has no such condition.' })
  return { verdict, condition }
}
