import type { ReviewAnswer, ReviewDraftAnswer, ReviewerAnswer, VerdictAnswer } from '../../lib/api-review'
import type { DocumentId, PersonId } from '../../lib/id'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Queryable } from '../db/open'
import { countUnsent } from '../thread/unsent'
import { readDrafts } from './draft-store'
import { readRead } from './read-store'
import { isAuthor, type ReviewRecord, readRecord, type VerdictRow, type VersionName } from './record'
import { readSeen } from './seen-store'
import { type Assessment, assess, decide, newestBasis, type Stand } from './standing'
import { readLastApproval, readLastReason, readPredecessors, readSuccessor } from './status-store'
import { changesBetween, headText, type Text, versionText } from './text'
import { unreadSections } from './unread'

/** Where the review of a document stands, for the caller. */
export async function getReview(db: Queryable, principal: Principal, access: Access): Promise<ReviewAnswer> {
  const { documentId } = access
  const { personId } = principal
  const record = await readRecord(db, documentId)
  const head = await assess(db, record, await headText(db, documentId))
  const drafts = await readDrafts(db, documentId)
  const { marks, unread } = await readMarks(db, record, head.text)
  const [writing, own] = [drafts.filter((one) => one.person.id !== personId), draftOf(drafts, personId)]
  return {
    documentId,
    status: record.status,
    turn: record.turn,
    authors: [...record.authors],
    reviewers: head.stands.map((stand) => presentReviewer(record, stand)),
    missing: head.missing.map((one) => ({
      reason: one.reason,
      person: record.reviewers.find(({ person }) => person.id === one.personId)?.person ?? null,
      threadId: one.threadId,
    })),
    readyToApprove: await readyToApprove(db, record, head),
    approved: await lastApproval(db, documentId, head.text),
    successor: await readSuccessor(db, documentId, personId),
    predecessors: await readPredecessors(db, documentId, personId),
    finalPeriod: record.finalPeriod,
    writing: writing.map(({ person }) => person),
    unreadSections: unread,
    reason: await readLastReason(db, documentId),
    mine: {
      draft: own && (await presentDraft(db, own, head.text)),
      ...(await sinceMyBase(db, record, personId, head.text)),
      read: marks.get(personId) ?? [],
    },
  }
}

/** Who was asked to review, and what each last said. */
export async function listReviewers(db: Queryable, access: Access): Promise<ReviewerAnswer[]> {
  const record = await readRecord(db, access.documentId)
  const head = await assess(db, record, await headText(db, access.documentId))
  return head.stands.map((stand) => presentReviewer(record, stand))
}

function presentReviewer(record: ReviewRecord, stand: Stand): ReviewerAnswer {
  const { reviewer, verdict, standing, changes } = stand
  const { askedVersion: _, sectionIds, ...shown } = reviewer
  return {
    ...shown,
    sectionIds: sectionIds && [...sectionIds],
    standing,
    verdict: verdict && presentVerdict(verdict),
    changes: [...changes],
    isAuthor: isAuthor(record, reviewer.person.id),
  }
}

export const presentVerdict = (row: VerdictRow): VerdictAnswer => ({
  id: row.id,
  person: row.person,
  kind: row.kind,
  version: row.version,
  basis: row.basis,
  wasNewest: row.wasNewest,
  body: row.body,
  conditions: row.conditions.map(({ threadId, met, metBy }) => ({ threadId, met, metBy })),
  at: row.at,
})

type DraftRow = Awaited<ReturnType<typeof readDrafts>>[number]

export const draftOf = (drafts: readonly DraftRow[], personId: PersonId): DraftRow | null =>
  drafts.find(({ person }) => person.id === personId) ?? null

export const presentDraft = async (
  db: Queryable,
  draft: DraftRow,
  head: Text,
): Promise<ReviewDraftAnswer> => ({
  id: draft.id,
  version: draft.version,
  startedAt: draft.startedAt,
  comments: await countUnsent(db, { draftId: draft.id }),
  changes: [...(await changesBetween(versionText(db, draft.version.id), head, null))],
})

async function readyToApprove(
  db: Queryable,
  record: ReviewRecord,
  head: Assessment,
): Promise<ReviewAnswer['readyToApprove']> {
  if (record.status !== 'in_review') return null
  const decision = await decide(db, record, head)
  if (decision.kind === 'ready') return { version: decision.version, changes: [...decision.changes] }
  // Opened again, and unchanged since: nobody has typed on, and nothing has come that would approve it by itself.
  const version = decision.kind === 'approved' ? newestBasis(record) : null
  return version && { version, changes: [] }
}

async function lastApproval(
  db: Queryable,
  documentId: DocumentId,
  head: Text,
): Promise<ReviewAnswer['approved']> {
  const approval = await readLastApproval(db, documentId)
  if (!approval) return null
  const changes = await changesBetween(versionText(db, approval.version.id), head, null)
  return { ...approval, changes: [...changes] }
}

/** What my redline begins at: my last verdict or what it was confirmed for, or what I marked as read since. */
export async function sinceMyBase(db: Queryable, record: ReviewRecord, personId: PersonId, head: Text) {
  const said = record.verdicts.filter(({ person }) => person.id === personId)
  const seen = await readSeen(db, record.documentId, personId)
  const bases = [...said.flatMap(({ version, basis }) => [version, basis]), ...(seen ? [seen] : [])]
  const base = bases.reduce<VersionName | null>(
    (newest, one) => (newest && newest.number >= one.number ? newest : one),
    null,
  )
  const scope = record.reviewers.find(({ person }) => person.id === personId)?.sectionIds ?? null
  return { base, changes: base ? [...(await changesBetween(versionText(db, base.id), head, scope))] : [] }
}

/** Sections that each has read, as they are now, and those that no reviewer has. */
async function readMarks(db: Queryable, record: ReviewRecord, head: Text) {
  const stored = await readRead(db, record.documentId)
  return unreadSections(head, stored, record)
}
