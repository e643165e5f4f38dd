import { useEffect, useRef } from 'react'
import type { ReviewAnswer } from '../../lib/api-review'
import type { ReviewDesk } from './review-desk'

/** An address with `?review=changes` opens with what changed since I looked, where something did. */
export function useLinkedRedline(review: ReviewAnswer | null, desk: ReviewDesk): void {
  const followed = useRef(false)
  useEffect(() => {
    if (followed.current || !review) return
    followed.current = true
    if (new URLSearchParams(location.search).get('review') !== 'changes') return
    const { base, changes } = review.mine
    if (!base || changes.length === 0) return
    desk.compare({ from: base, since: `you looked at version ${base.number}`, sectionIds: null, mine: true })
  }, [review, desk])
}
