import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '../../lib/id'
import { encodeAwareness, encodeStep2, encodeUpdate } from '../../lib/sync/message'
import type { Principal } from '../../server/auth/authenticate'
import { issueTicket } from '../../server/auth/ticket'
import { change, copyOf, runOf } from '../support/raw-body'
import { setRole } from './documents'
import { bearer, Office, type Person, type RawSocket } from './wire'

let office: Office
beforeAll(async () => {
  office = await Office.open()
})
afterAll(() => office.close())

test("16: an update under somebody else's client id", async () => {
  const id = await office.document()
  const witness = await office.joined(id, office.grace)
  const thief = await office.joined(id, office.ada)
  const typed = change(witness.doc, (doc) => runOf(doc, 0).insert(5, '!'))
  witness.socket.send(encodeUpdate(typed))
  expect((await witness.socket.next('saved')).through).toBe(1)
  const forged = copyOf(witness.doc, witness.doc.clientID)
  thief.socket.send(encodeUpdate(change(forged, (doc) => runOf(doc, 0).insert(6, 'stolen'))))
  expect((await thief.socket.next('refused')).refusal).toEqual({ message: 1, code: 'not_yours' })
  expect(await thief.socket.closed).toEqual([4400, 'not_yours'])
  // The victim types on under the very clocks that were forged.
  witness.socket.send(encodeUpdate(change(witness.doc, (doc) => runOf(doc, 0).insert(6, '?'))))
  expect((await witness.socket.next('saved')).through).toBe(2)
  expect(await office.stored(id)).toEqual(['Hello!?'])
})

test('16: an id that is only announced is its owner’s already', async () => {
  const id = await office.document()
  const owner = await office.joined(id, office.grace)
  const listener = await office.joined(id, office.ada)
  owner.socket.send(encodeAwareness([{ id: owner.doc.clientID, clock: 1, state: '{}' }]))
  const seen = await listener.socket.next('awareness')
  expect(seen.entries.map((entry) => entry.id)).toEqual([owner.doc.clientID])
  const forged = copyOf(listener.doc, owner.doc.clientID)
  listener.socket.send(encodeUpdate(change(forged, (doc) => runOf(doc, 0).insert(0, 'first'))))
  expect((await listener.socket.closed)[0]).toBe(4400)
  owner.socket.send(encodeUpdate(change(owner.doc, (doc) => runOf(doc, 0).insert(0, 'mine'))))
  await owner.socket.next('saved')
  expect(await office.stored(id)).toEqual(['mineHello'])
})

test('15: a viewer who writes; what brings nothing new is fine', async () => {
  const id = await office.document()
  const viewer = await office.joined(id, office.linus)
  viewer.socket.send(encodeUpdate(Y.encodeStateAsUpdate(viewer.doc)))
  expect((await viewer.socket.next('saved')).through).toBe(1)
  viewer.socket.send(encodeUpdate(change(viewer.doc, (doc) => runOf(doc, 0).insert(0, 'x'))))
  expect((await viewer.socket.next('refused')).refusal).toEqual({ message: 2, code: 'read_only' })
  expect((await viewer.socket.closed)[0]).toBe(4400)
  expect(await office.stored(id)).toEqual(['Hello'])
})

test('15: a long message of a viewer is refused unread, whatever it brings', async () => {
  const id = await office.document()
  const viewer = await office.joined(id, office.linus)
  // No update at all: judged, it would be `invalid`.
  viewer.socket.send(encodeUpdate(new Uint8Array(64 * 1024 + 1)))
  expect((await viewer.socket.next('refused')).refusal).toEqual({ message: 1, code: 'read_only' })
  expect((await viewer.socket.closed)[0]).toBe(4400)
})

test('18: a node that a document cannot hold', async () => {
  const id = await office.document()
  const editor = await office.joined(id, office.ada)
  const update = change(editor.doc, (doc) => doc.getXmlFragment('content').push([new Y.XmlElement('script')]))
  editor.socket.send(encodeUpdate(update))
  expect((await editor.socket.next('refused')).refusal.code).toBe('invalid')
  expect((await editor.socket.closed)[0]).toBe(4400)
})

test('14: nothing of a refused message is taken, nothing behind it is read, and what came before is saved', async () => {
  const id = await office.document()
  const witness = await office.joined(id, office.grace)
  const { socket, doc } = await office.joined(id, office.ada)
  const say = (edit: (doc: Y.Doc) => void) => encodeUpdate(change(doc, edit))
  const first = say(() => runOf(doc, 0).insert(5, '!'))
  const second = say(() => {
    runOf(doc, 0).insert(6, ' legal')
    doc.getXmlFragment('content').push([new Y.XmlElement('script')])
  })
  // Legal by itself, resting on the first alone.
  const other = copyOf(witness.doc, 99)
  const third = encodeUpdate(change(other, () => runOf(other, 0).insert(0, 'late ')))
  socket.send(first, second, third)
  expect((await socket.next('refused')).refusal).toEqual({ message: 2, code: 'invalid' })
  expect(await socket.closed).toEqual([4400, 'invalid'])
  expect((await witness.socket.next('update')).type).toBe('update')
  witness.socket.send(encodeUpdate(change(witness.doc, () => runOf(witness.doc, 0).insert(0, '?'))))
  await witness.socket.next('saved')
  expect(await office.stored(id)).toEqual(['?Hello!'])
  // Whoever starts anew from the server comes in and writes.
  const again = await office.joined(id, office.ada)
  again.socket.send(encodeUpdate(change(again.doc, () => runOf(again.doc, 0).insert(7, ' on'))))
  await again.socket.next('saved')
  expect(await office.stored(id)).toEqual(['?Hello! on'])
})

