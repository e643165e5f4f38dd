import { expect, test } from 'vitest'
import type { PersonId } from '../../../lib/id'
import { judgeOwnership, type Owner, type OwnershipInput } from '../../../lib/sync/ownership'

const ada = 'ada' as PersonId
const grace = 'grace' as PersonId
const owners = new Map<number, Owner>([
  [1, { kind: 'server' }],
  [10, { kind: 'person', personId: ada, claimedAt: 100 }],
  [20, { kind: 'person', personId: grace, claimedAt: 100 }],
  [21, { kind: 'person', personId: grace, claimedAt: 900 }],
])
const judge = (clients: number[], more: Partial<OwnershipInput> = {}) =>
  judgeOwnership({
    fresh: clients.map((client) => ({ client, from: 0, to: 1 })),
    message: 'step2',
    personId: ada,
    ownerOf: (client) => owners.get(client) ?? { kind: 'nobody' },
    isAnnounced: () => false,
    isSendersOwn: () => false,
    recovery: null,
    now: 1_000,
    ...more,
  })
const recovery = { claimedBefore: 500, until: 2_000, restoredUntil: null }

test('own ids and new ones are the sender’s', () => {
  expect(judge([])).toEqual({ kind: 'own', unclaimed: [] })
  expect(judge([10])).toEqual({ kind: 'own', unclaimed: [] })
  expect(judge([10, 99])).toEqual({ kind: 'own', unclaimed: [99] })
})

test('16: other people’s ids are not, in an update or a step 2', () => {
  expect(judge([10, 20])).toEqual({ kind: 'not_yours', foreign: [20] })
  expect(judge([20], { message: 'update', recovery })).toEqual({ kind: 'not_yours', foreign: [20] })
  expect(judge([1], { recovery })).toEqual({ kind: 'not_yours', foreign: [1] })
})

test('17: in a recovery a step 2 brings back ids that were claimed before it, while it lasts', () => {
  expect(judge([10, 20, 99], { recovery })).toEqual({ kind: 'relayed', unclaimed: [99], foreign: [20] })
  expect(judge([21], { recovery })).toEqual({ kind: 'not_yours', foreign: [21] })
  expect(judge([20, 21], { recovery })).toEqual({ kind: 'not_yours', foreign: [20, 21] })
  expect(judge([20], { recovery, now: 2_000 })).toEqual({ kind: 'not_yours', foreign: [20] })
})

test('17: whose owner is here is waited for', () => {
  expect(judge([20], { recovery, isAnnounced: (id) => id === 20 })).toEqual({ kind: 'wait', foreign: [20] })
})

test('after a restore, ids that nobody has are not whoever’s who brings their text, but the sender’s page’s are', () => {
  const restored = { recovery: { ...recovery, restoredUntil: 2_000 } }
  expect(judge([99], restored)).toEqual({ kind: 'relayed', unclaimed: [], foreign: [99] })
  const own = { ...restored, isSendersOwn: (client: number) => client === 99 }
  expect(judge([99], own)).toEqual({ kind: 'own', unclaimed: [99] })
  expect(judge([20, 98, 99], own)).toEqual({ kind: 'relayed', unclaimed: [99], foreign: [20, 98] })
  // What is typed now is the typist's; whoever is here is waited for; and a restore is over one day.
  expect(judge([99], { ...restored, message: 'update' })).toEqual({ kind: 'own', unclaimed: [99] })
  expect(judge([99], { ...restored, isAnnounced: () => true })).toEqual({ kind: 'wait', foreign: [99] })
  expect(judge([99], { ...restored, now: 2_000 })).toEqual({ kind: 'own', unclaimed: [99] })
})
