import type { ReviewAnswer } from '../../lib/api-review'
import { correctionRefusal, correctionSentences } from '../../lib/review'

type Size = { readonly isOwn: boolean; readonly blocks: number; readonly characters: number }

/** Why this person may not confirm a suggestion as a correction of approved text; null: they may. */
export function whyNoCorrection(
  { status, reviewers }: Pick<ReviewAnswer, 'status' | 'reviewers'>,
  personId: string,
  suggestion: Size,
): string | null {
  const isApprover = reviewers.some(
    ({ person, standing }) => person.id === personId && standing === 'approved',
  )
  const refusal =
    // What nobody may confirm is told first.
    correctionRefusal({ status, isApprover: true, suggestion: { ...suggestion, isOwn: false } }) ??
    correctionRefusal({ status, isApprover, suggestion })
  return refusal && correctionSentences[refusal]
}
