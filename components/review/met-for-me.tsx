import type { ReviewAnswer } from '../../lib/api-review'
import { Banner } from '../ui/banner'
import { ConditionList, type ConditionListProps } from './condition-list'

export interface MetForMeProps extends Pick<ConditionListProps, 'threads' | 'actions' | 'onThread'> {
  readonly review: ReviewAnswer
  readonly personId: string
}

/** On approved text, for who approved it on conditions that somebody else holds met: the one click for *not met*. */
export function MetForMe({ review, personId, ...rest }: MetForMeProps) {
  const verdict = review.reviewers.find(({ person }) => person.id === personId)?.verdict
  // In review they stand in the bar.
  const isSettled = review.status === 'approved' || review.status === 'implemented'
  const isMetForMe = verdict?.conditions.some(({ met, metBy }) => met && metBy && metBy.id !== personId)
  if (!verdict || !isSettled || !isMetForMe) return null
  return (
    <Banner kind="info" title="Your approval had conditions that somebody else holds met.">
      <ConditionList verdict={verdict} isMine isOwner={false} {...rest} />
    </Banner>
  )
}
