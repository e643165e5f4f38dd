import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonId } from '../../../lib/id'
import {
  readUnsubscribeToken,
  unsubscribeAddress,
  unsubscribeToken,
} from '../../../server/notify/unsubscribe-token'
import { failureOf, World } from '../../api/world'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

const pathOf = (kind: 'review_asked' | 'digest', personId: PersonId = world.ids.grace) =>
  new URL(unsubscribeAddress(world.runtime.authSecret, 'https://x.example', { personId, kind }).post).pathname
const oneClick = {
  raw: { type: 'application/x-www-form-urlencoded', data: 'List-Unsubscribe=One-Click' },
}
const settings = async () => (await world.call('getNoticeSettings', await world.token('grace'))).body

test('one POST turns off exactly that kind, without signing in, and as often as one likes', async () => {
  const before = await settings()
  for (let time = 0; time < 2; time++) {
    const told = await world.send('POST', pathOf('review_asked'), null, oneClick)
    expect([told.status, told.body]).toEqual([200, 'Turned off.\n'])
  }
  expect(await settings()).toEqual({ ...before, channels: { ...before.channels, review_asked: 'inbox' } })
  await world.send('POST', pathOf('digest'), null, oneClick)
  expect((await settings()).digest).toBe(false)
})

test('what its reader has turned off altogether meanwhile stays off', async () => {
  await world.call('putNoticeSettings', await world.token('grace'), {
    body: { channels: { review_asked: 'off' } },
  })
  await world.send('POST', pathOf('review_asked'), null, oneClick)
  expect((await settings()).channels.review_asked).toBe('off')
})

test('a link that is only looked at turns nothing off: it leads to a page that asks', async () => {
  await world.call('putNoticeSettings', await world.token('grace'), { body: { digest: true } })
  const told = await world.send('GET', pathOf('digest'), null)
  expect(told.status).toBe(303)
  expect(told.headers.get('location')).toMatch(/^\/unsubscribe\/[\w.-]+$/)
  expect((await settings()).digest).toBe(true)
  const pressed = await world.send('POST', pathOf('digest'), null, {
    raw: { type: 'application/x-www-form-urlencoded', data: 'from=page' },
  })
  expect([pressed.status, pressed.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(/^\/unsubscribe\/[\w.-]+\?done$/),
  ])
  expect((await settings()).digest).toBe(false)
})

test('a token that was changed, cut, or made with another secret opens nothing', async () => {
  const secret = world.runtime.authSecret
  const given = { personId: world.ids.grace, kind: 'mention' } as const
  const token = unsubscribeToken(secret, given)
  expect(readUnsubscribeToken(secret, token)).toEqual(given)
  const forged = [
    token.replace('mention', 'verdict'),
    token.replace(world.ids.grace, world.ids.ada),
    token.slice(0, -1),
    `${token}A`,
    `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`,
    unsubscribeToken('another secret of this length or more', given),
    '',
    '..',
    `${world.ids.grace}.mention.${'A'.repeat(43)}`,
    `${world.ids.grace}.constructor.${'A'.repeat(43)}`,
  ]
  for (const wrong of forged) {
    expect(`${wrong}: ${readUnsubscribeToken(secret, wrong)}`).toBe(`${wrong}: null`)
    if (wrong === '' || wrong === '..') continue
    const told = await world.send('POST', `/api/unsubscribe/${wrong}`, null, oneClick)
    expect(failureOf(told)).toBe('404 not_found')
  }
})
