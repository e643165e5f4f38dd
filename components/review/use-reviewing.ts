import { useMemo } from 'react'
import type { Ability } from '../../lib/access'
import { toast } from '../ui/toast'
import { whyNoCorrection } from './correction'
import { myReviewer } from './my-part'
import { useReviewDesk } from './review-desk'
import { useLinkedRedline } from './use-linked-redline'
import { type ReviewInput, useReview } from './use-review'
import { useReviewActions } from './use-review-actions'

export interface ReviewingInput extends ReviewInput {
  readonly personId: string
  readonly abilities: ReadonlySet<Ability>
}

/** Everything about the review that the page around the text needs to know. */
export function useReviewing(input: ReviewingInput) {
  const { personId, abilities } = input
  const query = useReview(input)
  const actions = useReviewActions(input.documentId)
  const desk = useReviewDesk(input.first?.mine ?? null)
  const review = query.data ?? null
  useLinkedRedline(review, desk)
  return useMemo(() => {
    const asked =
      review?.status === 'in_review' && abilities.has('vote') && myReviewer(review, personId) !== null
    return {
      review,
      actions,
      desk,
      /** What of it counts for comments. */
      ofTalk: {
        draftId: review?.mine.draft?.id ?? null,
        isAsked: asked,
        correction:
          review && (review.status === 'approved' || review.status === 'implemented')
            ? {
                whyNot: (suggestion: Parameters<typeof whyNoCorrection>[2]) =>
                  whyNoCorrection(review, personId, suggestion),
                confirm: actions.correct,
              }
            : null,
      },
      /** Something else stands in place of the text. */
      covered: desk.comparison !== null || (desk.pinned && review?.mine.draft != null),
      /** Says who the authors are; null: that is for others to say. */
      onAuthors: review && abilities.has('overrule') ? () => desk.open({ kind: 'authors' }) : null,
      /** The desk, for whoever may ask for a review and move the status. */
      movingDesk: review && abilities.has('ask_review') ? desk : null,
      /** Marks a section as read, or takes the mark back. Null: this person is not asked to read. */
      toggleRead: asked
        ? (sectionId: string, name: string) => {
            const read = !review.mine.read.includes(sectionId)
            void actions
              .markRead(sectionId, read)
              .then(() => toast({ text: read ? `Marked as read: ${name}.` : `Not read any more: ${name}.` }))
          }
        : null,
    }
  }, [review, actions, desk, personId, abilities])
}

export type Reviewing = ReturnType<typeof useReviewing>
