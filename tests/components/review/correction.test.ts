import { expect, test } from 'vitest'
import { whyNoCorrection } from '../../../components/review/correction'
import { correctionMax, correctionSentences } from '../../../lib/review'
import { ada, aReview, aReviewer, grace, linus } from './a-review'

const approved = aReview({
  status: 'approved',
  reviewers: [aReviewer(grace, { standing: 'approved' }), aReviewer(linus, { standing: 'commented' })],
})
const small = { isOwn: false, blocks: 1, characters: 4 }

test('who approved the text confirms a small suggestion of somebody else; the others are told why they may not', () => {
  expect(whyNoCorrection(approved, grace.id, small)).toBeNull()
  expect(whyNoCorrection(approved, grace.id, { ...small, isOwn: true })).toBe(correctionSentences.own)
  expect(whyNoCorrection(approved, ada.id, small)).toBe(correctionSentences.not_an_approver)
  expect(whyNoCorrection(approved, linus.id, small)).toBe(correctionSentences.not_an_approver)
})

test('what nobody may confirm is said to everybody', () => {
  const long = { ...small, characters: correctionMax + 1 }
  for (const person of [ada, grace, linus]) {
    expect(whyNoCorrection(approved, person.id, long)).toBe(correctionSentences.not_small)
  }
})
