import type { DocumentId, PersonId } from '../../lib/id'
import type { Person } from '../../lib/person'
import { personJson } from '../access/person'
import type { Queryable } from '../db/open'
import type { IsWriting } from '../thread/unsent'
import { instant, type VersionName, versionJson } from './record'

export interface DraftRow {
  readonly id: string
  readonly documentId: DocumentId
  readonly person: Person
  readonly version: VersionName
  readonly startedAt: string
}

const columns = `r.id, r.document_id as "documentId", ${personJson('p')} as person, ${versionJson('n')} as version,
  ${instant('r.started_at')} as "startedAt"`
const tables = `review_draft r join person p on p.id = r.person_id join document_version n on n.id = r.version_id`

/** Reviews of a document that are being written. */
export async function readDrafts(db: Queryable, documentId: DocumentId): Promise<DraftRow[]> {
  const { rows } = await db.query<DraftRow>(
    `select ${columns} from ${tables} where r.document_id = $1 order by r.started_at, r.id`,
    [documentId],
  )
  return rows
}

/** Null: nobody is writing it, or not any more. */
export async function readDraft(db: Queryable, draftId: string): Promise<DraftRow | null> {
  const { rows } = await db.query<DraftRow>(`select ${columns} from ${tables} where r.id = $1`, [draftId])
  return rows[0] ?? null
}

/** Of two who start at once, the first counts. @returns false: there is one already. */
export async function insertDraft(
  tx: Queryable,
  made: { id: string; documentId: DocumentId; personId: PersonId; versionId: string; at: Date },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into review_draft (id, document_id, person_id, version_id, started_at) values ($1, $2, $3, $4, $5)
     on conflict (document_id, person_id) do nothing`,
    [made.id, made.documentId, made.personId, made.versionId, made.at],
  )
  return rowCount === 1
}

export async function writePin(tx: Queryable, draftId: string, versionId: string): Promise<void> {
  await tx.query('update review_draft set version_id = $2 where id = $1', [draftId, versionId])
}

export async function removeDraft(tx: Queryable, draftId: string): Promise<void> {
  await tx.query('delete from review_draft where id = $1', [draftId])
}

/** For threads, which know no reviews: whether somebody is writing this one. It stays until the transaction ends. */
export const isWriting: IsWriting = async (tx, { draftId, documentId, personId }) => {
  const { rowCount } = await tx.query(
    'select 1 from review_draft where id = $1 and document_id = $2 and person_id = $3 for share',
    [draftId, documentId, personId],
  )
  return rowCount === 1
}