test('19: a frame of 20 MB', async () => {
  const id = await office.document()
  const witness = await office.joined(id, office.grace)
  const editor = await office.joined(id, office.ada)
  editor.socket.send(new Uint8Array(20_000_000))
  expect((await editor.socket.next('refused')).refusal).toEqual({ message: 1, code: 'too_large' })
  expect(await editor.socket.closed).toEqual([4413, 'too_large'])
  witness.socket.send(encodeUpdate(change(witness.doc, (doc) => runOf(doc, 0).insert(5, '!'))))
  await witness.socket.next('saved')
  expect(await office.stored(id)).toEqual(['Hello!'])
})

test('23: frames that are none: 1007, and for the third time 4400', async () => {
  const outsider = await office.site.person('careless')
  const id = await office.document()
  await setRole(office.pool, id, outsider.id, 'editor')
  const bad = [
    (socket: RawSocket) => socket.send('text'),
    (socket: RawSocket) => socket.send(Uint8Array.of(77)),
    // No websocket frame at all: reserved bits are set.
    (socket: RawSocket) => socket.wire.write(Buffer.from([0xff, 0xff, 0xff, 0xff])),
  ]
  const codes: number[] = []
  for (const send of bad) {
    const { socket } = await office.joined(id, outsider, '')
    send(socket)
    codes.push((await socket.closed)[0])
  }
  expect(codes).toEqual([1007, 1007, 4400])
})

/** A new credential for each connection, as a stock client has. */
async function freshTicket(id: DocumentId, person: Person): Promise<string> {
  const credentialId = `t:${person.tokenId}` as const
  const principal = { personId: person.id, scope: 'write', credentialId } as Principal
  return (await issueTicket(office.pool, principal, { documentId: id, now: Date.now() })).ticket
}

test('23: bad frames count by person, not by ticket, also before it is known whose they are', async () => {
  const id = await office.document()
  const bad = [
    (socket: RawSocket) => socket.send('text'),
    (socket: RawSocket) => socket.wire.write(Buffer.from([0xff, 0xff, 0xff, 0xff])),
    (socket: RawSocket) => socket.send('text'),
  ]
  const ends: unknown[] = []
  for (const send of bad) {
    const socket = await office.site.raw(`/collab/${id}?ticket=${await freshTicket(id, office.linus)}`)
    send(socket)
    ends.push(await socket.closed)
  }
  expect(ends).toEqual([
    [1007, 'bad_frame'],
    [1007, 'bad_frame'],
    [4400, 'invalid'],
  ])
  // In another document they begin anew.
  const elsewhere = await office.joined(await office.document(), office.linus)
  elsewhere.socket.send('text')
  expect((await elsewhere.socket.closed)[0]).toBe(1007)
})

test('24: the same person with a fresh ticket is answered 429, but not where they are told why', async () => {
  const id = await office.document()
  const { socket, doc } = await office.joined(id, office.linus, '')
  socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).insert(0, 'x'))))
  expect((await socket.closed)[0]).toBe(4400)
  const path = `/collab/${id}?ticket=${await freshTicket(id, office.linus)}`
  await expect(office.site.raw(path)).rejects.toThrow('HTTP 429')
  const told = await office.joined(id, office.linus)
  told.socket.close()
  const grace = await office.joined(id, office.grace, '')
  grace.socket.close()
})

test('24: a client that cannot know is answered 429 for a while, another one not', async () => {
  const id = await office.document()
  const { socket, doc } = await office.joined(id, office.linus, '')
  socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).insert(0, 'x'))))
  expect((await socket.closed)[0]).toBe(4400)
  await expect(office.site.raw(`/collab/${id}`, bearer(office.linus))).rejects.toThrow('HTTP 429')
  const other = await office.joined(id, office.ada)
  other.socket.close()
})

test('13: a clock gap is dropped and asked for; saved waits for the step 2', async () => {
  const id = await office.document()
  const { socket, doc } = await office.joined(id, office.ada)
  const asked = await socket.next('step1')
  const first = change(doc, () => runOf(doc, 0).insert(5, 'a'))
  const second = change(doc, () => runOf(doc, 0).insert(6, 'b'))
  expect(first.length).toBeGreaterThan(0)
  socket.send(encodeUpdate(second))
  socket.send(encodeStep2(Y.encodeStateAsUpdate(doc, asked.stateVector)))
  expect((await socket.next('saved')).through).toBe(2)
  expect(await office.stored(id)).toEqual(['Helloab'])
  socket.close()
})

test('log lines hold codes and ids, never text or credentials', () => {
  const said = JSON.stringify(office.site.logged)
  for (const secret of [office.ada.token, office.grace.token, 'ada-cookie', 'Hello', 'stolen']) {
    expect(said).not.toContain(secret)
  }
  expect(said).toContain('not_yours')
})
