import { type Status, transitions } from './document'
import { listed } from './listed'

/**
 * What a review is: people who were asked, what each last said, and what that amounts to. Rules only; which
 * sections changed since is read from the text (`content/substance.ts`).
 */

export const verdicts = ['approve', 'approve_if', 'request_changes', 'comment'] as const
/** `approve_if`: an approval once its conditions, blocking threads sent along with it, are met. */
export type VerdictKind = (typeof verdicts)[number]

export const verdictNames: Record<VerdictKind, string> = {
  approve: 'Approve',
  approve_if: 'Approve if',
  request_changes: 'Request changes',
  comment: 'Comment',
}

export const turns = ['authors', 'reviewers'] as const
/** Whose turn it is, while a document is in review. */
export type Turn = (typeof turns)[number]

export const reviewerStates = ['asked', 'stepped_aside', 'handed_over', 'released'] as const
export type ReviewerState = (typeof reviewerStates)[number]

/** What a reviewer's last verdict amounts to for the text as it is now. */
export const standings = [
  /** Has said nothing yet. */
  'waiting',
  'approved',
  /** Approved; sections in their scope have changed in substance since. */
  'approved_changed',
  /** Approved on conditions that are not all met. */
  'conditional',
  'changes_requested',
  'commented',
] as const
export type Standing = (typeof standings)[number]

export const missingReasons = [
  /** No reviewer has been asked. */
  'no_reviewer',
  /** A required reviewer's approval does not stand. */
  'approval',
  /** Everybody whose approval stands is an author. */
  'not_an_author',
  /** A blocking thread is open. */
  'blocking_thread',
  /** A concern is open that nobody has answered. */
  'concern',
] as const
export type MissingReason = (typeof missingReasons)[number]

/** Longest text of a verdict and of a reason, in UTF-16 code units, after trimming. */
export const reviewLimits = { body: 20_000, reason: 2_000, reviewers: 50 } as const

/** Who said what, as far as it decides: comments leave what was said before as it stands. */
export interface SaidVerdict {
  readonly kind: VerdictKind
  /** Of `approve_if`: all of its conditions are met. */
  readonly conditionsMet: boolean
}

/**
 * The verdict that counts among all that one person gave, the newest first: the newest that is more than a comment,
 * else the newest. A remark made afterwards takes no approval back.
 */
export const decisive = <V extends { readonly kind: VerdictKind }>(newestFirst: readonly V[]): V | null =>
  newestFirst.find(({ kind }) => kind !== 'comment') ?? newestFirst[0] ?? null

/** @param changed sections in the reviewer's scope have changed in substance since. */
export function standingOf(verdict: SaidVerdict | null, changed: boolean): Standing {
  if (verdict === null) return 'waiting'
  switch (verdict.kind) {
    case 'request_changes':
      return 'changes_requested'
    case 'comment':
      return 'commented'
    case 'approve_if':
      if (!verdict.conditionsMet) return 'conditional'
      return changed ? 'approved_changed' : 'approved'
    case 'approve':
      return changed ? 'approved_changed' : 'approved'
  }
}

export interface ReviewerFacts {
  readonly personId: string
  readonly required: boolean
  readonly state: ReviewerState
  readonly standing: Standing
  readonly isAuthor: boolean
}

export interface ApprovalFacts {
  readonly reviewers: readonly ReviewerFacts[]
  /** Threads that are open. */
  readonly threads: readonly { readonly id: string; readonly kind: string }[]
}

export interface Missing {
  readonly reason: MissingReason
  readonly personId: string | null
  readonly threadId: string | null
}

/** What is missing before the text that the standings are about can be approved; empty: nothing. */
export function mayApprove({ reviewers, threads }: ApprovalFacts): Missing[] {
  const asked = reviewers.filter(({ state }) => state === 'asked')
  const missing: Missing[] = []
  const add = (reason: MissingReason, of: { personId?: string; threadId?: string } = {}) =>
    missing.push({ reason, personId: of.personId ?? null, threadId: of.threadId ?? null })
  if (asked.length === 0) add('no_reviewer')
  const approving = asked.filter(({ standing }) => standing === 'approved')
  for (const { personId, required, standing } of asked) {
    if (required && standing !== 'approved') add('approval', { personId })
  }
  // Said only where it is the point: without any approval, that approvals are missing says it all.
  if (asked.length > 0 && approving.every(({ isAuthor }) => isAuthor)) {
    const isSaid = missing.some(({ personId }) =>
      reviewers.some((r) => r.personId === personId && !r.isAuthor),
    )
    if (!isSaid) add('not_an_author')
  }
  for (const { id, kind } of threads) {
    if (kind === 'blocking') add('blocking_thread', { threadId: id })
    if (kind === 'concern') add('concern', { threadId: id })
  }
  return missing
}

/** Whose turn it is once somebody has given this verdict. */
export function turnAfter(
  verdict: VerdictKind,
  before: Turn,
  reviewers: readonly Pick<ReviewerFacts, 'required' | 'state' | 'standing'>[],
): Turn {
  if (verdict === 'request_changes' || verdict === 'approve_if') return 'authors'
  const awaited = reviewers.filter(({ required, state }) => required && state === 'asked')
  const isAnybodyAwaited = awaited.some(
    ({ standing }) => standing === 'waiting' || standing === 'approved_changed',
  )
  return isAnybodyAwaited ? before : 'authors'
}

