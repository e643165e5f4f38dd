import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Role, roles } from '../../lib/access'
import { type MemberAnswer, member } from '../../lib/api'
import type { DocumentId, PersonId } from '../../lib/id'
import { encodeStep1, encodeUpdate } from '../../lib/sync/message'
import { resolveAccess } from '../../server/access/resolve'
import { change, copyOf, runOf } from '../support/raw-body'
import { makeDocument } from '../sync/documents'
import { Site } from '../sync/wire'
import { type As, failureOf, people, type Somebody, World } from './world'

let world: World
let site: Site
let id: string
const tokens = {} as Record<Somebody, As & object>
beforeAll(async () => {
  world = await World.open()
  for (const name of people) tokens[name] = await world.token(name)
  const { pool } = world.runtime
  const url = String(pool.options.connectionString)
  site = await Site.open({}, { url, pool, close: async () => {} })
})
afterAll(async () => {
  await site.close()
  await world.close()
})
beforeEach(async () => {
  id = (await world.document('grace', 'Open to all')).id
  await world.db.query("update person set workspace_role = 'member', suspended_at = null")
  await world.db.query("update person set workspace_role = 'admin' where id = $1", [world.ids.ada])
})

const share = (role: Role, as: As = tokens.grace) =>
  world.call('putMember', as, { params: { id, userOrGroup: 'everyone' }, body: { role } })
const close = (as: As = tokens.grace) =>
  world.call('deleteMember', as, { params: { id, userOrGroup: 'everyone' } })
const roleOf = async (name: Somebody): Promise<Role | null> => {
  const told = await world.call('getDocument', tokens[name], { params: { id } })
  if (told.status === 200) return told.body.role
  expect(failureOf(told)).toBe('404 not_found')
  return null
}
const lists = async (name: Somebody, query: Record<string, string> = {}): Promise<Role | null> => {
  const { items } = (await world.call('listDocuments', tokens[name], { query })).body
  return items.find((item: { id: string }) => item.id === id)?.role ?? null
}
const judged = (personId: PersonId) => resolveAccess(world.db, { personId, scope: 'admin' }, id as DocumentId)
const epoch = async () =>
  Number((await world.db.query('select write_epoch from document where id = $1', [id])).rows[0].write_epoch)

test('a new document is for the people named; one call opens it to everyone, another closes it', async () => {
  expect(await roleOf('linus')).toBeNull()
  const told = await share('commenter')
  expect(told.status).toBe(200)
  expect(member.parse(told.body)).toEqual({ person: null, group: 'everyone', role: 'commenter' })
  for (const name of ['ada', 'linus', 'margaret', 'edsger'] as const)
    expect(await roleOf(name)).toBe('commenter')
  expect(await lists('linus')).toBe('commenter')
  expect(await lists('linus', { q: 'open to' })).toBe('commenter')
  expect(await lists('linus', { q: 'closed' })).toBeNull()
  expect((await close()).status).toBe(204)
  for (const name of ['ada', 'linus'] as const) {
    expect(await roleOf(name)).toBeNull()
    expect(await lists(name)).toBeNull()
  }
  expect(await roleOf('grace')).toBe('owner')
})

test('the list of members ends with everyone, and has nobody twice', async () => {
  await world.grant(id, 'linus', 'viewer')
  const rows = async () =>
    (await world.call('listMembers', tokens.linus, { params: { id } })).body.items.map(
      ({ person, group, role }: MemberAnswer) => `${person?.name ?? group}: ${role}`,
    )
  const named = ['Grace Hopper: owner', 'Linus Torvalds: viewer']
  expect(await rows()).toEqual(named)
  await share('editor')
  expect(await rows()).toEqual([...named, 'everyone: editor'])
  await close()
  expect(await rows()).toEqual(named)
})

test('saying it again changes nothing, tells nobody, and is no fault', async () => {
  const told = await share('editor')
  const [before, from] = [await epoch(), world.heard.length]
  expect((await share('editor')).body).toEqual(told.body)
  expect(await epoch()).toBe(before)
  await close()
  expect((await close()).status).toBe(204)
  expect(await epoch()).toBe(before + 1)
  await share('viewer')
  // Events come in the order of their commits: with the second of the two, all before it have come.
  const about = world.heard.slice(from).length
  if (about < 2) await world.hears((event) => event.type === 'access.changed', from + 1)
  expect(world.heard.slice(from)).toEqual(Array(2).fill({ type: 'access.changed', documentId: id }))
})

test('everyone never owns a document, and only its owner opens it', async () => {
  const told = await share('owner')
  expect(failureOf(told)).toBe('400 invalid')
  expect(told.body.error.message).toMatch(/owned by one person/)
  expect(await roleOf('linus')).toBeNull()
  await share('editor')
  for (const refused of [await share('viewer', tokens.linus), await close(tokens.linus)])
    expect(failureOf(refused)).toBe('403 forbidden')
  expect(failureOf(await share('viewer', await world.token('grace', 'write')))).toBe('403 forbidden')
  await close()
  for (const refused of [await share('viewer', tokens.ada), await close(tokens.ada)])
    expect(failureOf(refused)).toBe('404 not_found')
  expect(
    failureOf(
      await world.call('putMember', tokens.grace, {
        params: { id, userOrGroup: 'Everyone' },
        body: { role: 'viewer' },
      }),
    ),
  ).toBe('404 not_found')
})

