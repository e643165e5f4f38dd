import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressKey, clientAddressHeader, failedCredentialCost, RateLimiter } from '../../server/http/limit'
import { type As, failureOf, World } from './world'

let world: World
let ada: As
beforeAll(async () => {
  world = await World.open({
    // So slow that no time that really passes counts.
    limits: { perAddress: { burst: 200, perSecond: 0.01 }, perPerson: { burst: 20, perSecond: 0.01 } },
  })
  ada = await world.token('ada')
})
afterAll(() => world.close())

const from = (address: string) => ({ headers: { [clientAddressHeader]: address } })
const me = (as: As, address: string) => world.call('getMe', as, from(address))

test('one person is slowed down, whatever credential and address they use; others are not', async () => {
  const browser = await world.browser('ada')
  for (let n = 0; n < 20; n++) expect((await me(n % 2 ? ada : browser, `10.0.0.${n}`)).status).toBe(200)
  const told = await me(ada, '10.0.1.1')
  expect(failureOf(told)).toBe('429 rate_limited')
  expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await me(await world.token('grace'), '10.0.1.1')).status).toBe(200)
  world.offsetMs += 500_000
  expect((await me(ada, '10.0.1.1')).status).toBe(200)
})

test('guessing at tokens is stopped soon, for that address alone', async () => {
  const guess = () => me({ token: `rat_${'B'.repeat(43)}` }, '10.9.9.9')
  let tries = 0
  while ((await guess()).status === 401) tries += 1
  expect(tries).toBeLessThanOrEqual(200 / failedCredentialCost)
  expect(failureOf(await guess())).toBe('429 rate_limited')
  expect((await me(await world.token('linus'), '10.9.9.8')).status).toBe(200)
})

test('a bucket fills at its rate and never above its size', () => {
  let now = 0
  const limiter = new RateLimiter({ burst: 2, perSecond: 1 }, () => now)
  expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([0, 0, 1_000])
  now = 500
  expect(limiter.take('a')).toBe(500)
  now = 1_000
  expect(limiter.take('a')).toBe(0)
  now = 1e9
  expect([limiter.take('a'), limiter.take('a'), limiter.take('a') > 0]).toEqual([0, 0, true])
  now = 0
  expect(limiter.take('a')).toBeGreaterThan(0)
})

test('memory is bounded: whoever was away longest is forgotten', () => {
  const limiter = new RateLimiter({ burst: 1, perSecond: 0.001 }, () => 0, 3)
  for (const key of ['a', 'b', 'c']) expect(limiter.take(key)).toBe(0)
  expect(limiter.take('a')).toBeGreaterThan(0)
  expect(limiter.take('d')).toBe(0)
  expect(limiter.take('a')).toBeGreaterThan(0)
  expect(limiter.take('b')).toBe(0)
})

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('the address %s counts as %s', (address, key) => {
  expect(addressKey(new Headers({ [clientAddressHeader]: address }))).toBe(key)
})