/** A review as far as one sentence tells it. */
export interface ReviewInBrief {
  readonly reviewers: readonly {
    readonly person: { readonly name: string }
    readonly required: boolean
    readonly state: ReviewerState
    readonly standing: Standing
    readonly changes: readonly unknown[]
  }[]
  readonly missing: readonly { readonly reason: MissingReason }[]
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`
/** `Grace`, of `Grace Hopper`. */
const shortName = ({ person }: { person: { name: string } }): string =>
  person.name.split(' ')[0] ?? person.name

/** Where a review stands, for the bar: *2 of 3 approved, Linus requested changes, 1 blocking thread*. */
export function sentenceOfReview(review: ReviewInBrief): string {
  const asked = review.reviewers.filter(({ state }) => state === 'asked')
  if (asked.length === 0) return 'Nobody is asked to review this'
  const by = (standing: Standing) => asked.filter((one) => one.standing === standing)
  const approved = by('approved')
  // Nobody waits for who is invited: they count once they have approved.
  const required = asked.filter((one) => one.required)
  const awaited =
    required.length === 0 ? asked : asked.filter((one) => one.required || approved.includes(one))
  const parts: string[] = []
  if (by('waiting').length === asked.length) parts.push(`Waiting for ${listed(awaited.map(shortName))}`)
  else parts.push(`${approved.length} of ${awaited.length} approved`)
  for (const one of by('approved_changed')) {
    parts.push(`${counted(one.changes.length, 'section')} changed since ${shortName(one)} approved`)
  }
  const names = (standing: Standing) => listed(by(standing).map(shortName))
  if (by('conditional').length > 0) parts.push(`${names('conditional')} approved on conditions`)
  if (by('changes_requested').length > 0) parts.push(`${names('changes_requested')} requested changes`)
  const open = (reason: MissingReason) => review.missing.filter((one) => one.reason === reason).length
  const [blocking, concerns] = [open('blocking_thread'), open('concern')]
  if (blocking > 0) parts.push(counted(blocking, 'blocking thread'))
  if (concerns > 0) parts.push(counted(concerns, 'open concern'))
  if (open('not_an_author') > 0) parts.push('an approval by somebody who is not an author is missing')
  return parts.join(', ')
}

/** What a move of the status has to say; null: nothing is missing. */
export type MoveRefusal =
  | 'transition'
  | 'no_reviewer'
  | 'reason_missing'
  | 'successor_missing'
  | 'link_missing'

/** What was said along with a move of the status. */
export interface MoveGiven {
  readonly reason: string | null
  readonly successorId: string | null
  readonly link: string | null
  readonly noLinkBecause: string | null
}

/**
 * Why a status may not move so; null: it may, as far as status and words go. Whether a document may be approved is
 * said by `mayApprove`.
 */
export function moveRefusal(
  from: Status,
  to: Status,
  given: MoveGiven,
  reviewers: number,
): MoveRefusal | null {
  if (!transitions[from].includes(to)) return 'transition'
  if (asksReason(from, to) && given.reason === null) return 'reason_missing'
  if (to === 'in_review' && reviewers === 0) return 'no_reviewer'
  if (to === 'superseded' && given.successorId === null) return 'successor_missing'
  if (to === 'implemented' && given.link === null && given.noLinkBecause === null) return 'link_missing'
  return null
}

/** True for the moves that take a reason: to abandon and back, and to open again what was approved. */
export const asksReason = (from: Status, to: Status): boolean =>
  to === 'abandoned' || from === 'abandoned' || (to === 'in_review' && from !== 'draft')

/** How much a correction touches at most: in UTF-16 code units of the longer of old and new text. */
export const correctionMax = 200

export type CorrectionRefusal = 'not_approved' | 'not_an_approver' | 'own' | 'no_suggestion' | 'not_small'

/** Why a suggestion may not be confirmed as a correction of approved text; null: it may. */
export function correctionRefusal(given: {
  readonly status: Status
  /** The approval of whoever confirms it stands. */
  readonly isApprover: boolean
  /** Null: it is none. `unknown`: it was not looked at yet. */
  readonly suggestion:
    | { readonly isOwn: boolean; readonly blocks: number; readonly characters: number }
    | null
    | 'unknown'
}): CorrectionRefusal | null {
  const { status, isApprover, suggestion } = given
  if (status !== 'approved' && status !== 'implemented') return 'not_approved'
  if (!isApprover) return 'not_an_approver'
  if (suggestion === 'unknown') return null
  if (suggestion === null) return 'no_suggestion'
  if (suggestion.isOwn) return 'own'
  return suggestion.blocks > 1 || suggestion.characters > correctionMax ? 'not_small' : null
}

/** Why it may not, said to a person. */
export const correctionSentences: Record<CorrectionRefusal, string> = {
  not_approved: 'Only approved text is corrected. Accept the suggestion instead.',
  not_an_approver: 'A correction is confirmed by somebody who approved the text.',
  own: 'A correction is confirmed by somebody other than its author.',
  no_suggestion: 'This thread proposes no change.',
  not_small: 'This is more than a correction. Open the document again and ask for a review.',
}
