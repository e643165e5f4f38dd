import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RouteName, routes } from '../../lib/api'
import type { Route } from '../../lib/api-route'
import { openPool } from '../../server/db/open'
import { maxJsonBytes } from '../../server/http/parse'
import { setRuntime } from '../../server/runtime'
import { onInboxSelf } from './matrix/inbox'
import { onDocument } from './matrix/on-documents'
import { type As, failureOf, type Input, World } from './world'

let world: World
let ada: As
let id: string
beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
  id = (await world.document('ada', 'Untouched')).id
})
afterAll(() => world.close())

/** Everything that a request could change. */
const state = async () =>
  JSON.stringify(
    (
      await world.db.query(
        `select (select count(*) from document) as documents, (select count(*) from document_member) as members,
                (select count(*) from document_update) as updates,
                (select to_jsonb(d) from document d where id = $1) as document`,
        [id],
      )
    ).rows,
  )

async function refused(expected: string, call: () => ReturnType<World['call']>): Promise<string> {
  const before = await state()
  const told = await call()
  expect(failureOf(told)).toBe(expected)
  expect(await state()).toBe(before)
  const [status, code] = expected.split(' ')
  expect(world.lineOf(told)).toMatchObject({ status: Number(status), code })
  return told.body.error.message
}

const create = (body: unknown) => world.call('createDocument', ada, { body })
const createRaw = (data: BodyInit, type = 'application/json') =>
  world.call('createDocument', ada, { raw: { type, data } })

test('a NUL in a title is refused, and says what to do', async () => {
  const message = await refused('400 invalid', () => create({ title: 'Pay\u0000ments' }))
  expect(message).toMatch(/NUL/)
  await refused('400 invalid', () =>
    world.call('updateDocument', ada, { params: { id }, body: { title: '\u0000' } }),
  )
  await refused('400 invalid', () => world.call('listDocuments', ada, { query: { q: 'a\u0000b' } }))
})

test.each([
  ['empty', ''],
  ['white space', ' \n\t\u00A0'],
  ['201 characters', 'x'.repeat(201)],
  ['a control character', 'a\u0007b'],
  ['an override', 'a\u202Eb'],
  ['an isolate', 'a\u2066b'],
  ['a joiner alone', '\u200B\u2060'],
  ['a blank that is no space', '\u2800'],
  ['a filler', '\u3164'],
])('a title that is or has %s is refused', async (_what, title) => {
  await refused('400 invalid', () => create({ title }))
})

test('a title with half a character is refused', async () => {
  await refused('400 invalid', () => createRaw('{"title":"a\\ud800b"}'))
})

test('a title may hold any language, emoji and markup, and comes back as it was', async () => {
  for (const title of [
    'Zahlungen — 支付 — الدفع',
    '👩‍👩‍👧‍👦 family',
    '<script>alert(1)</script>',
    `"';--`,
    '%00',
  ]) {
    const made = await create({ title })
    expect(made.body.title).toBe(title)
    const found = await world.call('getDocument', ada, { params: { id: made.body.id } })
    expect(found.body.title).toBe(title)
  }
})

test.each<[string, unknown]>([
  ['a number for a title', { title: 7 }],
  ['null for a title', { title: null }],
  ['an array for a title', { title: ['a'] }],
  ['an object for a title', { title: { toString: 'a' } }],
  ['no title', {}],
  ['an array', []],
  ['a string', 'title'],
  ['null', null],
  ['an unknown template', { title: 'x', templateKey: 'nothing' }],
  ['a template of the prototype', { title: 'x', templateKey: '__proto__' }],
])('%s is refused', async (_what, body) => {
  await refused('400 invalid', () => create(body))
})

