import type { ReviewAnswer, SectionChangeAnswer } from '../../lib/api-review'
import { Button } from '../ui/button'
import { RedlineView } from '../version/redline-view'
import { myReviewer } from './my-part'
import type { Comparison } from './review-desk'
import { changedSectionWords } from './review-words'
import type { ReviewActions } from './use-review-actions'

export interface ComparisonViewProps {
  readonly documentId: string
  readonly personId: string
  readonly comparison: Comparison
  readonly review: ReviewAnswer
  readonly actions: ReviewActions
  readonly onClose: () => void
}

/** The page as a redline: what is different now, in place of the text. */
export function ComparisonView(props: ComparisonViewProps) {
  const { documentId, personId, comparison, review, actions, onClose } = props
  const changes: readonly SectionChangeAnswer[] = comparison.mine ? review.mine.changes : []
  const me = myReviewer(review, personId)
  const verdict = me?.standing === 'approved_changed' ? me.verdict : null
  const leave = () => onClose()
  return (
    <section aria-label="What changed" className="text-s [--redline-bar-top:104px]">
      <div className="sticky top-[52px] z-10 -mx-2 mb-4 border-line border-b bg-paper/95 px-2 py-2.5 backdrop-blur-[6px]">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <p className="min-w-0 flex-1 basis-60 text-ink-2">
            <span className="font-[600] text-ink">Changed since {comparison.since}.</span>{' '}
            {changes.length === 1 && changes[0] && `${changedSectionWords(changes[0])}.`}
          </p>
          <span className="flex flex-wrap items-center gap-1.5">
            <Button size="s" look="quiet" onClick={leave}>
              Back to the text
            </Button>
            {comparison.mine && changes.length > 0 && (
              <Button size="s" onClick={() => void actions.markAllRead().then(leave)}>
                Mark as read
              </Button>
            )}
            {comparison.mine && verdict && (
              <Button
                size="s"
                look="primary"
                onClick={() => void actions.stillStands(verdict.id, null).then(leave)}
              >
                Still stands
              </Button>
            )}
          </span>
        </div>
        {changes.length > 1 && (
          <ul aria-label="Changed sections" className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1">
            {changes.map((change) => (
              <li key={change.sectionId} className="flex items-baseline gap-1.5">
                {changedSectionWords(change)}
                {verdict && (
                  <button
                    type="button"
                    onClick={() => void actions.stillStands(verdict.id, [change.sectionId])}
                    className="text-accent text-xs hover:underline"
                  >
                    still stands
                  </button>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
      <RedlineView
        documentId={documentId}
        from={comparison.from.id}
        to="head"
        {...(comparison.sectionIds ? { sectionIds: comparison.sectionIds } : {})}
      />
    </section>
  )
}
