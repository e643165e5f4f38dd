import type { Ability } from '../../lib/access'
import type { DocumentAnswer } from '../../lib/api'
import type { ThreadAnswer } from '../../lib/api-thread'
import { StatusLine } from '../document/status-line'
import { ReviewBar } from './review-bar'
import { ReviewLine } from './review-line'
import { StatusMenu } from './status-menu'
import type { Reviewing } from './use-reviewing'

export interface ReviewHeadProps {
  readonly document: DocumentAnswer
  readonly personId: string
  readonly abilities: ReadonlySet<Ability>
  readonly nowMs: number
  readonly reviewing: Reviewing
  readonly sectionName: (id: string) => string | null
  readonly threads: readonly ThreadAnswer[]
  readonly onThread: (threadId: string) => void
}

/** Under the title: the status line, and while it is in review the bar. */
export function ReviewHead(props: ReviewHeadProps) {
  const { document, personId, abilities, nowMs, reviewing, sectionName, threads, onThread } = props
  const { review, desk, movingDesk, actions, onAuthors } = reviewing
  const status = review?.status ?? document.status
  const inReview = review?.status === 'in_review'
  return (
    <>
      <StatusLine
        document={document}
        authors={review?.authors ?? []}
        onAuthors={onAuthors}
        status={
          <StatusMenu
            status={status}
            desk={desk}
            mayMove={movingDesk !== null}
            finalPeriod={inReview ? review.finalPeriod !== null : null}
            onEndFinalPeriod={() => void actions.endFinalPeriod()}
          />
        }
      >
        {review && (
          <ReviewLine
            review={review}
            nowMs={nowMs}
            onRequest={status === 'draft' && movingDesk ? () => desk.open({ kind: 'request' }) : null}
          />
        )}
      </StatusLine>
      {inReview && (
        <ReviewBar
          {...{ review, personId, abilities, nowMs, desk, actions, sectionName, threads, onThread }}
          isOwner={document.role === 'owner'}
        />
      )}
    </>
  )
}
