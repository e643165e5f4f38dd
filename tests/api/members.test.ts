import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '../../lib/access'
import type { MemberAnswer } from '../../lib/api'
import { type As, failureOf, type Somebody, World } from './world'

let world: World
let ada: As
let id: string
beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
  id = (await world.document('ada', 'Shared')).id
})
afterAll(() => world.close())

const put = (somebody: Somebody, role: Role) =>
  world.call('putMember', ada, { params: { id, userOrGroup: world.ids[somebody] }, body: { role } })
const take = (somebody: Somebody) =>
  world.call('deleteMember', ada, { params: { id, userOrGroup: world.ids[somebody] } })
const epoch = async () =>
  Number((await world.db.query('select write_epoch from document where id = $1', [id])).rows[0].write_epoch)

test('an owner finds people by name and gives them roles', async () => {
  const found = await world.call('listUsers', ada, { query: { q: 'hop' } })
  expect(found.body.items).toMatchObject([{ name: 'Grace Hopper', email: 'grace@example.com' }])
  expect((await put('grace', 'editor')).body).toMatchObject({
    role: 'editor',
    person: { name: 'Grace Hopper' },
  })
  await put('linus', 'viewer')
  const { items } = (await world.call('listMembers', ada, { params: { id } })).body
  expect(items.map((m: MemberAnswer) => `${m.person?.name}: ${m.role}`)).toEqual([
    'Ada Lovelace: owner',
    'Grace Hopper: editor',
    'Linus Torvalds: viewer',
  ])
})

test('one role is read by whose it is; where there is none, that is said', async () => {
  const get = (userOrGroup: string) => world.call('getMember', ada, { params: { id, userOrGroup } })
  expect((await get(world.ids.grace)).body).toMatchObject({
    person: { name: 'Grace Hopper' },
    group: null,
    role: 'editor',
  })
  expect(failureOf(await get('everyone'))).toBe('404 not_found')
  await world.call('putMember', ada, { params: { id, userOrGroup: 'everyone' }, body: { role: 'viewer' } })
  expect((await get('everyone')).body).toEqual({ person: null, group: 'everyone', role: 'viewer' })
  for (const nobody of [world.ids.margaret, 'grace', '00000000-0000-4000-8000-000000000000']) {
    expect(failureOf(await get(nobody))).toBe('404 not_found')
  }
})

test('roles come in pages, everyone last; what is no page is refused', async () => {
  const list = (query: Record<string, string>) => world.call('listMembers', ada, { params: { id }, query })
  const whose: string[] = []
  let cursor = ''
  do {
    const { body } = await list({ limit: '2', cursor })
    expect(body.items.length).toBeLessThanOrEqual(2)
    whose.push(...body.items.map((m: MemberAnswer) => m.person?.name ?? m.group))
    cursor = body.nextCursor ?? ''
  } while (cursor)
  expect(whose).toEqual(['Ada Lovelace', 'Grace Hopper', 'Linus Torvalds', 'everyone'])
  for (const query of [{ limit: '0' }, { limit: '101' }, { role: 'owner' }, { cursor: 'nobody' }]) {
    expect(failureOf(await list(query as unknown as Record<string, string>))).toBe('400 invalid')
  }
  await world.call('deleteMember', ada, { params: { id, userOrGroup: 'everyone' } })
})

test.each([
  ['margaret', 'Margaret Hamilton'],
  ['ham mar', 'Margaret Hamilton'],
  ['EDSGER@exam', 'Edsger Dijkstra'],
])('people are found by "%s"', async (q, name) => {
  const { items } = (await world.call('listUsers', ada, { query: { q } })).body
  expect(items.map((person: { name: string }) => person.name)).toEqual([name])
})

test('people come in pages; those of another issuer, or suspended, do not come', async () => {
  await world.meet('ada', 'https://login.other.example')
  const names: string[] = []
  let cursor = ''
  do {
    const { body } = await world.call('listUsers', ada, { query: { limit: '2', cursor } })
    names.push(...body.items.map((person: { name: string }) => person.name))
    cursor = body.nextCursor ?? ''
  } while (cursor)
  expect(names).toEqual([
    'Ada Lovelace',
    'Edsger Dijkstra',
    'Grace Hopper',
    'Linus Torvalds',
    'Margaret Hamilton',
  ])
})

