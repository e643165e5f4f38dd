import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { GET } from '../../app/api/v1/events/route'
import { endSession } from '../../server/auth/session-store'
import { EventStreams } from '../../server/http/event-streams'
import { emit } from '../../server/live/outbox'
import { type Somebody, World } from './world'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

const open: AbortController[] = []
afterEach(() => {
  for (const hangUp of open.splice(0)) hangUp.abort()
})

/** A browser of somebody's that listens. */
async function listen(cookie: string) {
  const hangUp = new AbortController()
  open.push(hangUp)
  const request = new Request(`${world.runtime.config.origin}/api/v1/events`, {
    headers: { cookie },
    signal: hangUp.signal,
  })
  const response = await GET(request, { params: Promise.resolve({}) })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const until = async (fits: (text: string) => boolean): Promise<string> => {
    while (!fits(text)) {
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined }
      if (done) return `${text}END`
      text += value
    }
    return text
  }
  return {
    status: response.status,
    headers: response.headers,
    /** Resolves once it has heard this many events of a name, or the stream has ended. */
    hears: (event: string, times = 1) => until((heard) => heard.split(`event: ${event}\n`).length > times),
    ends: () => until(() => false),
    hangUp: () => hangUp.abort(),
    events: () => [...text.matchAll(/^event: (.+)$/gm)].map(([, name]) => name),
  }
}
const browser = async (name: Somebody) => (await world.browser(name)).cookie

test('each hears of their own inbox, and of documents that they may read', async () => {
  const [grace, linus] = [await listen(await browser('grace')), await listen(await browser('linus'))]
  expect(grace.status).toBe(200)
  expect(grace.headers.get('content-type')).toContain('text/event-stream')
  expect(grace.headers.get('cache-control')).toContain('no-transform')
  await Promise.all([grace.hears('open'), linus.hears('open')])
  const { id } = await world.document('grace', 'For grace alone')
  await emit(world.db, { type: 'document.changed', documentId: id })
  await grace.hears('document.changed')
  await emit(world.db, { type: 'inbox.changed', personId: world.ids.linus })
  await linus.hears('inbox.changed')
  expect(linus.events()).toEqual(['open', 'inbox.changed'])
  expect(grace.events()).not.toContain('inbox.changed')
})

test('a stream ends with its session, and no other does', async () => {
  const here = await world.browser('grace')
  const there = await listen(await browser('grace'))
  const stream = await listen(here.cookie)
  await stream.hears('open')
  await endSession(world.db, here.value)
  expect(await stream.ends()).toMatch(/END$/)
  await emit(world.db, { type: 'inbox.changed', personId: world.ids.grace })
  expect(await there.hears('inbox.changed')).not.toMatch(/END$/)
})

test('a person has so many and no more, and one that hung up makes room', async () => {
  const cookie = await browser('ada')
  const all = await Promise.all(Array.from({ length: 12 }, () => listen(cookie)))
  expect(all.every(({ status }) => status === 200)).toBe(true)
  expect((await listen(cookie)).status).toBe(429)
  expect((await listen(await browser('edsger'))).status).toBe(200)
  all[0]?.hangUp()
  expect((await listen(cookie)).status).toBe(200)
})

test('who reads nothing is ended when too much waits, and costs nothing any more', async () => {
  const slow = new EventStreams(world.runtime)
  const principal = { personId: world.ids.linus, credentialId: 's:1', expiresAt: null }
  const stream = slow.open(principal as Parameters<EventStreams['open']>[0], new AbortController().signal)
  expect(stream).not.toBeNull()
  expect(slow.size).toBe(1)
  for (let index = 0; index < 400; index++) {
    await emit(world.db, { type: 'inbox.changed', personId: world.ids.linus })
  }
  await expect.poll(() => slow.size).toBe(0)
  slow.end()
})

test('at the end all are ended, and none is opened', async () => {
  const own = new EventStreams(world.runtime)
  const principal = { personId: world.ids.linus, credentialId: 's:1', expiresAt: null } as Parameters<
    EventStreams['open']
  >[0]
  const stream = own.open(principal, new AbortController().signal)
  own.end()
  const reader = stream?.getReader()
  await reader?.read()
  expect((await reader?.read())?.done).toBe(true)
  expect(own.open(principal, new AbortController().signal)).toBeNull()
})
