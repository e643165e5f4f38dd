import { expect, test } from 'vitest'
import { abilitiesOf, type Role } from '../../lib/access'
import { declineRefusal, stateOfSuggestion } from '../../lib/suggestion'

const as = (role: Role, personId = 'somebody') => ({
  personId,
  abilities: abilitiesOf({ role, scope: 'admin', phase: 'open' }),
})
const open = { authorId: 'linus', ended: false, accepted: false }

test('editors decline with a reason, its author takes it back without one, others do neither', () => {
  expect(declineRefusal(open, as('editor'), 'No.')).toBeNull()
  expect(declineRefusal(open, as('editor'), null)).toBe('reason_missing')
  expect(declineRefusal(open, as('commenter', 'linus'), null)).toBeNull()
  expect(declineRefusal(open, as('commenter'), 'No.')).toBe('not_yours')
})

test('what has ended is not declined once more, not by its author either', () => {
  expect(declineRefusal({ ...open, ended: true }, as('owner'), 'No.')).toBe('ended')
  expect(declineRefusal({ ...open, ended: true, accepted: true }, as('commenter', 'linus'), null)).toBe(
    'ended',
  )
})

test('it is open, accepted or declined', () => {
  expect(stateOfSuggestion({ ended: false, accepted: false })).toBe('open')
  expect(stateOfSuggestion({ ended: true, accepted: true })).toBe('accepted')
  expect(stateOfSuggestion({ ended: true, accepted: false })).toBe('declined')
})
