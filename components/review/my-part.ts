import type { Ability } from '../../lib/access'
import type { ReviewAnswer, ReviewerAnswer } from '../../lib/api-review'

/** What the bar offers first: one thing, and only to whom it falls. */
export type NextStep =
  /** Begin a review. */
  | 'start'
  /** My approval was overtaken by edits: look, and say whether it stands. */
  | 'look'
  /** Everything is there, and the text has gone on: choose. */
  | 'decide'
  /** It is the authors' turn: give it back to the reviewers. */
  | 'ask_again'

/** The caller among the reviewers; null: they were not asked, or have left. */
export function myReviewer(review: ReviewAnswer, personId: string): ReviewerAnswer | null {
  return review.reviewers.find((one) => one.person.id === personId && one.state === 'asked') ?? null
}

/** What this person should do next, or null when it is not for them to do anything. */
export function nextStep(
  review: ReviewAnswer,
  personId: string,
  abilities: ReadonlySet<Ability>,
): NextStep | null {
  if (review.status !== 'in_review') return null
  if (review.readyToApprove && abilities.has('ask_review')) return 'decide'
  const me = myReviewer(review, personId)
  if (me && abilities.has('vote') && review.mine.draft === null) {
    if (me.standing === 'approved_changed') return 'look'
    if (me.standing === 'waiting') return 'start'
    if (review.turn === 'reviewers' && me.standing !== 'approved') return 'start'
  }
  if (review.turn === 'authors' && abilities.has('ask_review')) return 'ask_again'
  return null
}

/** A review can be begun by whoever was asked, at any time. */
export const mayStart = (review: ReviewAnswer, personId: string, abilities: ReadonlySet<Ability>): boolean =>
  review.status === 'in_review' &&
  abilities.has('vote') &&
  review.mine.draft === null &&
  myReviewer(review, personId) !== null

/** Whoever spoke is released, never just taken off the list. */
export const hasSpoken = (reviewer: ReviewerAnswer): boolean => reviewer.verdict !== null

/** The date by which an answer is wanted first, of those who have not answered; null: there is none. */
export function nextDue(review: ReviewAnswer): string | null {
  const open = review.reviewers.filter(
    ({ state, standing, dueAt }) => state === 'asked' && standing === 'waiting' && dueAt !== null,
  )
  return open.map(({ dueAt }) => dueAt as string).sort()[0] ?? null
}
