import type { ReviewAnswer, StatusMoveAnswer } from '../../lib/api-review'
import { formatNumber } from '../../lib/document'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Person } from '../../lib/person'
import { personJson } from '../access/person'
import type { Queryable } from '../db/open'
import { instant, type VersionName, versionJson } from './record'

type Named = NonNullable<ReviewAnswer['successor']>
interface NamedRow {
  readonly id: string
  readonly prefix: string
  readonly number: number | null
  readonly title: string
}

const present = ({ id, prefix, number, title }: NamedRow): Named => ({
  id,
  number: formatNumber(prefix, number),
  title,
})

const readable = `join document_access a on a.document_id = d.id and a.person_id = $2 and d.binned_at is null`
const namedJson = `jsonb_build_object('id', d.id, 'prefix', d.prefix, 'number', d.number, 'title', d.title)`

/** Every move of a document's status, the newest first; a successor only where this person may read it. */
export async function readMoves(
  db: Queryable,
  documentId: DocumentId,
  personId: PersonId,
): Promise<StatusMoveAnswer[]> {
  const { rows } = await db.query<Omit<StatusMoveAnswer, 'successor'> & { successor: NamedRow | null }>(
    `select m.id::text, m.from_status as "from", m.to_status as "to",
            case when p.id is not null then ${personJson('p')} end as person, ${instant('m.at')} as at, m.reason,
            ${versionJson('n')} as version, m.link, m.no_link_because as "noLinkBecause",
            case when c.id is not null then ${versionJson('c')} end as corrected,
            (select ${namedJson} from document d ${readable} where d.id = m.successor_id) as successor
       from document_status_move m left join person p on p.id = m.person_id
       join document_version n on n.id = m.version_id
       left join document_version c on c.id = m.corrected_version_id
      where m.document_id = $1 order by m.id desc`,
    [documentId, personId],
  )
  return rows.map((row) => ({ ...row, successor: row.successor && present(row.successor) }))
}

/** What was approved last, or is as corrected since; null: nothing ever was. */
export async function readLastApproval(
  db: Queryable,
  documentId: DocumentId,
): Promise<{ version: VersionName; at: string; by: Person | null } | null> {
  const { rows } = await db.query<{ version: VersionName; at: string; by: Person | null }>(
    `select ${versionJson('n')} as version, ${instant('m.at')} as at,
            case when p.id is not null then ${personJson('p')} end as by
       from document_status_move m join document_version n on n.id = m.version_id
       left join person p on p.id = m.person_id
      where m.document_id = $1 and (m.to_status = 'approved' or m.corrected_version_id is not null)
      order by m.id desc limit 1`,
    [documentId],
  )
  return rows[0] ?? null
}

/** What was said with the last move; null: nothing. */
export async function readLastReason(db: Queryable, documentId: DocumentId): Promise<string | null> {
  const { rows } = await db.query<{ reason: string | null }>(
    'select reason from document_status_move where document_id = $1 order by id desc limit 1',
    [documentId],
  )
  return rows[0]?.reason ?? null
}

/** The document that took this one's place, where this person may read it. */
export async function readSuccessor(
  db: Queryable,
  documentId: DocumentId,
  personId: PersonId,
): Promise<Named | null> {
  const { rows } = await db.query<NamedRow>(
    `select d.id, d.prefix, d.number, d.title from document_status_move m
       join document d on d.id = m.successor_id ${readable} where m.document_id = $1`,
    [documentId, personId],
  )
  return rows[0] ? present(rows[0]) : null
}

/** Documents whose place this one took, as far as this person may read them. */
export async function readPredecessors(
  db: Queryable,
  documentId: DocumentId,
  personId: PersonId,
): Promise<Named[]> {
  const { rows } = await db.query<NamedRow>(
    `select d.id, d.prefix, d.number, d.title from document_status_move m
       join document d on d.id = m.document_id ${readable} where m.successor_id = $1 order by m.id`,
    [documentId, personId],
  )
  return rows.map(present)
}
