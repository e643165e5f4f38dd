import type { VersionAnswer } from '../../lib/api-version'
import type { DocumentId, PersonId } from '../../lib/id'
import { parseDocumentId } from '../../lib/id'
import type { Person } from '../../lib/person'
import type { VersionReason } from '../../lib/version'
import { personJson } from '../access/person'
import type { Queryable } from '../db/open'

/** A version without its content. */
export interface VersionRow {
  readonly id: string
  readonly document_id: DocumentId
  readonly number: number
  readonly reason: VersionReason
  readonly name: string | null
  readonly hash: string
  readonly created_at: Date
  readonly creator: Person | null
  readonly contributors: readonly Person[]
}

const columns = `v.id, v.document_id, v.number, v.reason, v.name, encode(v.hash, 'hex') as hash, v.created_at,
  case when c.id is not null then ${personJson('c')} end as creator,
  coalesce((select jsonb_agg(${personJson('p')} order by p.name, p.id)
              from person p where p.id = any (v.contributors)), '[]') as contributors`
const tables = 'document_version v left join person c on c.id = v.created_by'

export const presentVersion = (row: VersionRow): VersionAnswer => ({
  id: row.id,
  documentId: row.document_id,
  number: row.number,
  name: row.name,
  reason: row.reason,
  hash: row.hash,
  createdAt: row.created_at.toISOString(),
  createdBy: row.creator,
  contributors: [...row.contributors],
})

/** Null: there is none. */
export async function readVersion(db: Queryable, versionId: string): Promise<VersionRow | null> {
  if (!parseDocumentId(versionId)) return null
  const { rows } = await db.query<VersionRow>(`select ${columns} from ${tables} where v.id = $1`, [versionId])
  return rows[0] ?? null
}

/** The newest first. @param page.before only those with a smaller number. */
export async function readVersions(
  db: Queryable,
  documentId: DocumentId,
  page: { before: number | null; limit: number },
): Promise<VersionRow[]> {
  const { rows } = await db.query<VersionRow>(
    `select ${columns} from ${tables}
      where v.document_id = $1 and ($2::int is null or v.number < $2) order by v.number desc limit $3`,
    [documentId, page.before, page.limit],
  )
  return rows
}

/** Where a new version goes on from. */
export interface Newest {
  readonly id: string
  readonly number: number
  readonly hash: string
  readonly stateVector: Uint8Array
  readonly lastSeq: string
  readonly reason: VersionReason
}

export async function readNewest(db: Queryable, documentId: DocumentId): Promise<Newest | null> {
  const { rows } = await db.query<{
    id: string
    number: number
    hash: string
    state_vector: Buffer
    last_seq: string
    reason: VersionReason
  }>(
    `select id, number, encode(hash, 'hex') as hash, state_vector, last_seq, reason
       from document_version where document_id = $1 order by number desc limit 1`,
    [documentId],
  )
  const [row] = rows
  return row ? { ...row, stateVector: row.state_vector, lastSeq: row.last_seq } : null
}

export interface NewVersion {
  readonly id: string
  readonly documentId: DocumentId
  readonly number: number
  readonly reason: VersionReason
  readonly name: string | null
  readonly hash: string
  readonly data: Buffer
  readonly checksum: Buffer
  readonly stateVector: Buffer
  readonly lastSeq: string
  readonly contributors: readonly PersonId[]
  readonly by: PersonId | null
  readonly at: Date
  readonly sameUntil: Date
}

export async function insertVersion(tx: Queryable, made: NewVersion): Promise<void> {
  await tx.query(
    `insert into document_version (id, document_id, number, reason, name, hash, data, checksum, state_vector,
                                   last_seq, contributors, created_by, created_at, same_until)
     values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      made.id,
      made.documentId,
      made.number,
      made.reason,
      made.name,
      made.hash,
      made.data,
      made.checksum,
      made.stateVector,
      made.lastSeq,
      made.contributors,
      made.by,
      made.at,
      made.sameUntil,
    ],
  )
}

/** What is undefined stays as it is. */
export async function writeVersion(
  tx: Queryable,
  versionId: string,
  given: { name?: string | null; reason?: VersionReason; sameUntil?: Date },
): Promise<void> {
  await tx.query(
    `update document_version
        set name = case when $2 then $3 else name end, reason = coalesce($4, reason),
            same_until = greatest(same_until, $5)
      where id = $1`,
    [versionId, given.name !== undefined, given.name ?? null, given.reason ?? null, given.sameUntil ?? null],
  )
}

export async function readData(
  db: Queryable,
  versionId: string,
): Promise<{ data: Buffer; checksum: Buffer; hash: string } | null> {
  const { rows } = await db.query<{ data: Buffer; checksum: Buffer; hash: string }>(
    "select data, checksum, encode(hash, 'hex') as hash from document_version where id = $1",
    [versionId],
  )
  return rows[0] ?? null
}

/** Which document a version is of. Null: there is no such version. */
export async function documentOfVersion(db: Queryable, versionId: string): Promise<DocumentId | null> {
  if (!parseDocumentId(versionId)) return null
  const { rows } = await db.query<{ document_id: DocumentId }>(
    'select document_id from document_version where id = $1',
    [versionId],
  )
  return rows[0]?.document_id ?? null
}

/** The largest sequence number in the log (0: there is none), and who stored updates there since another. */
export async function readLogSince(
  db: Queryable,
  documentId: DocumentId,
  range: { since: string; before: string | null },
): Promise<{ lastSeq: string; people: PersonId[] }> {
  const { rows } = await db.query<{ last_seq: string; people: PersonId[] }>(
    `select coalesce(max(seq), 0)::text as last_seq,
            coalesce(array_agg(distinct person_id) filter (where seq > $2 and person_id is not null), '{}') as people
       from document_update where document_id = $1 and ($3::bigint is null or seq < $3)`,
    [documentId, range.since, range.before],
  )
  return { lastSeq: rows[0]?.last_seq ?? '0', people: rows[0]?.people ?? [] }
}
