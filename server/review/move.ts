import { phaseOf, type Status } from '../../lib/document'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Turn } from '../../lib/review'
import { raiseFence } from '../access/store'
import type { Queryable } from '../db/open'
import { emit, record } from '../live/outbox'

export interface Move {
  readonly documentId: DocumentId
  readonly from: Status
  readonly to: Status
  /** Null: by itself. */
  readonly personId: PersonId | null
  readonly at: Date
  readonly versionId: string
  readonly reason?: string | null
  readonly successorId?: string | null
  readonly link?: string | null
  readonly noLinkBecause?: string | null
}

/**
 * Moves the status, with all that follows from it: the log, whose turn it is, and, where the text is locked by it,
 * the fence, so that nothing that is under way at this moment still reaches the log. Whether it may move so has been
 * decided before.
 *
 * @param tx a transaction that holds the document alone.
 */
export async function moveTo(tx: Queryable, move: Move): Promise<void> {
  const { documentId, from, to } = move
  // To open again is to work on it; to request a review, to have others look at it.
  const turn: Turn | null = to !== 'in_review' ? null : from === 'draft' ? 'reviewers' : 'authors'
  await tx.query('update document set status = $2, turn = $3 where id = $1', [documentId, to, turn])
  await tx.query(
    `insert into document_status_move (document_id, from_status, to_status, person_id, at, reason, version_id,
       successor_id, link, no_link_because)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      documentId,
      from,
      to,
      move.personId,
      move.at,
      move.reason ?? null,
      move.versionId,
      move.successorId ?? null,
      move.link ?? null,
      move.noLinkBecause ?? null,
    ],
  )
  await tx.query('delete from final_period where document_id = $1', [documentId])
  const isLocked = (status: Status) => phaseOf({ status, binned: false }) === 'locked'
  if (isLocked(to) && !isLocked(from)) await raiseFence(tx, documentId)
  if (isLocked(to) !== isLocked(from)) await emit(tx, { type: 'access.changed', documentId })
  await emit(tx, { type: 'document.changed', documentId })
  await emit(tx, { type: 'review.changed', documentId })
  // Whoever reads of the successor sees that it took this one's place.
  if (move.successorId != null) {
    await emit(tx, { type: 'review.changed', documentId: move.successorId as DocumentId })
  }
  const what = { type: 'status.moved', from, to, reason: move.reason ?? null } as const
  await record(tx, { documentId, actorId: move.personId, at: move.at, what })
}
