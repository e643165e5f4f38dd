import { useCallback, useMemo, useState } from 'react'
import type { VerdictAnswer } from '../../lib/api-review'
import type { Status } from '../../lib/document'

/** Which window of the review is open. */
export type ReviewWindow =
  | { readonly kind: 'request' }
  | { readonly kind: 'submit' }
  | { readonly kind: 'decide' }
  | { readonly kind: 'move'; readonly to: Status }
  | { readonly kind: 'final_period' }
  | { readonly kind: 'log' }
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
}

export function useReviewDesk(): ReviewDesk {
  const [window, setWindow] = useState<ReviewWindow | null>(null)
  const [comparison, compare] = useState<Comparison | null>(null)
  const close = useCallback(() => setWindow(null), [])
  return useMemo(() => ({ window, open: setWindow, close, comparison, compare }), [window, close, comparison])
}
