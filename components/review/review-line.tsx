import { UserPlus } from 'lucide-react'
import type { ReviewAnswer } from '../../lib/api-review'
import { useNow } from '../ui/clock'
import { daysUntil, dueWords } from './due-words'
import { nextDue } from './my-part'
import { standingWords } from './review-words'
import { ReviewerFace } from './reviewer-face'

export interface ReviewLineProps {
  readonly review: ReviewAnswer
  /** The server's time when it rendered, in milliseconds since the epoch. */
  readonly nowMs: number
  /** Asks for the first review; null: this person may not, or it is under way. */
  readonly onRequest: (() => void) | null
}

/** Behind the status and the names: until when an answer is wanted, and the reviewers with what they said. */
export function ReviewLine({ review, nowMs, onRequest }: ReviewLineProps) {
  const now = new Date(useNow(nowMs))
  const due = review.status === 'in_review' ? nextDue(review) : null
  const reviewers = review.reviewers.filter(({ state }) => state === 'asked')
  const late = due !== null && daysUntil(new Date(due), now) < 0
  return (
    <>
      {due && (
        <span className={late ? 'text-blocking' : 'text-ink-3'} suppressHydrationWarning>
          {late ? 'was due ' : 'due '}
          <time dateTime={due}>{dueWords(new Date(due), now)}</time>
        </span>
      )}
      {reviewers.length > 0 && (
        <ul aria-label="Reviewers" className="flex items-center gap-1.5">
          {reviewers.map((reviewer) => (
            <li key={reviewer.person.id} title={`${reviewer.person.name} ${standingWords(reviewer)}`}>
              <ReviewerFace
                person={reviewer.person}
                standing={reviewer.standing}
                words={standingWords(reviewer)}
              />
            </li>
          ))}
        </ul>
      )}
      {onRequest && (
        <button
          type="button"
          onClick={onRequest}
          className="print:hidden -my-1 inline-flex min-h-7 items-center gap-1.5 rounded-s px-1.5 font-[550] text-accent transition-colors hover:bg-accent-soft pointer-coarse:min-h-10"
        >
          <UserPlus size={15} aria-hidden="true" />
          Request review
        </button>
      )}
    </>
  )
}
