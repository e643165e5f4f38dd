import { afterAll, beforeAll, expect, test } from 'vitest'
import { type As, failureOf, World } from './world'

let world: World
let ada: As
let grace: As
beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
  grace = await world.token('grace')
})
afterAll(() => world.close())

const create = (as: As, key: string, title = 'Once') =>
  world.call('createDocument', as, { body: { title }, headers: { 'idempotency-key': key } })
const count = async () => (await world.db.query('select count(*)::int as n from document')).rows[0].n

test('a repeated call gets the first answer and makes nothing', async () => {
  const first = await create(ada, 'key-1')
  const before = await count()
  const again = await create(ada, 'key-1')
  expect(again.status).toBe(201)
  expect(again.body).toEqual(first.body)
  expect(await count()).toBe(before)
})

test('ten at once make one document', async () => {
  const before = await count()
  const told = await Promise.all(Array.from({ length: 10 }, () => create(ada, 'key-2')))
  expect(new Set(told.map((each) => each.body.id)).size).toBe(1)
  expect(await count()).toBe(before + 1)
})

test('a key is its caller’s and its route’s', async () => {
  const mine = await create(ada, 'key-3')
  const theirs = await create(grace, 'key-3')
  expect(theirs.body.id).not.toBe(mine.body.id)
  const raw = { type: 'text/markdown', data: '# Imported\n' }
  const imported = await world.call('importDocument', ada, { raw, headers: { 'idempotency-key': 'key-3' } })
  expect(imported.status).toBe(201)
})

test('a key that was used for another request is a conflict', async () => {
  await create(ada, 'key-4', 'One')
  expect(failureOf(await create(ada, 'key-4', 'Another'))).toBe('409 conflict')
})

test('a call that failed can be repeated under its key', async () => {
  expect(failureOf(await create(ada, 'key-5', ''))).toBe('400 invalid')
  expect((await create(ada, 'key-5', 'Now with a title')).status).toBe(201)
})

test('an upload is known by its file, not by the form around it', async () => {
  const upload = () => {
    const data = new FormData()
    data.append('file', new File(['# Uploaded\n'], 'u.md'))
    return world.call('importDocument', ada, {
      raw: { type: '', data },
      headers: { 'idempotency-key': 'key-6' },
    })
  }
  const first = await upload()
  expect((await upload()).body).toEqual(first.body)
})

test('after a day a key is free again', async () => {
  const first = await create(ada, 'key-7')
  world.offsetMs = 25 * 3_600_000
  const second = await create(ada, 'key-7')
  world.offsetMs = 0
  expect(second.body.id).not.toBe(first.body.id)
})

test.each(['', ' ', 'a b', 'x'.repeat(201), 'é'])('the key "%s" is none', async (key) => {
  expect(failureOf(await create(ada, key))).toBe('400 invalid')
})
