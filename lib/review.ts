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