test('taking writing away raises the fence and is heard at once; giving it does not raise the fence', async () => {
  await put('margaret', 'viewer')
  const before = await epoch()
  await put('margaret', 'editor')
  expect(await epoch()).toBe(before)
  const from = world.heard.length
  await put('margaret', 'commenter')
  expect(await epoch()).toBe(before + 1)
  const about = { type: 'access.changed', documentId: id, personId: world.ids.margaret }
  expect(await world.hears((event) => event.type === 'access.changed', from)).toEqual(about)
  await put('margaret', 'viewer')
  expect(await epoch()).toBe(before + 1)
  await put('margaret', 'editor')
  expect((await take('margaret')).status).toBe(204)
  expect(await epoch()).toBe(before + 2)
  expect(failureOf(await take('margaret'))).toBe('404 not_found')
})

test('a document keeps its one owner', async () => {
  expect(failureOf(await put('grace', 'owner'))).toBe('409 conflict')
  expect(failureOf(await put('ada', 'viewer'))).toBe('409 conflict')
  expect(failureOf(await take('ada'))).toBe('409 conflict')
  expect((await put('ada', 'owner')).status).toBe(200)
  const roles = await world.db.query(
    "select 1 from document_member where document_id = $1 and role = 'owner'",
    [id],
  )
  expect(roles.rowCount).toBe(1)
})

test.each(['00000000-0000-4000-8000-000000000000', 'grace', '../grace', 'x'.repeat(3000)])(
  'nobody of the id %s is given a role',
  async (userOrGroup) => {
    const told = await world.call('putMember', ada, { params: { id, userOrGroup }, body: { role: 'viewer' } })
    expect(failureOf(told)).toBe('404 not_found')
  },
)

test('a ticket is made anew for each call, and its secret is kept nowhere', async () => {
  const ask = () =>
    world.call('createTicket', ada, { params: { id }, headers: { 'idempotency-key': 'the-same-one' } })
  const [first, second] = [(await ask()).body.ticket, (await ask()).body.ticket]
  expect(second).not.toBe(first)
  const { rows } = await world.db.query('select to_jsonb(i)::text as kept from idempotency i')
  expect(JSON.stringify(rows)).not.toContain(first)
})

test('a ticket is for one document and one minute, and falls with the credential that asked for it', async () => {
  const { authenticate, documentId, now } = await tickets()
  const asked = await world.call('createTicket', ada, { params: { id } })
  const { ticket, expiresAt } = asked.body
  expect(Date.parse(expiresAt) - now()).toBeLessThanOrEqual(60_000)
  const shown = (over: object = {}) =>
    authenticate({ ticket, documentId: documentId(id), now: now(), ...over })
  expect(await shown()).toMatchObject({ personId: world.ids.ada, kind: 'ticket', scope: 'admin' })
  expect(await shown()).not.toBeNull()
  expect(await shown({ documentId: documentId('00000000-0000-4000-8000-000000000000') })).toBeNull()
  expect(await shown({ now: now() + 60_001 })).toBeNull()
  const { rows } = await world.db.query("select encode(hash, 'hex') as hash from ticket")
  expect(JSON.stringify(rows)).not.toContain(ticket)
  await world.db.query('update token set revoked_at = now() where person_id = $1', [world.ids.ada])
  expect(await shown()).toBeNull()
})

async function tickets() {
  const { createAuthenticate } = await import('../../server/auth/authenticate')
  const { parseDocumentId } = await import('../../lib/id')
  const judge = createAuthenticate({ issuer: 'built-in:', cookieName: 'unused' })
  return {
    authenticate: (shown: Parameters<typeof judge>[1]) => judge(world.db, shown),
    documentId: (text: string) => parseDocumentId(text) ?? undefined,
    now: world.runtime.now,
  }
}
