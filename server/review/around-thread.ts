import { type DocumentId, type PersonId, parseDocumentId } from '../../lib/id'
import { mustBeResolved, type ThreadKind } from '../../lib/thread'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import type { HoldOf } from '../http/endpoint'
import { emit } from '../live/outbox'
import { isAccepted } from '../thread/suggestion-store'
import { confirmCondition } from './condition'
import { type ReviewRecord, readRecord, type VerdictRow } from './record'
import { readSeen } from './seen-store'
import { settling } from './settle'
import { verdictOf } from './standing'
import { writeBasis } from './verdict-store'

/**
 * What a change of a thread means for a review. Threads know no reviews: whoever serves the change asks here.
 */

interface Facts {
  readonly id: string
  readonly kind: ThreadKind
  readonly isInReview: boolean
}

/** Of a thread, or of the thread that a comment stands in. Null: it is not there. */
async function factsOf(db: Queryable, id: string): Promise<Facts | null> {
  // The shape of every id of ours is that of a document's.
  if (!parseDocumentId(id)) return null
  const { rows } = await db.query<Facts>(
    `select t.id, t.kind, d.status = 'in_review' as "isInReview" from thread t join document d on d.id = t.document_id
      where t.id = $1 or t.id = (select c.thread_id from thread_comment c where c.id = $1)`,
    [id],
  )
  return rows[0] ?? null
}

const mayDecide = (facts: Facts | null): facts is Facts =>
  facts?.isInReview === true && mustBeResolved(facts.kind)

/**
 * Threads change beside the text, but for those in a review that have to be resolved: the end of one may approve the
 * text, and nothing is stored in it while that is decided. To open an accepted suggestion again changes the text.
 */
export const holdOfThread: HoldOf = async (db, id) =>
  mayDecide(await factsOf(db, id)) || (await isAccepted(db, id)) ? 'alone' : 'shared'

/**
 * Does something to a thread or to a comment that may end it, make it another kind, or remove it. Where it was the
 * last thing missing, the document is approved. A reviewer who ends their own condition has seen what they were asked
 * to look at, or marked as read, and approves that.
 *
 * @param tx a transaction that holds the document as `holdOfThread` says.
 * @param input.id of the thread or the comment.
 */
export async function aroundThread<Result>(
  tx: Queryable,
  principal: Principal,
  { documentId }: Pick<Access, 'documentId'>,
  input: { id: string; now: number },
  run: () => Promise<Result>,
): Promise<Result> {
  const { now } = input
  const facts = await factsOf(tx, input.id)
  if (!mayDecide(facts)) return run()
  return settling(tx, { documentId, now }, async () => {
    const result = await run()
    await afterEnd(tx, principal.personId, { documentId, threadId: facts.id, now })
    await emit(tx, { type: 'review.changed', documentId })
    return result
  })
}

/** A thread was started, or is another kind: it may be one more thing that is missing. @param tx that transaction. */
export async function afterStart(
  tx: Queryable,
  { documentId }: Pick<Access, 'documentId'>,
  { kind }: { kind: ThreadKind },
): Promise<void> {
  if (mustBeResolved(kind)) await emit(tx, { type: 'review.changed', documentId })
}

async function afterEnd(
  tx: Queryable,
  personId: PersonId,
  { documentId, threadId, now }: { documentId: DocumentId; threadId: string; now: number },
): Promise<void> {
  const record = await readRecord(tx, documentId)
  const mine = verdictOf(record, personId)
  const condition = mine?.conditions.find((one) => one.threadId === threadId && one.met)
  if (!mine || !condition) return
  await moveBasis(tx, record, documentId, personId, mine)
  await confirmCondition(tx, documentId, mine, condition, now)
}

async function moveBasis(
  tx: Queryable,
  record: ReviewRecord,
  documentId: DocumentId,
  personId: PersonId,
  verdict: VerdictRow,
): Promise<void> {
  const asked = record.reviewers.find(({ person }) => person.id === personId)?.askedVersion
  const seen = await readSeen(tx, documentId, personId)
  const newest = [verdict.basis, asked, seen].reduce((a, b) => (a && (!b || a.number >= b.number) ? a : b))
  if (newest && newest.id !== verdict.basis.id) await writeBasis(tx, verdict.id, newest.id)
}
