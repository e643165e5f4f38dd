import type { DocumentId, PersonId } from '../../lib/id'
import type { Person } from '../../lib/person'
import { personJson } from '../access/person'
import type { Queryable } from '../db/open'

/** What was said of a section. */
export interface SectionStateRow {
  heading_id: string
  state: 'ready' | 'not_applicable' | null
  reason: string | null
  digest: string | null
  said_at: Date | null
  sayer: Person | null
  owner: Person | null
}

/** By heading id; headings that are gone are among them. */
export async function readSectionStates(
  db: Queryable,
  documentId: DocumentId,
): Promise<Map<string, SectionStateRow>> {
  const { rows } = await db.query<SectionStateRow>(
    `select s.heading_id, s.state, s.reason, s.digest, s.said_at,
            case when p.id is not null then ${personJson('p')} end as sayer,
            case when o.id is not null then ${personJson('o')} end as owner
       from document_section_state s
       left join person p on p.id = s.said_by
       left join person o on o.id = s.owner_id
      where s.document_id = $1`,
    [documentId],
  )
  return new Map(rows.map((row) => [row.heading_id, row]))
}

export interface SaidState {
  readonly state: 'ready' | 'not_applicable'
  readonly reason: string | null
  readonly digest: string | null
  readonly by: PersonId
  readonly at: Date
}

/** @param said null: what was said is taken back. */
export async function writeSectionState(
  tx: Queryable,
  documentId: DocumentId,
  headingId: string,
  said: SaidState | null,
): Promise<void> {
  await tx.query(
    `insert into document_section_state (document_id, heading_id, state, reason, digest, said_by, said_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (document_id, heading_id) do update
        set state = excluded.state, reason = excluded.reason, digest = excluded.digest,
            said_by = excluded.said_by, said_at = excluded.said_at`,
    [
      documentId,
      headingId,
      said?.state ?? null,
      said?.reason ?? null,
      said?.digest ?? null,
      said?.by ?? null,
      said?.at ?? null,
    ],
  )
}

export async function writeSectionOwner(
  tx: Queryable,
  documentId: DocumentId,
  headingId: string,
  ownerId: PersonId | null,
): Promise<void> {
  await tx.query(
    `insert into document_section_state (document_id, heading_id, owner_id) values ($1, $2, $3)
     on conflict (document_id, heading_id) do update set owner_id = excluded.owner_id`,
    [documentId, headingId, ownerId],
  )
}

/** Gives what is known of one heading to another: its place in the template, its state, its owner. */
export async function moveSection(
  tx: Queryable,
  documentId: DocumentId,
  from: string,
  to: string,
): Promise<void> {
  await tx.query('delete from document_section_state where document_id = $1 and heading_id = $2', [
    documentId,
    to,
  ])
  await tx.query(
    'update document_section_state set heading_id = $3 where document_id = $1 and heading_id = $2',
    [documentId, from, to],
  )
  await tx.query('update document_section set heading_id = $3 where document_id = $1 and heading_id = $2', [
    documentId,
    from,
    to,
  ])
}
