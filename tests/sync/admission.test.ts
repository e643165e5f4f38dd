import { afterAll, beforeAll, expect, test } from 'vitest'
import { schemaVersion } from '../../lib/content/schema'
import { encodeAwareness } from '../../lib/sync/message'
import { digest } from '../../server/auth/secret'
import { issueTicket } from '../../server/auth/ticket'
import { bearer, Office, type RawSocket } from './wire'

let office: Office
beforeAll(async () => {
  office = await Office.open()
})
afterAll(() => office.close())

test('1: a foreign origin is refused over HTTP, with a cookie and without', async () => {
  const path = `/collab/${await office.document()}`
  const evil = 'https://evil.example'
  await expect(office.site.raw(path, { origin: evil, cookie: 'session=x' })).rejects.toThrow('HTTP 403')
  await expect(office.site.raw(path, { origin: evil })).rejects.toThrow('HTTP 403')
  await expect(office.site.raw(path, { cookie: 'session=x' })).rejects.toThrow('HTTP 403')
  await expect(office.site.raw('/elsewhere', bearer(office.ada))).rejects.toThrow('HTTP 404')
  expect(JSON.stringify(office.site.logged)).not.toContain('session=x')
})

test('1: a session with an allowed origin comes in', async () => {
  const browser = await office.signIn(office.ada, 'ada-cookie')
  const socket = await office.site.raw(`/collab/${await office.document()}`, browser)
  expect((await socket.next('step1')).type).toBe('step1')
  socket.close()
})

test.each([
  ['nothing', {}],
  ['an unknown token', { authorization: 'Bearer rat_unknown' }],
])('2: %s is upgraded and closed with 4401', async (_, headers) => {
  const socket = await office.site.raw(`/collab/${await office.document()}`, headers)
  expect(await socket.closed).toEqual([4401, 'unauthenticated'])
})

test('2: a page of one person that comes with the cookie of another is closed with 4401', async () => {
  const browser = await office.signIn(office.ada, 'ada-shared-cookie')
  const id = await office.document()
  const another = '00000000-0000-4000-8000-000000000009'
  const foreign = await office.site.raw(`/collab/${id}?person=${another}`, browser)
  expect(await foreign.closed).toEqual([4401, 'unauthenticated'])
  const own = await office.site.raw(`/collab/${id}?person=${office.ada.id}`, browser)
  expect((await own.next('step1')).type).toBe('step1')
  own.close()
})

test('1: an address that connects too often is answered 429, sooner when what it shows opens nothing, and no other', async () => {
  const small = await Office.open({ connectBurst: 50, connectsPerSecond: 0.001 })
  const path = `/collab/${await small.document()}`
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const good = async (address: string) => {
    const socket = await small.site.raw(path, { ...bearer(small.ada), ...from(address) })
    await socket.next('step1')
    socket.close()
    await socket.closed
  }
  // A company behind one address: everybody comes in.
  for (let i = 0; i < 50; i++) await good('192.0.2.1')
  await expect(good('192.0.2.1')).rejects.toThrow('HTTP 429')
  // Somebody who guesses: twice 21, and one token that stands.
  for (let i = 0; i < 2; i++) {
    const guess = { authorization: `Bearer rat_${i}`, ...from('2001:db8::1') }
    expect(await (await small.site.raw(path, guess)).closed).toEqual([4401, 'unauthenticated'])
  }
  for (let i = 0; i < 8; i++) await good('2001:db8::2')
  await expect(good('2001:db8::3')).rejects.toThrow('HTTP 429')
  await good('2001:db8:0:1::1')
  await small.close()
})

test('2: an expired session and an expired ticket are closed with 4401', async () => {
  const id = await office.document()
  await office.pool.query(
    `insert into session (token_hash, person_id, expires_at) values ($1, $2, now() - interval '1 s')`,
    [digest('old-cookie'), office.ada.id],
  )
  const byCookie = await office.site.raw(`/collab/${id}`, {
    origin: office.site.origin,
    cookie: 'session=old-cookie',
  })
  expect((await byCookie.closed)[0]).toBe(4401)
  const principal = {
    personId: office.ada.id,
    scope: 'write',
    credentialId: `t:${office.ada.tokenId}`,
  } as never
  const { ticket } = await issueTicket(office.pool, principal, { documentId: id, now: Date.now() - 61_000 })
  expect((await (await office.site.raw(`/collab/${id}?ticket=${ticket}`)).closed)[0]).toBe(4401)
})

test('2: unknown, forbidden and impossible documents are closed with 4404 alike', async () => {
  const stranger = await office.site.person('stranger')
  for (const name of [
    await office.document(),
    '3b0e8f0a-1d3e-4b57-9f57-0d8f3a5d1c11',
    'no-id',
    '%00',
    '..',
  ]) {
    const ended = (await office.site
      .raw(`/collab/${name}`, bearer(stranger))
      .catch((error) => error)) as RawSocket
    if (name === '..') expect(ended).toMatchObject({ message: 'HTTP 404' })
    else expect(await ended.closed).toEqual([4404, 'not_found'])
  }
})

test.each(['0', String(schemaVersion + 1), 'x'])(
  '3: schema=%s is closed with 4426 before anything is sent',
  async (schema) => {
    const socket = await office.site.raw(
      `/collab/${await office.document()}?schema=${schema}`,
      bearer(office.ada),
    )
    expect(await socket.closed).toEqual([4426, 'outdated'])
    expect(socket.messages).toEqual([])
  },
)

test('4: more than 64 messages, or 1 MiB, before the judgement are closed with 4529', async () => {
  const path = `/collab/${await office.document()}`
  // The judge asks for the token, and waits for as long as somebody else has the table.
  const holder = await office.pool.connect()
  await holder.query('begin')
  await holder.query('lock table token in access exclusive mode')
  try {
    for (const frames of [Array(80).fill(encodeAwareness([])), [new Uint8Array(1_200_000)]]) {
      const socket = await office.site.raw(path, bearer(office.ada))
      socket.send(...frames)
      expect([4529, 1006]).toContain((await socket.closed)[0])
    }
  } finally {
    await holder.query('rollback')
    holder.release()
  }
})

test('6: a document whose body is damaged is closed with 1013, never shown empty', async () => {
  const id = await office.document()
  await office.pool.query('delete from document_update where document_id = $1', [id])
  const socket = await office.site.raw(`/collab/${id}`, bearer(office.ada))
  expect(await socket.closed).toEqual([1013, 'unavailable'])
  expect(socket.messages).toEqual([])
})

test('1: a server that is full, or stopping, refuses over HTTP', async () => {
  const small = await Office.open({ maxSockets: 1 })
  const path = `/collab/${await small.document()}`
  const first = await small.site.raw(path, bearer(small.ada))
  await first.next('step1')
  await expect(small.site.raw(path, bearer(small.grace))).rejects.toThrow('HTTP 503')
  const drained = small.site.sync.drain()
  await expect(small.site.raw(path, bearer(small.grace))).rejects.toThrow('HTTP 503')
  expect(await first.closed).toEqual([1012, 'restarting'])
  await drained
  await small.close()
})