test('not for guests, the suspended, or people of another issuer; what they have by name stays', async () => {
  await share('editor')
  await world.db.query("update person set workspace_role = 'guest' where id = $1", [world.ids.linus])
  expect(await roleOf('linus')).toBeNull()
  expect(await lists('linus')).toBeNull()
  await world.grant(id, 'linus', 'viewer')
  expect([await roleOf('linus'), await lists('linus')]).toEqual(['viewer', 'viewer'])
  await world.db.query('update person set suspended_at = now() where id = $1', [world.ids.margaret])
  expect(await judged(world.ids.margaret)).toBeNull()
  expect(failureOf(await world.call('getDocument', tokens.margaret, { params: { id } }))).toMatch(/^401/)
  const stranger = await world.meet('edsger', 'https://login.other.example')
  expect(await judged(stranger.id)).toBeNull()
  expect((await judged(world.ids.edsger))?.role).toBe('editor')
})

test('the strongest role counts, whichever way round; a list shows the same one', async () => {
  for (const own of [null, 'viewer', 'commenter', 'editor'] as const) {
    for (const all of [null, 'viewer', 'commenter', 'editor'] as const) {
      await world.db.query("delete from document_member where document_id = $1 and role <> 'owner'", [id])
      if (own) await world.grant(id, 'linus', own)
      await (all ? share(all) : close())
      const strongest = roles.find((role) => role === own || role === all) ?? null
      const cell = `${own} by name, ${all} as everyone`
      expect([cell, await roleOf('linus'), await lists('linus')]).toEqual([cell, strongest, strongest])
      expect(await roleOf('grace')).toBe('owner')
    }
  }
})

test('lists and the judge agree for every person, role and place', async () => {
  await world.db.query("update person set workspace_role = 'guest' where id = $1", [world.ids.edsger])
  await world.grant(id, 'margaret', 'editor')
  for (const binned of [false, true]) {
    for (const all of [null, 'viewer', 'commenter', 'editor'] as const) {
      await world.db.query('update document set workspace_role = $2, binned_at = $3 where id = $1', [
        id,
        all,
        binned ? new Date() : null,
      ])
      for (const name of people) {
        const access = await judged(world.ids[name])
        const cell = `${name}, everyone ${all}, binned ${binned}`
        expect([cell, await lists(name, { binned: String(binned) })]).toEqual([cell, access?.role ?? null])
        expect([cell, await lists(name, { binned: String(!binned) })]).toEqual([cell, null])
      }
    }
  }
})

test('the fence rises exactly where writing is taken away', async () => {
  const rises = async (run: () => Promise<unknown>) => {
    const before = await epoch()
    await run()
    return (await epoch()) - before
  }
  const person = (role: Role | null) => () =>
    role
      ? world.call('putMember', tokens.grace, {
          params: { id, userOrGroup: world.ids.linus },
          body: { role },
        })
      : world.call('deleteMember', tokens.grace, { params: { id, userOrGroup: world.ids.linus } })
  expect(await rises(() => share('viewer'))).toBe(0)
  expect(await rises(() => share('editor'))).toBe(0)
  expect(await rises(() => share('commenter'))).toBe(1)
  expect(await rises(() => share('viewer'))).toBe(0)
  expect(await rises(() => close())).toBe(0)
  expect(await rises(() => share('editor'))).toBe(0)
  // Whoever writes as everyone does loses nothing with a role of their own.
  expect(await rises(person('editor'))).toBe(0)
  expect(await rises(person('viewer'))).toBe(0)
  expect(await rises(person(null))).toBe(0)
  expect(await rises(() => close())).toBe(1)
  await person('editor')()
  expect(await rises(person(null))).toBe(1)
})

/** A socket of somebody that is in, and a copy of the text under a client id of its own. */
async function joined(name: Somebody) {
  const { token } = tokens[name] as { token: string }
  const socket = await site.raw(`/collab/${id}?caps=saved,live`, { authorization: `Bearer ${token}` })
  const doc = new Y.Doc()
  socket.send(encodeStep1(Y.encodeStateVector(doc)))
  Y.applyUpdate(doc, (await socket.next('update')).update)
  Y.applyUpdate(doc, (await socket.next('step2')).update)
  return { socket, doc: copyOf(doc, doc.clientID) }
}

test('26: closing a document ends the sockets of those who had nothing else, and of nobody else', async () => {
  id = await makeDocument(world.db, world.ids.grace, [], 'Hello')
  await world.grant(id, 'linus', 'viewer')
  await share('commenter')
  const [reader, named, owner] = [await joined('margaret'), await joined('linus'), await joined('grace')]
  await close()
  expect(await reader.socket.closed).toEqual([4403, 'forbidden'])
  // Linus was a commenter for a while: his page comes back as a viewer's.
  expect(await named.socket.closed).toEqual([4205, 'access_changed'])
  owner.socket.send(encodeUpdate(change(owner.doc, (doc) => runOf(doc, 0).insert(0, '!'))))
  await owner.socket.next('saved')
})

test('26: who writes as everyone does and may no longer: sent back, and nothing of it is stored', async () => {
  id = await makeDocument(world.db, world.ids.grace, [], 'Hello')
  await world.grant(id, 'linus', 'editor')
  await share('editor')
  const [lowered, named] = [await joined('margaret'), await joined('linus')]
  await share('viewer')
  expect(await lowered.socket.closed).toEqual([4205, 'access_changed'])
  named.socket.send(encodeUpdate(change(named.doc, (doc) => runOf(doc, 0).insert(0, 'kept'))))
  await named.socket.next('saved')
  const again = await joined('margaret')
  again.socket.send(encodeUpdate(change(again.doc, (doc) => runOf(doc, 0).insert(0, 'late'))))
  await again.socket.next('refused')
  expect((await world.call('getContent', tokens.grace, { params: { id } })).body).toContain('keptHello')
})