test('no column of a document can be set by naming it', async () => {
  const { rows } = await world.db.query(
    "select column_name as name from information_schema.columns where table_name = 'document'",
  )
  expect(rows.length).toBeGreaterThan(10)
  for (const { name } of rows) {
    if (name === 'title') continue
    const message = await refused('400 invalid', () =>
      world.call('updateDocument', ada, { params: { id }, body: { title: 'Changed', [name]: 'x' } }),
    )
    expect(message).toContain(name)
  }
  for (const name of ['ownerId', 'role', '__proto__', 'constructor', 'documentId']) {
    const raw = `{"title":"Changed","${name}":{"admin":true}}`
    await refused('400 invalid', () =>
      world.call('updateDocument', ada, { params: { id }, raw: { type: 'application/json', data: raw } }),
    )
  }
})

test.each([
  ['no JSON', 'title=x'],
  ['half of it', '{"title":"x"'],
  ['nothing', ''],
  ['a name twice', '{"title":"a","title":"b"}'],
  ['a name twice, once escaped', '{"title":"a","\\u0074itle":"b"}'],
  ['arrays 20,000 deep', '['.repeat(20_000) + ']'.repeat(20_000)],
  ['objects 20,000 deep', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ['brackets that never close', '['.repeat(200_000)],
])('JSON that is %s is refused', async (_what, data) => {
  await refused('400 invalid', () => createRaw(data))
})

// Looking for its end behind each of its quotes took 28 s, in which nobody else was answered.
test('JSON of 256 KB that is one string without an end is refused at once', { timeout: 10_000 }, async () => {
  const quotes = '\\"'.repeat(maxJsonBytes / 2 - 1)
  for (const end of ['', '\\']) await refused('400 invalid', () => createRaw(`"${quotes}${end}`))
})

test('JSON that is no UTF-8 is refused', async () => {
  await refused('400 invalid', () => createRaw(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d])))
})

test('a megabyte of JSON is refused with the limit, however it comes', async () => {
  const message = await refused('413 too_large', () => create({ title: 'x'.repeat(1024 * 1024) }))
  expect(message).toContain('256 KB')
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536).fill(0x20)),
  })
  await refused('413 too_large', () => createRaw(endless))
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
  'a body as "%s" is refused',
  async (type) => {
    await refused('415 unsupported_media', () => createRaw(new TextEncoder().encode('{"title":"x"}'), type))
  },
)

const hostile = [
  '..',
  '../me',
  '..%2f..%2fme',
  '/etc/passwd',
  '%2e%2e',
  "' or 1=1 --",
  '0',
  'null',
  'a'.repeat(2_000),
  '00000000-0000-0000-0000-000000000000',
  '\u0000',
  '你好',
  '{id}',
]

/** Of the matrix, for the document of these tests. */
async function soundInput(name: RouteName): Promise<Input> {
  const entry = onDocument[name]
  const own = onInboxSelf[name]
  if (!entry) return typeof own === 'function' ? own(world, 'ada') : (own ?? {})
  const made = { documentId: id, authorId: world.ids.ada }
  // Some inputs name what `id` has made.
  await entry.id?.(world, made)
  return {
    ...entry.input?.(world, made.authorId),
    ...(entry.query ? { query: await entry.query(world, made) } : {}),
  }
}

test.each(hostile)('the id %j is none, in every parameter of every path', async (value) => {
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    for (const [, parameter] of route.path.matchAll(/\{(\w+)\}/g)) {
      const known: Record<string, string> = { id, userOrGroup: world.ids.grace }
      // All else is as it should be, so that only the id is wrong.
      const sound = await soundInput(name)
      const params = { ...known, ...sound.params, [parameter ?? '']: value }
      // Whose part of a review it is, is told before whether there is such a person.
      // (A `..` goes up before anybody is asked.)
      const isPart =
        value !== '..' && (name === 'handOver' || name === 'stepAside') && parameter === 'personId'
      // And where it comes out at another address of ours, that one takes no such method.
      const isOtherAddress = value === '..' && name === 'submitReview'
      const expected = isPart ? '403 not_yours' : isOtherAddress ? '405 method_not_allowed' : '404 not_found'
      await refused(expected, () => world.call(name, ada, { ...sound, params }))
    }
  }
})

