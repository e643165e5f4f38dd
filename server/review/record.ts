import type { Status } from '../../lib/document'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Person } from '../../lib/person'
import type { ReviewerState, Turn, VerdictKind } from '../../lib/review'
import { personJson } from '../access/person'
import type { Queryable } from '../db/open'

/** A version, as far as a review names it. */
export interface VersionName {
  readonly id: string
  readonly number: number
  readonly hash: string
}

export interface ReviewerRow {
  readonly person: Person
  readonly required: boolean
  readonly sectionIds: readonly string[] | null
  readonly dueAt: string | null
  readonly askedBy: Person | null
  readonly askedAt: string
  /** The text when they were last asked; null: named, not asked yet. */
  readonly askedVersion: VersionName | null
  readonly state: ReviewerState
  readonly reason: string | null
  readonly passedTo: Person | null
}

export interface ConditionRow {
  readonly threadId: string
  /** Of its thread: where it was raised; null: on the document. */
  readonly sectionId: string | null
  /** True: it is about the section as a whole, with what is under it. */
  readonly isOnSection: boolean
  /** Of its thread. */
  readonly isOpen: boolean
  readonly met: boolean
  readonly metBy: Person | null
}

export interface VerdictRow {
  readonly id: string
  readonly person: Person
  readonly kind: VerdictKind
  readonly version: VersionName
  readonly wasNewest: boolean
  readonly body: string | null
  readonly at: string
  /** What it holds for now. */
  readonly basis: VersionName
  readonly conditions: readonly ConditionRow[]
  /** Sections for which it was confirmed on a later text. */
  readonly sections: readonly { readonly sectionId: string; readonly version: VersionName }[]
}

/** All that is stored of a document's review. */
export interface ReviewRecord {
  readonly documentId: DocumentId
  readonly status: Status
  readonly turn: Turn | null
  readonly authors: readonly Person[]
  /** Required first, then in the order in which they were asked. */
  readonly reviewers: readonly ReviewerRow[]
  /** The newest first. */
  readonly verdicts: readonly VerdictRow[]
  /** Open threads that have to be resolved, as everybody sees them. */
  readonly threads: readonly { readonly id: string; readonly kind: 'blocking' | 'concern' }[]
  readonly finalPeriod: { readonly endsAt: string; readonly by: Person } | null
}

export const versionJson = (alias: string): string =>
  `jsonb_build_object('id', ${alias}.id, 'number', ${alias}.number, 'hash', encode(${alias}.hash, 'hex'))`

/** A moment as the API writes it. */
export const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Met: resolved by whoever gave the verdict, or marked so by the owner, and not opened again since. */
const isMet = `(t.outcome is not null and (t.resolved_by = v.person_id or c.marked_met_at = t.resolved_at))`

const conditions = `coalesce((select jsonb_agg(jsonb_build_object(
    'threadId', c.thread_id, 'sectionId', t.section_id, 'isOnSection', t.anchor is null and t.section_id is not null,
    'isOpen', t.outcome is null, 'met', ${isMet}, 'metBy', case when ${isMet} then ${personJson('mp')} end) order by t.created_at, t.id)
  from verdict_condition c join thread t on t.id = c.thread_id left join person mp on mp.id = t.resolved_by
 where c.verdict_id = v.id), '[]')`

const verdictColumns = `v.id, ${personJson('p')} as person, v.kind, ${versionJson('n')} as version,
  v.was_newest as "wasNewest", v.body, ${instant('v.at')} as at, ${versionJson('b')} as basis,
  ${conditions} as conditions,
  coalesce((select jsonb_agg(jsonb_build_object('sectionId', s.section_id, 'version', ${versionJson('sn')}))
     from verdict_section s join document_version sn on sn.id = s.version_id where s.verdict_id = v.id), '[]') as sections`
const verdictTables = `verdict v join person p on p.id = v.person_id
  join document_version n on n.id = v.version_id join document_version b on b.id = v.basis_version_id`

/** The newest first. */
export async function readVerdicts(db: Queryable, documentId: DocumentId): Promise<VerdictRow[]> {
  const { rows } = await db.query<VerdictRow>(
    `select ${verdictColumns} from ${verdictTables} where v.document_id = $1 order by v.seq desc`,
    [documentId],
  )
  return rows
}

/** Required first, then in the order in which they were asked. */
export async function readReviewers(db: Queryable, documentId: DocumentId): Promise<ReviewerRow[]> {
  const { rows } = await db.query<ReviewerRow>(
    `select ${personJson('p')} as person, r.required, r.section_ids as "sectionIds",
            ${instant('r.due_at')} as "dueAt", case when a.id is not null then ${personJson('a')} end as "askedBy",
            ${instant('r.asked_at')} as "askedAt",
            case when n.id is not null then ${versionJson('n')} end as "askedVersion", r.state, r.reason,
            case when h.id is not null then ${personJson('h')} end as "passedTo"
       from reviewer r join person p on p.id = r.person_id
       left join person a on a.id = r.asked_by left join person h on h.id = r.passed_to
       left join document_version n on n.id = r.asked_version_id
      where r.document_id = $1
      order by r.required desc, r.asked_at, p.search_key, p.id`,
    [documentId],
  )
  return rows
}

/** In the order in which they are named; the owner, where nobody is. */
export async function readAuthors(db: Queryable, documentId: DocumentId): Promise<Person[]> {
  const { rows } = await db.query<{ person: Person }>(
    `select ${personJson('p')} as person
       from document d
       left join document_author a on a.document_id = d.id
       join person p on p.id = coalesce(a.person_id, d.owner_id)
      where d.id = $1 order by a.position, p.id`,
    [documentId],
  )
  return rows.map(({ person }) => person)
}

/** @throws Error when there is no such document: who asks has been judged before. */
export async function readRecord(db: Queryable, documentId: DocumentId): Promise<ReviewRecord> {
  const { rows } = await db.query<{
    status: Status
    turn: Turn | null
    threads: ReviewRecord['threads']
    finalPeriod: ReviewRecord['finalPeriod']
  }>(
    `select d.status, d.turn,
            coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind) order by t.created_at, t.id)
               from thread t where t.document_id = d.id and t.outcome is null and t.unsent_in is null
                and t.kind in ('blocking', 'concern')), '[]') as threads,
            (select jsonb_build_object('endsAt', ${instant('f.ends_at')}, 'by', ${personJson('p')})
               from final_period f join person p on p.id = f.announced_by where f.document_id = d.id) as "finalPeriod"
       from document d where d.id = $1`,
    [documentId],
  )
  const row = rows[0]
  if (!row) throw new Error('There is no such document.')
  // One after the other: inside a transaction there is one connection.
  const authors = await readAuthors(db, documentId)
  const reviewers = await readReviewers(db, documentId)
  const verdicts = await readVerdicts(db, documentId)
  return { documentId, ...row, authors, reviewers, verdicts }
}

/** People who are on record as having said something about a document. */
export const hasSpoken = (record: Pick<ReviewRecord, 'verdicts'>, personId: string): boolean =>
  record.verdicts.some(({ person }) => person.id === personId)

export const isAuthor = (record: Pick<ReviewRecord, 'authors'>, personId: PersonId | string): boolean =>
  record.authors.some(({ id }) => id === personId)
