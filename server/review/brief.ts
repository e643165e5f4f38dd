import type { ReviewBriefAnswer } from '../../lib/api-review'
import { parseDocumentId } from '../../lib/id'
import type { Person } from '../../lib/person'
import { decisive, type Turn, type VerdictKind } from '../../lib/review'
import { personJson } from '../access/person'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'

interface Row {
  document_id: string
  turn: Turn | null
  person: Person
  required: boolean
  /** The newest first. */
  verdicts: VerdictKind[]
}

/**
 * Who reviews each of these documents and what they last said, as a list shows it; documents without reviewers, and
 * those that the caller may not read, are left out. Whether the text has gone on since is not asked: it would have to
 * be read.
 */
export async function listReviewBriefs(
  db: Queryable,
  principal: Principal,
  documentIds: readonly string[],
): Promise<ReviewBriefAnswer[]> {
  const ids = documentIds.flatMap((id) => parseDocumentId(id) ?? [])
  if (ids.length === 0) return []
  const { rows } = await db.query<Row>(
    `select d.id as document_id, d.turn, ${personJson('p')} as person, r.required,
            array(select v.kind from verdict v
                  where v.document_id = r.document_id and v.person_id = r.person_id
                  order by v.seq desc) as verdicts
     from document_access a
     join document d on d.id = a.document_id and a.person_id = $1 and d.binned_at is null
     join reviewer r on r.document_id = d.id and r.state = 'asked'
     join person p on p.id = r.person_id
     where d.id = any($2::uuid[])
     order by d.id, r.required desc, r.asked_at, p.name`,
    [principal.personId, ids],
  )
  const briefs = new Map<string, ReviewBriefAnswer>()
  for (const { document_id: documentId, turn, person, required, verdicts } of rows) {
    const brief = briefs.get(documentId) ?? { documentId, turn, reviewers: [] }
    const verdict = decisive(verdicts.map((kind) => ({ kind })))?.kind ?? null
    brief.reviewers.push({ person, required, verdict })
    briefs.set(documentId, brief)
  }
  return [...briefs.values()]
}