test.each([
  ['an unknown name', { colour: 'red' }],
  ['a limit of nothing', { limit: '0' }],
  ['a limit of a thousand', { limit: '1000' }],
  ['a limit of words', { limit: 'many' }],
  ['a status that is none', { status: 'done' }],
  ['a time that is none', { updatedSince: 'yesterday' }],
  ['a time in year 0', { updatedSince: '0000-12-31T23:59:59.999Z' }],
  ['a cursor that is none', { cursor: 'abc' }],
  ['a cursor beyond time', { cursor: `${'9'.repeat(16)}_not-an-id` }],
  ['words of 201 characters', { q: 'x'.repeat(201) }],
])('a list with %s is refused', async (_what, query: Record<string, string>) => {
  await refused('400 invalid', () => world.call('listDocuments', ada, { query }))
})

test('a name that stands twice in an address is refused', async () => {
  await refused('400 invalid', () => world.send('GET', '/api/v1/documents?limit=1&limit=2', ada))
})

test('an address that the API does not have answers 404, whoever asks', async () => {
  for (const path of [
    '/api/v1',
    '/api/v1/',
    '/api/v1/nothing',
    '/api/v2/documents',
    '/api/v1/documents/x/y/z',
  ]) {
    if (path === '/api/v1/') continue
    await refused('404 not_found', () => world.send('GET', path, null))
    await refused('404 not_found', () => world.send('POST', path, ada))
  }
})

test('a method that an address does not have answers 405 and names those that it has', async () => {
  for (const [method, path, allow] of [
    ['PUT', '/api/v1/documents', 'GET, POST, HEAD, OPTIONS'],
    ['DELETE', '/api/v1/me', 'GET, HEAD, OPTIONS'],
    ['GET', '/api/v1/documents/import', 'POST, OPTIONS'],
    ['PATCH', `/api/v1/documents/${id}/content`, 'GET, HEAD, OPTIONS'],
  ] as const) {
    const told = await world.send(method, path, ada)
    expect(failureOf(told)).toBe('405 method_not_allowed')
    expect(told.headers.get('allow')).toBe(allow)
  }
})

test('what fails below has one face for people and a line for the operator, without content or secrets', async () => {
  const { db } = world
  await db.query('alter table document rename to document_away')
  const title = 'A secret plan'
  const told = await create({ title })
  await db.query('alter table document_away rename to document')
  expect(failureOf(told)).toBe('500 internal')
  const line = world.logged.find((entry) => entry.requestId === told.body.error.requestId)
  expect(line).toMatchObject({ level: 50, code: 'internal' })
  const log = JSON.stringify(world.logged)
  expect(log).not.toContain(title)
  expect(log).not.toContain('rat_')
})

test('an unknown document and an expired session are told apart from nothing else, in the log as well', async () => {
  const params = { id: '00000000-0000-4000-8000-000000000001' }
  await refused('404 not_found', () => world.call('getDocument', ada, { params }))
  const { cookie, value } = await world.browser('ada')
  world.offsetMs += 40 * 24 * 3_600_000
  await refused('401 unauthenticated', () => world.call('getMe', { cookie }))
  world.offsetMs = 0
  const log = JSON.stringify(world.logged)
  expect(log).not.toContain(value)
  expect(log).not.toContain('Pay')
})

test('a database that cannot be reached is said as that, and may be tried again', async () => {
  const away = openPool({ host: '/nowhere', port: 1, user: 'x', database: 'x' }, world.runtime.log)
  setRuntime({ ...world.runtime, pool: away })
  const told = await create({ title: 'Kept by its author' })
  setRuntime(world.runtime)
  await away.end()
  expect(failureOf(told)).toBe('503 unavailable')
  expect(world.lineOf(told)).toMatchObject({ level: 50, code: 'unavailable', status: 503 })
  expect(JSON.stringify(world.logged)).not.toContain('Kept by its author')
  expect((await create({ title: 'Again' })).status).toBe(201)
})
