import type { DocumentId, PersonId } from '../../lib/id'
import type { Queryable } from '../db/open'

export interface ReadMark {
  readonly personId: PersonId
  readonly sectionId: string
  /** SHA-256 of the section's substance then, hexadecimal. */
  readonly print: string
}

export async function readRead(db: Queryable, documentId: DocumentId): Promise<ReadMark[]> {
  const { rows } = await db.query<ReadMark>(
    `select person_id as "personId", section_id as "sectionId", encode(substance, 'hex') as print
       from section_read where document_id = $1`,
    [documentId],
  )
  return rows
}

export interface SectionOf {
  readonly documentId: DocumentId
  readonly personId: PersonId
  readonly sectionId: string
}

export async function writeRead(
  tx: Queryable,
  { documentId, personId, sectionId }: SectionOf,
  given: { print: Buffer; at: Date },
): Promise<void> {
  await tx.query(
    `insert into section_read (document_id, person_id, section_id, substance, at) values ($1, $2, $3, $4, $5)
     on conflict (document_id, person_id, section_id) do update set substance = excluded.substance, at = excluded.at`,
    [documentId, personId, sectionId, given.print, given.at],
  )
}

export async function removeRead(
  tx: Queryable,
  { documentId, personId, sectionId }: SectionOf,
): Promise<void> {
  await tx.query('delete from section_read where document_id = $1 and person_id = $2 and section_id = $3', [
    documentId,
    personId,
    sectionId,
  ])
}
