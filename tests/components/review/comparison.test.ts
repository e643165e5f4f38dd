import { expect, test } from 'vitest'
import { sinceApproval } from '../../../components/review/review-desk'
import { ada, aReviewer, aVerdict, grace } from './a-review'

const basis = { id: '00000000-0000-4000-8000-0000000000cc', number: 5, hash: 'b'.repeat(64) }
const verdict = { ...aVerdict(grace, 'approve_if'), basis }

test('what changed since an approval begins at the text that it holds for, not where it was given', () => {
  const shown = sinceApproval(aReviewer(grace, { standing: 'approved_changed', verdict }), ada.id)
  expect(verdict.version.number).toBe(2)
  expect(shown).toMatchObject({
    from: basis,
    since: 'Grace Hopper’s approval of version 5',
    sectionIds: null,
  })
  expect(shown?.mine).toBe(false)
})

test('of a scope only what changed in it is shown, what stands under its sections included', () => {
  const changes = [{ sectionId: 'below', title: 'Keys', change: 'changed' as const }]
  const shown = sinceApproval(aReviewer(grace, { verdict, sectionIds: ['model'], changes }), grace.id)
  expect(shown).toMatchObject({ sectionIds: ['below'], mine: true, since: 'your approval of version 5' })
})

test('who has said nothing has approved no text', () => {
  expect(sinceApproval(aReviewer(grace), ada.id)).toBeNull()
})
