import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { encodeStep1, encodeUpdate } from '../../lib/sync/message'
import { digest } from '../../server/auth/secret'
import { sessionCredential } from '../../server/auth/session-store'
import { issueToken, revokeToken } from '../../server/auth/token'
import { checksumOf, loadBody } from '../../server/document/update-log'
import { addParagraph, bodyOf, change, copyOf, runOf, textsOf } from '../support/raw-body'
import { setRole } from './documents'
import { bearer, Office } from './wire'

let office: Office
beforeAll(async () => {
  office = await Office.open()
})
afterAll(() => office.close())

test('26: a role that is taken away: 4403', async () => {
  const id = await office.document()
  const { socket } = await office.joined(id, office.grace)
  await setRole(office.pool, id, office.grace.id, null)
  await office.site.announce({ type: 'access.changed', documentId: id, personId: office.grace.id })
  expect(await socket.closed).toEqual([4403, 'forbidden'])
})

test('27: whoever is closed and does not read it is cut off', async () => {
  const hasty = await Office.open({ goodbyeMs: 100 })
  try {
    const id = await hasty.document()
    const { socket } = await hasty.joined(id, hasty.grace)
    socket.wire.pause()
    await setRole(hasty.pool, id, hasty.grace.id, null)
    await hasty.site.announce({ type: 'access.changed', documentId: id, personId: hasty.grace.id })
    const { sync } = hasty.site
    await vi.waitUntil(() => sync.stats().sockets === 0, { timeout: 10_000 })
    // Left to itself, `ws` would wait for 30 s.
    await vi.waitUntil(() => sync.stats().socketsClosing === 0, { timeout: 10_000 })
  } finally {
    await hasty.close()
  }
})

test('26: a role that is lowered: 4205; others stay, and write on under the new fence', async () => {
  const id = await office.document()
  const lowered = await office.joined(id, office.grace)
  const other = await office.joined(id, office.ada)
  await setRole(office.pool, id, office.grace.id, 'viewer')
  await office.site.announce({ type: 'access.changed', documentId: id, personId: office.grace.id })
  expect(await lowered.socket.closed).toEqual([4205, 'access_changed'])
  other.socket.send(encodeUpdate(change(other.doc, (doc) => runOf(doc, 0).insert(5, '!'))))
  await other.socket.next('saved')
  expect(await office.stored(id)).toEqual(['Hello!'])
})

test('26: without any event: the fence refuses, those who still may go on under the new one', async () => {
  const id = await office.document()
  const { socket, doc } = await office.joined(id, office.ada)
  await setRole(office.pool, id, office.grace.id, 'viewer')
  socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).insert(5, '!'))))
  await socket.next('saved')
  expect(await office.stored(id)).toEqual(['Hello!'])
})

test('26: without any event: those who no longer may are sent back, and nothing of it is stored', async () => {
  const id = await office.document()
  const late = await office.joined(id, office.grace)
  const other = await office.joined(id, office.ada)
  await setRole(office.pool, id, office.grace.id, 'viewer')
  late.socket.send(encodeUpdate(change(late.doc, (doc) => runOf(doc, 0).insert(5, ' late'))))
  expect(await late.socket.closed).toEqual([4205, 'access_changed'])
  expect(await other.socket.closed).toEqual([4205, 'access_changed'])
  const again = await office.joined(id, office.ada)
  expect(textsOf(again.doc)).toEqual(['Hello'])
  expect(await office.stored(id)).toEqual(['Hello'])
})

test('26: a document in the bin: 4205 for everybody; its owner comes back to it, others find it gone', async () => {
  const id = await office.document()
  const [owner, member] = [await office.joined(id, office.ada), await office.joined(id, office.grace)]
  await office.pool.query(
    'update document set binned_at = now(), write_epoch = write_epoch + 1 where id = $1',
    [id],
  )
  await office.site.announce({ type: 'document.changed', documentId: id })
  expect(await owner.socket.closed).toEqual([4205, 'access_changed'])
  expect(await member.socket.closed).toEqual([4205, 'access_changed'])
  const [owners, members] = await Promise.all(
    [office.ada, office.grace].map((person) => office.site.raw(`/collab/${id}`, bearer(person))),
  )
  expect(await members?.closed).toEqual([4404, 'not_found'])
  owners?.send(encodeStep1(Uint8Array.of(0)))
  await owners?.next('step2')
})

test('26: a token that is revoked and a session that is ended: 4401', async () => {
  const id = await office.document()
  const person = await office.site.person('margaret')
  await setRole(office.pool, id, person.id, 'viewer')
  const { socket } = await office.joined(id, person)
  await revokeToken(office.pool, { tokenId: person.tokenId, personId: person.id, now: Date.now() })
  expect(await socket.closed).toEqual([4401, 'unauthenticated'])
  const page = await office.site.raw(`/collab/${id}`, await office.signIn(person, 'her-cookie'))
  page.send(encodeStep1(Uint8Array.of(0)))
  await page.next('step2')
  await office.site.announce({
    type: 'credential.ended',
    personId: person.id,
    credentialId: sessionCredential(digest('her-cookie')),
  })
  expect((await page.closed)[0]).toBe(4401)
})

test('26: a token that expires: 4401', async () => {
  const id = await office.document()
  const expiresAt = new Date(Date.now() + 500)
  const { token } = await issueToken(office.pool, {
    personId: office.ada.id,
    scope: 'read',
    name: 'short',
    expiresAt,
  })
  const socket = await office.site.raw(`/collab/${id}`, { authorization: `Bearer ${token}` })
  expect((await socket.closed)[0]).toBe(4401)
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime())
})

test('26: text that was appended by something else reaches open pages', async () => {
  const id = await office.document()
  const { socket, doc } = await office.joined(id, office.grace)
  const author = copyOf(bodyOf(1, 'Hello'), 77)
  Y.applyUpdate(author, (await loadBody(office.pool, id)).update)
  const data = change(author, () => addParagraph(author, 'Restored'))
  await office.pool.query(
    `insert into document_update (document_id, client_id, write_epoch, data, checksum) values ($1, 77, 9, $2, $3)`,
    [id, Buffer.from(data), checksumOf(data)],
  )
  await office.site.announce({ type: 'document.appended', documentId: id })
  Y.applyUpdate(doc, (await socket.next('update')).update)
  expect(textsOf(doc)).toEqual(['Hello', 'Restored'])
})

test('26: whoever was told nothing while the database was away looks at everything anew', async () => {
  const id = await office.document()
  const { socket } = await office.joined(id, office.grace)
  const { rowCount } = await office.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'rationale-live' and datname = current_database()`,
  )
  expect(rowCount).toBe(1)
  const told = []
  for (let index = 0; index < 5; index++) told.push((await socket.next('live')).event)
  expect(told).toEqual([
    { type: 'document.changed', documentId: id },
    { type: 'sections.changed', documentId: id },
    { type: 'thread.changed', documentId: id },
    { type: 'version.changed', documentId: id },
    { type: 'review.changed', documentId: id },
  ])
})
