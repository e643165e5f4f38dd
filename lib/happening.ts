import type { Status } from './document'
import type { PersonId } from './id'
import type { Ending, Outcome } from './thread'

/**
 * What happened to a document that somebody may want to hear of. Written by the noun it happened to, in the same
 * transaction, and read later by the inbox: no noun knows who is told, or how. Unlike a live event it outlives
 * its moment: it is told once, however often the process ends in between.
 */
export type Happening =
  /** These people were asked to review; for those who were asked already, what they were asked for changed. */
  | { readonly type: 'review.asked'; readonly personIds: readonly PersonId[]; readonly dueAt: string | null }
  /** The authors have worked on it, and it is the reviewers' turn again. */
  | {
      readonly type: 'review.asked_again'
      readonly personIds: readonly PersonId[]
      /** What is new to those of them who have given a verdict. */
      readonly news?: readonly NewToReviewer[]
    }
  /** A verdict, with how many comments were sent along, at the same moment: one notice, not one for each. */
  | {
      readonly type: 'verdict.given'
      readonly verdictId: string
      readonly verdict: 'approve' | 'approve_if' | 'request_changes' | 'comment'
      readonly comments: number
    }
  /** A condition of this reviewer's approval was marked met by the owner. */
  | { readonly type: 'condition.met'; readonly threadId: string; readonly personId: PersonId }
  /** The owner released a reviewer; a reviewer stepped aside or handed over to another. */
  | { readonly type: 'reviewer.released'; readonly personId: PersonId; readonly reason: string }
  | { readonly type: 'reviewer.stepped_aside'; readonly personId: PersonId; readonly reason: string | null }
  | { readonly type: 'reviewer.handed_over'; readonly personId: PersonId; readonly toPersonId: PersonId }
  | {
      readonly type: 'status.moved'
      readonly from: Status
      readonly to: Status
      readonly reason: string | null
    }
  /** A final comment period was announced. */
  | { readonly type: 'final_period.announced'; readonly endsAt: string }
  /** What one person said outside a review; `mentions` are those it names who were not named there before. */
  | {
      readonly type: 'comment.added'
      readonly threadId: string
      readonly commentId: string
      readonly mentions: readonly PersonId[]
      /** It began the thread. */
      readonly isFirst: boolean
    }
  /** These people are named in a block of the text in which they were not named before. */
  | {
      readonly type: 'text.mentioned'
      readonly blockId: string
      readonly personIds: readonly PersonId[]
    }
  | {
      readonly type: 'thread.resolved'
      readonly threadId: string
      readonly outcome: Outcome
      /** None: it was settled like any other. */
      readonly how?: Ending
      /** Of what was overruled or declined. */
      readonly reason?: string
    }
  | { readonly type: 'thread.reopened'; readonly threadId: string }

/** What became of a document since its reviewer's last verdict, or since the text that it was confirmed for. */
export interface NewToReviewer {
  readonly personId: PersonId
  /** Sections in their scope that changed in substance. */
  readonly sections: number
  /** Threads that they have spoken in and that others have ended. */
  readonly threads: number
}
