import type { Role } from '../../lib/access'
import type { DocumentAnswer } from '../../lib/api'
import { schemaVersion } from '../../lib/content/schema'
import { formatNumber, type Status } from '../../lib/document'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Person } from '../../lib/person'
import { personJson } from '../access/person'
import type { Queryable } from '../db/open'

export interface DocumentRow {
  id: DocumentId
  prefix: string
  number: number | null
  title: string
  status: Status
  template_key: string
  created_at: Date
  updated_at: Date
  /** Microseconds since the epoch, as text: what lists are ordered by. */
  updated_us: string
  binned_at: Date | null
  owner: Person
  role: Role
  version: string
  schema_version: number
}

/**
 * The last update of a document's body: the largest sequence number in the open part of the log, else in what
 * was folded last. Two reads of two indexes, however long the log is.
 */
const version = `coalesce(
  (select max(u.seq) from document_update u where u.document_id = d.id and u.folded_into is null),
  (select max(u.seq) from document_update u where u.document_id = d.id and u.folded_into =
    (select max(f.folded_into) from document_update f where f.document_id = d.id and f.folded_into is not null)),
  0)`

/** Documents `d` with what one person, `$1`, is to them (`a`). */
export const documentColumns = `d.id, d.prefix, d.number, d.title, d.status, d.template_key, d.created_at,
  d.updated_at, (extract(epoch from d.updated_at) * 1000000)::bigint::text as updated_us, d.binned_at,
  ${personJson('o')} as owner, a.role, ${version} as version, d.schema_version`

export const documentTables = `document_access a
  join document d on d.id = a.document_id and a.person_id = $1
  join person o on o.id = d.owner_id`

/** A document as the API answers it. */
export const presentDocument = (row: DocumentRow): DocumentAnswer => ({
  id: row.id,
  number: formatNumber(row.prefix, row.number),
  title: row.title,
  status: row.status,
  templateKey: row.template_key,
  owner: row.owner,
  role: row.role,
  version: Number(row.version),
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  binnedAt: row.binned_at?.toISOString() ?? null,
  fromNewerRelease: row.schema_version > schemaVersion,
})

/** Null: there is none, or this person has no role on it. Who asks has been judged before. */
export async function readDocument(
  db: Queryable,
  personId: PersonId,
  documentId: DocumentId,
): Promise<DocumentAnswer | null> {
  const { rows } = await db.query<DocumentRow>(
    `select ${documentColumns} from ${documentTables} where d.id = $2`,
    [personId, documentId],
  )
  return rows[0] ? presentDocument(rows[0]) : null
}

/** The next number of the workspace. Numbers that a rolled back transaction drew stay unused. */
export async function drawNumber(tx: Queryable): Promise<number> {
  const { rows } = await tx.query<{ number: number }>("select nextval('document_number')::int as number")
  if (!rows[0]) throw new Error('The sequence of document numbers answered nothing.')
  return rows[0].number
}

export interface NewDocument {
  readonly id: DocumentId
  readonly prefix: string
  /** Null: the sample, which has none. */
  readonly number: number | null
  readonly title: string
  readonly searchKey: string
  readonly templateKey: string
  readonly titleHeading: boolean
  readonly ownerId: PersonId
  readonly schemaVersion: number
  readonly now: Date
}

export async function insertDocument(tx: Queryable, made: NewDocument): Promise<void> {
  await tx.query(
    `insert into document (id, prefix, number, title, search_key, template_key, title_heading, owner_id,
                           schema_version, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
    [
      made.id,
      made.prefix,
      made.number,
      made.title,
      made.searchKey,
      made.templateKey,
      made.titleHeading,
      made.ownerId,
      made.schemaVersion,
      made.now,
    ],
  )
}

/** Which heading is which section of the template. */
export async function insertSections(
  tx: Queryable,
  documentId: DocumentId,
  sections: Readonly<Record<string, string>>,
): Promise<void> {
  await tx.query(
    `insert into document_section (document_id, heading_id, template_section)
     select $1, key, value from jsonb_each_text($2::jsonb)`,
    [documentId, JSON.stringify(sections)],
  )
}

export async function readSections(db: Queryable, documentId: DocumentId): Promise<Map<string, string>> {
  const { rows } = await db.query<{ heading_id: string; template_section: string }>(
    'select heading_id, template_section from document_section where document_id = $1',
    [documentId],
  )
  return new Map(rows.map((row) => [row.heading_id, row.template_section]))
}

export async function writeTitle(
  tx: Queryable,
  input: { documentId: DocumentId; title: string; searchKey: string; now: Date },
): Promise<void> {
  await tx.query('update document set title = $2, search_key = $3, updated_at = $4 where id = $1', [
    input.documentId,
    input.title,
    input.searchKey,
    input.now,
  ])
}

/** Into the bin (with who did it) or out of it (null). */
export async function writeBinned(
  tx: Queryable,
  documentId: DocumentId,
  binned: { at: Date; by: PersonId } | null,
): Promise<void> {
  await tx.query('update document set binned_at = $2, binned_by = $3 where id = $1', [
    documentId,
    binned?.at ?? null,
    binned?.by ?? null,
  ])
}
