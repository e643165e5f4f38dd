import { expect, test } from 'vitest'
import type { PersonId } from '../../lib/id'
import type { WantedClient } from '../../server/document/client-claim'
import { Claims } from '../../server/sync/claims'
import { ManualClock, settle } from '../support/clock'

const [ada, grace, linus] = ['ada', 'grace', 'linus'] as PersonId[] as [PersonId, PersonId, PersonId]

/** A database that answers when it is told to, or fails. */
function world() {
  const asked: { wanted: readonly WantedClient[]; answer: () => void; fail: () => void }[] = []
  const clock = new ManualClock()
  const claims = new Claims({
    timers: clock,
    known: [],
    read: async () => [],
    claim: (wanted) =>
      new Promise((resolve, reject) => {
        const answer = () => resolve(wanted.map((want) => ({ ...want, claimedAt: 0 })))
        asked.push({ wanted, answer, fail: () => reject(new Error('connect ECONNREFUSED')) })
      }),
    newIdsPerHour: 1_000,
  })
  return { asked, clock, claims }
}

test('34: claims that come while one is on its way go to the database together, and all hear of it', async () => {
  const { asked, claims } = world()
  const first = claims.claim([1], ada)
  await settle()
  const others = [claims.claim([2], grace), claims.claim([3, 4], linus)]
  await settle()
  expect(asked.map(({ wanted }) => wanted.map(({ clientId }) => clientId))).toEqual([[1]])
  asked[0]?.answer()
  await first
  expect(claims.ownerOf(1)).toMatchObject({ personId: ada })
  await settle()
  expect(asked[1]?.wanted).toEqual([
    { clientId: 2, personId: grace },
    { clientId: 3, personId: linus },
    { clientId: 4, personId: linus },
  ])
  asked[1]?.answer()
  await Promise.all(others)
  expect(claims.ownerOf(4)).toMatchObject({ personId: linus })
})

test('34: a database that is away keeps claims waiting, in their order, until it has said whose ids they are', async () => {
  const { asked, clock, claims } = world()
  let isDone = false
  const done = claims.claim([1], ada).then(() => {
    isDone = true
  })
  await settle()
  const next = claims.claim([2], grace)
  asked[0]?.fail()
  await clock.advance(500)
  expect(asked).toHaveLength(2)
  expect(isDone).toBe(false)
  expect(asked[1]?.wanted).toEqual(asked[0]?.wanted)
  asked[1]?.answer()
  await done
  await settle()
  asked[2]?.answer()
  await next
  expect(claims.ownerOf(2)).toMatchObject({ personId: grace })
})
