import { type DocumentId, type PersonId, parseDocumentId } from '../../lib/id'
import type { VerdictKind } from '../../lib/review'
import type { Queryable } from '../db/open'

export interface NewVerdict {
  readonly id: string
  readonly documentId: DocumentId
  readonly personId: PersonId
  readonly kind: VerdictKind
  readonly versionId: string
  readonly wasNewest: boolean
  readonly body: string | null
  readonly comments: number
  readonly at: Date
  /** Null: none was submitted with it. */
  readonly draftId: string | null
  /** Threads that it depends on. */
  readonly conditions: readonly string[]
}

export async function insertVerdict(tx: Queryable, made: NewVerdict): Promise<void> {
  await tx.query(
    `insert into verdict (id, document_id, person_id, kind, version_id, was_newest, body, comments, at, draft_id,
       basis_version_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $5)`,
    [
      made.id,
      made.documentId,
      made.personId,
      made.kind,
      made.versionId,
      made.wasNewest,
      made.body,
      made.comments,
      made.at,
      made.draftId,
    ],
  )
  await tx.query('insert into verdict_condition (verdict_id, thread_id) select $1, unnest($2::uuid[])', [
    made.id,
    made.conditions,
  ])
}

/** Whose verdict submitted a review; null: none did. */
export async function submitterOf(db: Queryable, draftId: string): Promise<PersonId | null> {
  const { rows } = await db.query<{ person_id: PersonId }>(
    'select person_id from verdict where draft_id = $1',
    [draftId],
  )
  return rows[0]?.person_id ?? null
}

/** Open blocking threads that this person started, as everybody sees them. */
export async function readOwnBlocking(
  db: Queryable,
  documentId: DocumentId,
  personId: PersonId,
): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from thread where document_id = $1 and author_id = $2 and kind = 'blocking' and outcome is null
        and unsent_in is null order by created_at, id`,
    [documentId, personId],
  )
  return rows.map(({ id }) => id)
}

/** A verdict holds for a later text now, in all of its scope. */
export async function writeBasis(tx: Queryable, verdictId: string, versionId: string): Promise<void> {
  await tx.query('update verdict set basis_version_id = $2 where id = $1', [verdictId, versionId])
  await tx.query('delete from verdict_section where verdict_id = $1', [verdictId])
}

/** A verdict holds for a later text in these sections. */
export async function writeConfirmed(
  tx: Queryable,
  verdictId: string,
  given: { sectionIds: readonly string[]; versionId: string },
): Promise<void> {
  await tx.query(
    `insert into verdict_section (verdict_id, section_id, version_id)
     select distinct $1::uuid, section, $3::uuid from unnest($2::text[]) as section
     on conflict (verdict_id, section_id) do update set version_id = excluded.version_id`,
    [verdictId, given.sectionIds, given.versionId],
  )
}

/** The owner holds a condition met, as its thread was ended. */
export async function writeMarkedMet(
  tx: Queryable,
  given: { verdictId: string; threadId: string; by: PersonId },
): Promise<void> {
  await tx.query(
    `update verdict_condition c set marked_met_by = $3, marked_met_at = t.resolved_at
       from thread t where t.id = c.thread_id and c.verdict_id = $1 and c.thread_id = $2`,
    [given.verdictId, given.threadId, given.by],
  )
}

/** For the judge: which document a verdict is about. Null: there is none of this id. */
export async function documentOfVerdict(db: Queryable, id: string): Promise<DocumentId | null> {
  // The shape of every id of ours is that of a document's.
  if (!parseDocumentId(id)) return null
  const { rows } = await db.query<{ document_id: DocumentId }>(
    'select document_id from verdict where id = $1',
    [id],
  )
  return rows[0]?.document_id ?? null
}
