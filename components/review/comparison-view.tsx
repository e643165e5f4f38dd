import { type CSSProperties, useEffect, useRef } from 'react'
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
  const heading = useRef<HTMLHeadingElement>(null)
  // What had the focus is beneath it: whoever reads by keyboard goes on here.
  useEffect(() => heading.current?.focus(), [])
  const me = myReviewer(review, personId)
  const verdict = me?.standing === 'approved_changed' ? me.verdict : null
  const mine = verdict ? (me?.changes ?? []) : review.mine.changes
  const changes: readonly SectionChangeAnswer[] = comparison.mine ? mine : []
  // What was confirmed already is not asked about again.
  const sectionIds =
    comparison.mine && verdict && changes.length > 0
      ? changes.map(({ sectionId }) => sectionId)
      : comparison.sectionIds
  const buttons = (
    <span className="flex flex-wrap items-center gap-1.5">
      <Button size="s" look="quiet" onClick={onClose}>
        Back to the text
      </Button>
      {comparison.mine && changes.length > 0 && (
        <Button size="s" onClick={() => void actions.markAllRead().then(onClose)}>
          Mark as read
        </Button>
      )}
      {comparison.mine && verdict && (
        <Button
          size="s"
          look="primary"
          onClick={() => void actions.stillStands(verdict.id, null).then(onClose)}
        >
          Still stands
        </Button>
      )}
    </span>
  )
  return (
    <section
      aria-label="What changed"
      className="mb-10 text-s"
      style={{ '--redline-bar-top': '52px' } as CSSProperties}
    >
      <h2 ref={heading} tabIndex={-1} className="font-[600] text-ink text-l outline-none">
        Changed since {comparison.since}
      </h2>
      {changes.length > 0 && (
        <ul aria-label="Changed sections" className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-ink-2">
          {changes.map((change) => (
            <li key={change.sectionId} className="flex items-baseline gap-1.5">
              {changedSectionWords(change)}
              {verdict && changes.length > 1 && (
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
      <div className="mt-3">
        <RedlineView
          documentId={documentId}
          from={comparison.from.id}
          to="head"
          sectionIds={sectionIds ?? undefined}
          actions={buttons}
        />
      </div>
    </section>
  )
}
