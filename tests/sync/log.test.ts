import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../lib/id'
import { encodeAwareness, encodeStep2, encodeUpdate } from '../../lib/sync/message'
import { digest } from '../../server/auth/secret'
import { change, copyOf, runOf } from '../support/raw-body'
import { setRole } from './documents'
import { bearer, Office, type Person } from './wire'

/** What an operator can read about sockets that were ended, and messages that were not taken. */
let office: Office
beforeAll(async () => {
  office = await Office.open({ maxSocketsPerPerson: 2 })
})
afterAll(() => office.close())

const linesOf = (id: DocumentId, msg: RegExp) =>
  office.site.logged.filter((line) => line.documentId === id && msg.test(String(line.msg)))

/** The one line about the one socket of this document that was closed. */
function expectClosed(id: DocumentId, code: string, person?: Person): void {
  const lines = linesOf(id, /was closed/)
  expect(lines).toEqual([expect.objectContaining({ level: 30, code })])
  expect(lines[0]?.personId).toBe(person?.id)
}

test('4404: a document that is not theirs', async () => {
  const id = await office.document()
  const stranger = await office.site.person('stranger')
  expect((await (await office.site.raw(`/collab/${id}`, bearer(stranger))).closed)[0]).toBe(4404)
  expectClosed(id, 'not_found')
})

test('4401: an expired session', async () => {
  const id = await office.document()
  await office.pool.query(
    `insert into session (token_hash, person_id, expires_at) values ($1, $2, now() - interval '1 s')`,
    [digest('old-cookie'), office.ada.id],
  )
  const headers = { origin: office.site.origin, cookie: 'session=old-cookie' }
  expect((await (await office.site.raw(`/collab/${id}`, headers)).closed)[0]).toBe(4401)
  expectClosed(id, 'unauthenticated')
})

test.each([
  [4403, 'forbidden', null],
  [4205, 'access_changed', 'viewer'],
] as const)('%i: a role that was changed', async (close, code, role) => {
  const id = await office.document()
  const { socket } = await office.joined(id, office.grace)
  await setRole(office.pool, id, office.grace.id, role)
  await office.site.announce({ type: 'access.changed', documentId: id, personId: office.grace.id })
  expect((await socket.closed)[0]).toBe(close)
  expectClosed(id, code, office.grace)
})

test('4426: another schema', async () => {
  const id = await office.document()
  expect((await (await office.site.raw(`/collab/${id}?schema=0`, bearer(office.ada))).closed)[0]).toBe(4426)
  expectClosed(id, 'outdated')
})

test('4503: one socket too many', async () => {
  const id = await office.document()
  const open = [await office.joined(id, office.ada), await office.joined(id, office.ada)]
  expect((await (await office.site.raw(`/collab/${id}`, bearer(office.ada))).closed)[0]).toBe(4503)
  expectClosed(id, 'overloaded')
  for (const { socket } of open) socket.close()
})

test('4508 and 4529: a judgement that takes too long, and too much before it', async () => {
  const ids = [await office.document(), await office.document()] as const
  const holder = await office.pool.connect()
  await holder.query('begin')
  await holder.query('lock table token in access exclusive mode')
  try {
    const [late, loud] = await Promise.all(
      ids.map((id) => office.site.raw(`/collab/${id}`, bearer(office.ada))),
    )
    loud?.send(...Array(80).fill(encodeAwareness([])))
    expect((await loud?.closed)?.[0]).toBe(4529)
    expect((await late?.closed)?.[0]).toBe(4508)
  } finally {
    await holder.query('rollback')
    holder.release()
  }
  expectClosed(ids[0], 'timeout')
  expectClosed(ids[1], 'rate_limited')
})

test('a frame that is no frame', async () => {
  const id = await office.document()
  const { socket } = await office.joined(id, office.ada)
  socket.send('Hello, this is text')
  await socket.closed
  expectClosed(id, 'bad_frame', office.ada)
})

test("an update under somebody else's client id", async () => {
  const id = await office.document()
  const owner = await office.joined(id, office.grace)
  owner.socket.send(encodeUpdate(change(owner.doc, (doc) => runOf(doc, 0).insert(5, '!'))))
  await owner.socket.next('saved')
  const thief = await office.joined(id, office.ada)
  const forged = copyOf(owner.doc, owner.doc.clientID)
  thief.socket.send(encodeUpdate(change(forged, (doc) => runOf(doc, 0).insert(6, 'stolen'))))
  await thief.socket.closed
  expectClosed(id, 'not_yours', office.ada)
  expect(linesOf(id, /Refused/)).toEqual([
    expect.objectContaining({ code: 'not_yours', rule: 'client id', personId: office.ada.id }),
  ])
})

test('a clock gap, once until it is filled', async () => {
  const id = await office.document()
  const { socket, doc } = await office.joined(id, office.ada)
  const { stateVector } = await socket.next('step1')
  const type = (words: string) => encodeUpdate(change(doc, () => runOf(doc, 0).insert(5, words)))
  type('missing')
  socket.send(type('second'), type('third'))
  socket.send(encodeStep2(Y.encodeStateAsUpdate(doc, stateVector)))
  expect((await socket.next('saved')).through).toBe(3)
  const gaps = () => linesOf(id, /dropped/)
  expect(gaps()).toEqual([expect.objectContaining({ level: 30, personId: office.ada.id })])
  type('missing again')
  socket.send(type('fourth'))
  await socket.next('step1')
  expect(gaps()).toHaveLength(2)
  socket.close()
})

test('none of these lines holds text or credentials', () => {
  const said = JSON.stringify(office.site.logged)
  for (const secret of [office.ada.token, office.grace.token, 'old-cookie', 'Hello', 'stolen', 'missing']) {
    expect(said).not.toContain(secret)
  }
})
