import { type DocumentId, type PersonId, parsePersonId } from '../../lib/id'
import type { ReviewerState } from '../../lib/review'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'

export interface Asked {
  readonly documentId: DocumentId
  readonly personId: PersonId
  readonly required: boolean
  readonly sectionIds: readonly string[] | null
  readonly dueAt: Date | string | null
  /** Null: by the server. */
  readonly askedBy: PersonId | null
  readonly at: Date
  /** Null: they are named, and will be asked when the review begins. */
  readonly versionId: string | null
}

/** Asks somebody, or changes what they are asked for; what they were before is over. */
export async function writeAsked(tx: Queryable, asked: Asked): Promise<void> {
  await tx.query(
    `insert into reviewer (document_id, person_id, required, section_ids, due_at, asked_by, asked_at, asked_version_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (document_id, person_id) do update set required = excluded.required,
       section_ids = excluded.section_ids, due_at = excluded.due_at, asked_by = excluded.asked_by,
       asked_at = excluded.asked_at, asked_version_id = excluded.asked_version_id,
       state = 'asked', reason = null, passed_to = null`,
    [
      asked.documentId,
      asked.personId,
      asked.required,
      asked.sectionIds,
      asked.dueAt,
      asked.askedBy,
      asked.at,
      asked.versionId,
    ],
  )
}

/** Everybody who is to review is asked now, on this text. */
export async function writeAllAsked(
  tx: Queryable,
  given: { documentId: DocumentId; versionId: string; at: Date },
): Promise<void> {
  await tx.query(
    `update reviewer set asked_at = $3, asked_version_id = $2 where document_id = $1 and state = 'asked'`,
    [given.documentId, given.versionId, given.at],
  )
}

export async function removeReviewers(
  tx: Queryable,
  documentId: DocumentId,
  personIds: readonly string[],
): Promise<void> {
  await tx.query('delete from reviewer where document_id = $1 and person_id = any ($2::uuid[])', [
    documentId,
    personIds,
  ])
}

/** Nobody waits for this reviewer any more. */
export async function writeReviewerState(
  tx: Queryable,
  given: {
    documentId: DocumentId
    personId: PersonId | string
    state: Exclude<ReviewerState, 'asked'>
    reason: string | null
    passedTo: PersonId | string | null
  },
): Promise<void> {
  await tx.query(
    'update reviewer set state = $3, reason = $4, passed_to = $5 where document_id = $1 and person_id = $2',
    [given.documentId, given.personId, given.state, given.reason, given.passedTo],
  )
}

/** Who stands in for each of these people at a moment, as far as they are away and somebody does. */
export async function readStandIns(
  db: Queryable,
  personIds: readonly string[],
  at: Date,
): Promise<ReadonlyMap<string, PersonId>> {
  const { rows } = await db.query<{ person_id: PersonId; stand_in_id: PersonId }>(
    `select a.person_id, a.stand_in_id from away a join person p on p.id = a.stand_in_id
      where a.person_id = any ($1::uuid[]) and (a.until is null or a.until > $2) and p.suspended_at is null`,
    [personIds, at],
  )
  return new Map(rows.map((row) => [row.person_id, row.stand_in_id]))
}

/** True for somebody who is asked to review a document now. */
export async function isAsked(db: Queryable, documentId: DocumentId, personId: PersonId): Promise<boolean> {
  const { rowCount } = await db.query(
    "select 1 from reviewer where document_id = $1 and person_id = $2 and state = 'asked'",
    [documentId, personId],
  )
  return rowCount === 1
}

/**
 * Documents that somebody is asked to review; null: nobody is named.
 *
 * @param who a person's id, or `me`.
 */
export async function reviewedBy(
  db: Queryable,
  principal: Principal,
  who: string | undefined,
): Promise<DocumentId[] | null> {
  if (who === undefined) return null
  const personId = who === 'me' ? principal.personId : parsePersonId(who)
  if (personId === null) return []
  const { rows } = await db.query<{ id: DocumentId }>(
    "select document_id as id from reviewer where person_id = $1 and state = 'asked'",
    [personId],
  )
  return rows.map(({ id }) => id)
}
