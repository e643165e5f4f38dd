import type { SectionChange } from '../../lib/content/substance'
import { decisive, type Missing, mayApprove, type Standing, standingOf } from '../../lib/review'
import type { Queryable } from '../db/open'
import { isAuthor, type ReviewerRow, type ReviewRecord, type VerdictRow, type VersionName } from './record'
import { changesBetween, substanceIn, type Text, versionText } from './text'

/** A reviewer, and what their verdict amounts to for one text. */
export interface Stand {
  readonly reviewer: ReviewerRow
  readonly verdict: VerdictRow | null
  readonly standing: Standing
  /** In their scope, since what their verdict holds for. */
  readonly changes: readonly SectionChange[]
}

/** Where a review stands for one text. */
export interface Assessment {
  readonly text: Text
  readonly stands: readonly Stand[]
  readonly missing: readonly Missing[]
}

export const verdictOf = (record: ReviewRecord, personId: string): VerdictRow | null =>
  decisive(record.verdicts.filter(({ person }) => person.id === personId))

/** What each reviewer's verdict amounts to for a text, and what is missing before it can be approved. */
export async function assess(db: Queryable, record: ReviewRecord, text: Text): Promise<Assessment> {
  const stands: Stand[] = []
  for (const reviewer of record.reviewers) {
    const verdict = verdictOf(record, reviewer.person.id)
    const changes = verdict ? await changesSince(db, verdict, text, reviewer.sectionIds) : []
    const said = verdict && {
      kind: verdict.kind,
      conditionsMet: verdict.conditions.every(({ met }) => met),
    }
    stands.push({ reviewer, verdict, standing: standingOf(said, changes.length > 0), changes })
  }
  const missing = mayApprove({
    reviewers: stands.map(({ reviewer, standing }) => ({
      personId: reviewer.person.id,
      required: reviewer.required,
      state: reviewer.state,
      standing,
      isAuthor: isAuthor(record, reviewer.person.id),
    })),
    threads: record.threads,
  })
  return { text, stands, missing }
}

/** Sections that changed in substance since what a verdict holds for, but those confirmed since. */
async function changesSince(
  db: Queryable,
  verdict: VerdictRow,
  text: Text,
  scope: readonly string[] | null,
): Promise<readonly SectionChange[]> {
  const changes = await changesBetween(versionText(db, verdict.basis.id), text, scope)
  return unconfirmed(db, verdict, text, changes)
}

async function unconfirmed(
  db: Queryable,
  verdict: VerdictRow,
  text: Text,
  changes: readonly SectionChange[],
): Promise<readonly SectionChange[]> {
  if (verdict.sections.length === 0) return changes
  const left: SectionChange[] = []
  for (const change of changes) {
    if (!(await isConfirmed(db, verdict, text, change.sectionId))) left.push(change)
  }
  return left
}

async function isConfirmed(db: Queryable, verdict: VerdictRow, text: Text, sectionId: string) {
  const confirmed = verdict.sections.find((section) => section.sectionId === sectionId)
  if (!confirmed) return false
  const then = await substanceIn(versionText(db, confirmed.version.id), sectionId)
  return then === (await substanceIn(text, sectionId))
}

/** What to do about the status of a document in review. */
export type Decision =
  /** The text as it is now is what was approved. */
  | { readonly kind: 'approved' }
  /** Nothing is missing for this version, and somebody has typed on since. */
  | { readonly kind: 'ready'; readonly version: VersionName; readonly changes: readonly SectionChange[] }
  | { readonly kind: 'missing' }

/**
 * Whether the text as it is now is the approved one, or an earlier version is. Approvals that stand may be about
 * parts alone, so that the newest text that any of them rests on is the one that was reviewed.
 */
export async function decide(db: Queryable, record: ReviewRecord, head: Assessment): Promise<Decision> {
  const newest = newestBasis(record)
  if (newest === null) return { kind: 'missing' }
  const typed = await typedSince(db, head, newest)
  if (head.missing.length === 0 && typed.length === 0) return { kind: 'approved' }
  for (const version of approvedOn(record)) {
    const { missing } = await assess(db, record, versionText(db, version.id))
    if (missing.length > 0) continue
    return {
      kind: 'ready',
      version,
      changes: await changesBetween(versionText(db, version.id), head.text, null),
    }
  }
  return { kind: 'missing' }
}

/** Changes of the whole text since a version, but those that an approver has confirmed. */
async function typedSince(db: Queryable, head: Assessment, since: VersionName) {
  let typed = await changesBetween(versionText(db, since.id), head.text, null)
  for (const { verdict, standing } of head.stands) {
    if (verdict !== null && standing === 'approved') typed = await unconfirmed(db, verdict, head.text, typed)
  }
  return typed
}

/** Approvals of those who are asked, whatever they amount to. */
function approvals(record: ReviewRecord): VerdictRow[] {
  return record.reviewers.flatMap(({ person, state }) => {
    const verdict = state === 'asked' ? verdictOf(record, person.id) : null
    return verdict?.kind === 'approve' || verdict?.kind === 'approve_if' ? [verdict] : []
  })
}

/** Versions that approvals were given on or confirmed for, the newest first. */
function approvedOn(record: ReviewRecord): VersionName[] {
  const all = approvals(record).flatMap(({ basis, sections }) => [
    basis,
    ...sections.map(({ version }) => version),
  ])
  return [...new Map(all.map((version) => [version.id, version])).values()].sort(newestFirst)
}

/** The newest version that an approval rests on as a whole; null: none was given. */
export const newestBasis = (record: ReviewRecord): VersionName | null =>
  approvals(record)
    .map(({ basis }) => basis)
    .sort(newestFirst)[0] ?? null

const newestFirst = (a: VersionName, b: VersionName) => b.number - a.number
