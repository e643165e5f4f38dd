import type { ReviewBriefAnswer } from '../../lib/api-review'
import type { Standing, VerdictKind } from '../../lib/review'
import { ReviewerFace } from '../review/reviewer-face'

/** What a verdict is, whether or not the text has gone on since: a list does not read texts. */
const said: Record<VerdictKind, { standing: Standing; words: string }> = {
  approve: { standing: 'approved', words: 'approved' },
  approve_if: { standing: 'conditional', words: 'approved on conditions' },
  request_changes: { standing: 'changes_requested', words: 'requested changes' },
  comment: { standing: 'commented', words: 'commented' },
}
const nothing: (typeof said)[VerdictKind] = { standing: 'waiting', words: 'has not answered yet' }

export interface ReviewerFacesProps {
  readonly reviewers: ReviewBriefAnswer['reviewers']
  /** How many stand side by side before the rest become a number. Default 3. */
  readonly most?: number
}

/** The reviewers of a document in a list, each with what they said. */
export function ReviewerFaces({ reviewers, most = 3 }: ReviewerFacesProps) {
  if (reviewers.length === 0) return null
  const shown = reviewers.length > most ? reviewers.slice(0, most - 1) : reviewers
  return (
    <span className="flex items-center gap-2">
      {shown.map(({ person, verdict }) => {
        const { standing, words } = verdict === null ? nothing : said[verdict]
        return (
          <span key={person.id} title={`${person.name} ${words}`} className="relative z-[1] grid">
            <ReviewerFace person={person} standing={standing} words={words} />
          </span>
        )
      })}
      {shown.length < reviewers.length && (
        <span className="text-ink-3 text-xs">
          +{reviewers.length - shown.length}
          <span className="sr-only"> more reviewers</span>
        </span>
      )}
    </span>
  )
}
