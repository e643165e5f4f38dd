import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ReviewAnswer, ReviewerAnswer, VerdictAnswer } from '../../lib/api-review'
import type { Status } from '../../lib/document'

/** Which window of the review is open. */
export type ReviewWindow =
  | { readonly kind: 'request' }
  | { readonly kind: 'submit' }
  | { readonly kind: 'decide' }
  | { readonly kind: 'move'; readonly to: Status }
  | { readonly kind: 'final_period' }
  | { readonly kind: 'log' }
  | { readonly kind: 'authors' }
  | { readonly kind: 'part'; readonly act: 'release' | 'step_aside' | 'hand_over'; readonly personId: string }

/** The page as a redline, in place of its text. */
export interface Comparison {
  readonly from: VerdictAnswer['version']
  /** Since when, in words: behind *Changed since*. */
  readonly since: string
  /** Only these; null: the whole document. */
  readonly sectionIds: readonly string[] | null
  /** It begins where the person who looks last did: they can mark it as read. */
  readonly mine: boolean
}

/** What of a review is open on this page. */
export interface ReviewDesk {
  readonly window: ReviewWindow | null
  readonly open: (window: ReviewWindow) => void
  readonly close: () => void
  readonly comparison: Comparison | null
  readonly compare: (comparison: Comparison | null) => void
  /** The page shows the text that the review which is being written is pinned to, in place of the text as it is. */
  readonly pinned: boolean
  readonly showPinned: (pinned: boolean) => void
}

/** What stands in place of the text. */
type Place = Comparison | 'pinned'

/** @param mine what changed for this person, as the page is opened: an address with `?review=changes` shows it. */
export function useReviewDesk(mine: ReviewAnswer['mine'] | null): ReviewDesk {
  const [window, setWindow] = useState<ReviewWindow | null>(null)
  const [place, setPlace] = useState<Place | null>(null)
  const [first] = useState(mine)
  useEffect(() => {
    const asked = new URLSearchParams(globalThis.location.search).get('review') === 'changes'
    if (asked && first?.base && first.changes.length > 0) setPlace(sinceILooked(first.base))
  }, [first])
  const close = useCallback(() => setWindow(null), [])
  return useMemo(
    () => ({
      window,
      open: setWindow,
      close,
      comparison: place === 'pinned' ? null : place,
      compare: setPlace,
      pinned: place === 'pinned',
      showPinned: (pinned) => setPlace(pinned ? 'pinned' : null),
    }),
    [window, close, place],
  )
}

/** What changed for the person who looks since they did last. */
export const sinceILooked = (base: VerdictAnswer['version']): Comparison => ({
  from: base,
  since: `you looked at version ${base.number}`,
  sectionIds: null,
  mine: true,
})

/**
 * What changed in somebody's scope since the text that their approval holds for: a condition that was met, or a word
 * that it still stands, has moved that on from the version that it was given on. Null: they have said nothing.
 */
export function sinceApproval(reviewer: ReviewerAnswer, personId: string): Comparison | null {
  const { person, verdict, sectionIds, changes } = reviewer
  if (!verdict) return null
  const mine = person.id === personId
  return {
    from: verdict.basis,
    since: `${mine ? 'your' : `${person.name}’s`} approval of version ${verdict.basis.number}`,
    // A scope brings what is under it; of that, what changed is to be seen.
    sectionIds: sectionIds && changes.map(({ sectionId }) => sectionId),
    mine,
  }
}
