import type { Ability } from '../../lib/access'
import type { ReviewAnswer } from '../../lib/api-review'
import type { ThreadAnswer } from '../../lib/api-thread'
import { AuthorsDialog } from './authors-dialog'
import { DecideDialog } from './decide-dialog'
import { FinalPeriodDialog } from './final-period-dialog'
import { LogDialog } from './log-dialog'
import { MoveDialog } from './move-dialog'
import { PartDialog } from './part-dialog'
import { RequestDialog } from './request-dialog'
import type { ReviewDesk } from './review-desk'
import type { ScopeMenuProps } from './scope-menu'
import { SubmitDialog } from './submit-dialog'
import type { ReviewActions } from './use-review-actions'

export interface ReviewWindowsProps {
  readonly documentId: string
  readonly personId: string
  readonly review: ReviewAnswer
  readonly abilities: ReadonlySet<Ability>
  readonly desk: ReviewDesk
  readonly actions: ReviewActions
  readonly sections: ScopeMenuProps['sections']
  readonly threads: readonly ThreadAnswer[]
  /** Gathered and not sent yet. */
  readonly comments: number
  readonly onThread: (threadId: string) => void
  /** Shows what was typed since the review was begun. */
  readonly onSince: () => void
}

/** The windows of a review; fetched when the first is opened. */
export function ReviewWindows(props: ReviewWindowsProps) {
  const {
    documentId,
    personId,
    review,
    abilities,
    desk,
    actions,
    sections,
    threads,
    comments,
    onThread,
    onSince,
  } = props
  const { window, close } = desk
  if (!window) return null
  switch (window.kind) {
    case 'request':
      return <RequestDialog {...{ documentId, review, actions, abilities, sections }} onClose={close} />
    case 'submit':
      return review.mine.draft ? (
        <SubmitDialog
          draft={review.mine.draft}
          comments={comments}
          blocking={threads.filter(
            (thread) =>
              thread.kind === 'blocking' && thread.state === 'open' && thread.author.id === personId,
          )}
          actions={actions}
          onSince={() => {
            close()
            onSince()
          }}
          onClose={close}
        />
      ) : null
    case 'decide':
      return review.readyToApprove ? (
        <DecideDialog ready={review.readyToApprove} actions={actions} onClose={close} />
      ) : null
    case 'move':
      return (
        <MoveDialog
          {...{ documentId, review, actions, onThread }}
          to={window.to}
          onAskMore={() => desk.open({ kind: 'request' })}
          onClose={close}
        />
      )
    case 'final_period':
      return <FinalPeriodDialog actions={actions} onClose={close} />
    case 'authors':
      return <AuthorsDialog {...{ review, actions }} onClose={close} />
    case 'log':
      return <LogDialog documentId={documentId} onClose={close} />
    case 'part': {
      const reviewer = review.reviewers.find(({ person }) => person.id === window.personId)
      const taken = new Set(
        review.reviewers.filter(({ state }) => state === 'asked').map(({ person }) => person.id),
      )
      return reviewer ? (
        <PartDialog act={window.act} {...{ reviewer, taken, actions }} onClose={close} />
      ) : null
    }
  }
}
