import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { DocumentId } from '../../lib/id'
import { encodeAwareness, encodeStep1, encodeStep2, encodeUpdate } from '../../lib/sync/message'
import { digest } from '../../server/auth/secret'
import { sessionCredential } from '../../server/auth/session-store'
import { issueTicket } from '../../server/auth/ticket'
import { issueToken, revokeToken } from '../../server/auth/token'
import { checksumOf, loadBody } from '../../server/document/update-log'
import { addParagraph, bodyOf, change, copyOf, runOf, textsOf } from '../support/raw-body'
import { makeDocument, setRole } from './documents'
import { onSaved, type RawSocket, Site, when } from './wire'

let site: Site
type Person = Awaited<ReturnType<Site['person']>>
let ada: Person
let grace: Person
let linus: Person
beforeAll(async () => {
  site = await Site.open()
  ada = await site.person('ada')
  grace = await site.person('grace')
  linus = await site.person('linus')
})
afterAll(async () => {
  await site.close()
  await site.database.close()
})

const pool = () => site.database.pool
const bearer = (person: Person) => ({ authorization: `Bearer ${person.token}` })
const document = (text = 'Hello') =>
  makeDocument(
    pool(),
    ada.id,
    [
      [grace.id, 'editor'],
      [linus.id, 'viewer'],
    ],
    text,
  )
const storedText = async (id: DocumentId) => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await loadBody(pool(), id)).update)
  return textsOf(doc)
}
const synced = (provider: WebsocketProvider) => when(provider, () => provider.synced)
const closing = (provider: WebsocketProvider) =>
  new Promise<number>((resolve) => provider.once('connection-close', (event) => resolve(event?.code ?? 0)))
/** A raw socket that is in, with a copy of the document under a client id of its own. */
async function joined(id: DocumentId, person: Person, query = '?caps=saved,live') {
  const socket = await site.raw(`/collab/${id}${query}`, bearer(person))
  const doc = new Y.Doc()
  socket.send(encodeStep1(Y.encodeStateVector(doc)))
  Y.applyUpdate(doc, (await socket.next('update')).update)
  Y.applyUpdate(doc, (await socket.next('step2')).update)
  return { socket, doc: copyOf(doc, doc.clientID) }
}

describe('stock y-websocket 3', () => {
  test('7, 8: two people type in one paragraph and read the same; what is saved is in the database', async () => {
    const id = await document()
    const [a, g] = [
      site.provider(id, ada.token, { params: { caps: 'saved' } }),
      site.provider(id, grace.token),
    ]
    await Promise.all([synced(a), synced(g)])
    expect(textsOf(a.doc)).toEqual(['Hello'])
    let saved = 0
    let told = () => {}
    onSaved(a, (through) => {
      saved = through
      told()
    })
    // A client's step 2 is its first update message, so the three letters are 2 to 4.
    for (const letter of 'abc') runOf(a.doc, 0).insert(5, letter)
    runOf(g.doc, 0).insert(0, '>')
    await Promise.all([
      when(a, () => textsOf(a.doc)[0]?.length === 9),
      when(g, () => textsOf(g.doc)[0]?.length === 9),
    ])
    expect(textsOf(a.doc)).toEqual(textsOf(g.doc))
    await new Promise<void>((resolve) => {
      told = () => void (saved >= 4 && resolve())
      told()
    })
    expect((await storedText(id))[0]).toContain('cba')
  })

  test('a program with a ticket, refreshed in `provider.params`, survives a lost connection', async () => {
    const id = await document()
    const principal = { personId: ada.id, scope: 'write', credentialId: `t:${ada.tokenId}` } as never
    const ticket = async () =>
      (await issueTicket(pool(), principal, { documentId: id, now: Date.now() })).ticket
    const { WebsocketProvider: Provider } = await import('y-websocket')
    const { WebSocket } = await import('ws')
    const url = `${site.origin.replace('http://localhost', 'ws://127.0.0.1')}/collab`
    const provider = new Provider(url, id, new Y.Doc(), {
      WebSocketPolyfill: WebSocket as never,
      disableBc: true,
      params: { ticket: await ticket() },
    })
    await synced(provider)
    provider.params = { ticket: await ticket() }
    const lost = closing(provider)
    provider.ws?.close()
    await lost
    runOf(provider.doc, 0).insert(5, ' offline')
    await synced(provider)
    const reader = site.provider(id, grace.token)
    await when(reader, () => textsOf(reader.doc)[0] === 'Hello offline')
    provider.awareness.destroy()
    provider.destroy()
  })

  test('20, 21: presence carries the name that the server knows', async () => {
    const id = await document()
    const [a, g] = [site.provider(id, ada.token), site.provider(id, grace.token)]
    await Promise.all([synced(a), synced(g)])
    a.awareness.setLocalState({ user: { name: 'Grace', color: 'red' }, sectionId: 'h1', admin: true })
    await when(g, () => g.awareness.getStates().get(a.doc.clientID)?.sectionId === 'h1')
    expect(g.awareness.getStates().get(a.doc.clientID)).toEqual({
      user: { id: ada.id, name: 'ada', color: '#336699', picture: null },
      cursor: null,
      sectionId: 'h1',
    })
    a.destroy()
    await when(g, () => !g.awareness.getStates().has(a.doc.clientID))
  })
})

describe('being let in', () => {
  test('1: a foreign origin is refused over HTTP, with a cookie and without', async () => {
    const path = `/collab/${await document()}`
    const evil = 'https://evil.example'
    await expect(site.raw(path, { origin: evil, cookie: 'session=x' })).rejects.toThrow('HTTP 403')
    await expect(site.raw(path, { origin: evil })).rejects.toThrow('HTTP 403')
    await expect(site.raw(path, { cookie: 'session=x' })).rejects.toThrow('HTTP 403')
    await expect(site.raw('/elsewhere', bearer(ada))).rejects.toThrow('HTTP 404')
    expect(JSON.stringify(site.logged)).not.toContain('session=x')
  })

  test('1: a session with an allowed origin comes in', async () => {
    await pool().query(
      `insert into session (token_hash, person_id, expires_at) values ($1, $2, now() + interval '1 day')`,
      [digest('ada-cookie'), ada.id],
    )
    const socket = await site.raw(`/collab/${await document()}`, {
      origin: site.origin,
      cookie: 'session=ada-cookie',
    })
    expect((await socket.next('step1')).type).toBe('step1')
    socket.close()
  })

  test.each([
    ['nothing', {}],
    ['an unknown token', { authorization: 'Bearer rat_unknown' }],
  ])('2: %s is upgraded and closed with 4401', async (_, headers) => {
    const socket = await site.raw(`/collab/${await document()}`, headers)
    expect(await socket.closed).toEqual([4401, 'unauthenticated'])
  })

  test('2: an expired session and an expired ticket are closed with 4401', async () => {
    const id = await document()
    await pool().query(
      `insert into session (token_hash, person_id, expires_at) values ($1, $2, now() - interval '1 s')`,
      [digest('old-cookie'), ada.id],
    )
    const byCookie = await site.raw(`/collab/${id}`, { origin: site.origin, cookie: 'session=old-cookie' })
    expect((await byCookie.closed)[0]).toBe(4401)
    const principal = { personId: ada.id, scope: 'write', credentialId: `t:${ada.tokenId}` } as never
    const { ticket } = await issueTicket(pool(), principal, { documentId: id, now: Date.now() - 61_000 })
    expect((await (await site.raw(`/collab/${id}?ticket=${ticket}`)).closed)[0]).toBe(4401)
  })

  test('2: unknown, forbidden and impossible documents are closed with 4404 alike', async () => {
    const stranger = await site.person('stranger')
    for (const name of [await document(), '3b0e8f0a-1d3e-4b57-9f57-0d8f3a5d1c11', 'no-id', '%00', '..']) {
      const ended = (await site.raw(`/collab/${name}`, bearer(stranger)).catch((error) => error)) as RawSocket
      if (name === '..') expect(ended).toMatchObject({ message: 'HTTP 404' })
      else expect(await ended.closed).toEqual([4404, 'not_found'])
    }
  })

  test.each(['0', '2', 'x'])('3: schema=%s is closed with 4426 before anything is sent', async (schema) => {
    const socket = await site.raw(`/collab/${await document()}?schema=${schema}`, bearer(ada))
    expect(await socket.closed).toEqual([4426, 'outdated'])
    expect(socket.messages).toEqual([])
  })

  test('4: more than 64 messages, or 1 MiB, before the judgement are closed with 4529', async () => {
    const path = `/collab/${await document()}`
    for (const frames of [Array(80).fill(encodeAwareness([])), [new Uint8Array(1_200_000)]]) {
      const socket = await site.raw(path, bearer(ada))
      socket.send(...frames)
      expect([4529, 1006]).toContain((await socket.closed)[0])
    }
  })

  test('6: a document whose body is damaged is closed with 1013, never shown empty', async () => {
    const id = await document()
    await pool().query('delete from document_update where document_id = $1', [id])
    const socket = await site.raw(`/collab/${id}`, bearer(ada))
    expect(await socket.closed).toEqual([1013, 'unavailable'])
    expect(socket.messages).toEqual([])
  })
})

describe('what is refused', () => {
  test("16: an update under somebody else's client id", async () => {
    const id = await document()
    const witness = await joined(id, grace)
    const thief = await joined(id, ada)
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
    expect(await storedText(id)).toEqual(['Hello!?'])
  })

  test('16: an id that is only announced is its owner’s already', async () => {
    const id = await document()
    const owner = await joined(id, grace)
    const listener = await joined(id, ada)
    owner.socket.send(encodeAwareness([{ id: owner.doc.clientID, clock: 1, state: '{}' }]))
    const seen = await listener.socket.next('awareness')
    expect(seen.entries.map((entry) => entry.id)).toEqual([owner.doc.clientID])
    const forged = copyOf(listener.doc, owner.doc.clientID)
    listener.socket.send(encodeUpdate(change(forged, (doc) => runOf(doc, 0).insert(0, 'first'))))
    expect((await listener.socket.closed)[0]).toBe(4400)
    owner.socket.send(encodeUpdate(change(owner.doc, (doc) => runOf(doc, 0).insert(0, 'mine'))))
    await owner.socket.next('saved')
    expect(await storedText(id)).toEqual(['mineHello'])
  })

  test('15: a viewer who writes; what brings nothing new is fine', async () => {
    const id = await document()
    const viewer = await joined(id, linus)
    viewer.socket.send(encodeUpdate(Y.encodeStateAsUpdate(viewer.doc)))
    expect((await viewer.socket.next('saved')).through).toBe(1)
    viewer.socket.send(encodeUpdate(change(viewer.doc, (doc) => runOf(doc, 0).insert(0, 'x'))))
    expect((await viewer.socket.next('refused')).refusal).toEqual({ message: 2, code: 'read_only' })
    expect((await viewer.socket.closed)[0]).toBe(4400)
    expect(await storedText(id)).toEqual(['Hello'])
  })

  test('18: a node that a document cannot hold', async () => {
    const id = await document()
    const editor = await joined(id, ada)
    const update = change(editor.doc, (doc) =>
      doc.getXmlFragment('content').push([new Y.XmlElement('script')]),
    )
    editor.socket.send(encodeUpdate(update))
    expect((await editor.socket.next('refused')).refusal.code).toBe('invalid')
    expect((await editor.socket.closed)[0]).toBe(4400)
  })

  test('19: a frame of 20 MB', async () => {
    const id = await document()
    const witness = await joined(id, grace)
    const editor = await joined(id, ada)
    editor.socket.send(new Uint8Array(20_000_000))
    expect((await editor.socket.next('refused')).refusal).toEqual({ message: 1, code: 'too_large' })
    expect(await editor.socket.closed).toEqual([4413, 'too_large'])
    witness.socket.send(encodeUpdate(change(witness.doc, (doc) => runOf(doc, 0).insert(5, '!'))))
    await witness.socket.next('saved')
    expect(await storedText(id)).toEqual(['Hello!'])
  })

  test('23: frames that are none: 1007, and for the third time 4400', async () => {
    const outsider = await site.person('careless')
    const id = await document()
    await setRole(pool(), id, outsider.id, 'editor')
    const bad = [
      (socket: RawSocket) => socket.send('text'),
      (socket: RawSocket) => socket.send(Uint8Array.of(77)),
      // No websocket frame at all: reserved bits are set.
      (socket: RawSocket) => socket.wire.write(Buffer.from([0xff, 0xff, 0xff, 0xff])),
    ]
    const codes: number[] = []
    for (const send of bad) {
      const { socket } = await joined(id, outsider, '')
      send(socket)
      codes.push((await socket.closed)[0])
    }
    expect(codes).toEqual([1007, 1007, 4400])
  })

  test('24: a client that cannot know is answered 429 for a while, another one not', async () => {
    const id = await document()
    const { socket, doc } = await joined(id, linus, '')
    socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).insert(0, 'x'))))
    expect((await socket.closed)[0]).toBe(4400)
    await expect(site.raw(`/collab/${id}`, bearer(linus))).rejects.toThrow('HTTP 429')
    const other = await joined(id, ada)
    other.socket.close()
  })

  test('13: a clock gap is dropped and asked for; saved waits for the step 2', async () => {
    const id = await document()
    const { socket, doc } = await joined(id, ada)
    const asked = await socket.next('step1')
    const first = change(doc, () => runOf(doc, 0).insert(5, 'a'))
    const second = change(doc, () => runOf(doc, 0).insert(6, 'b'))
    expect(first.length).toBeGreaterThan(0)
    socket.send(encodeUpdate(second))
    socket.send(encodeStep2(Y.encodeStateAsUpdate(doc, asked.stateVector)))
    expect((await socket.next('saved')).through).toBe(2)
    expect(await storedText(id)).toEqual(['Helloab'])
    socket.close()
  })
})

describe('26: changes while connected, on the page within two seconds', () => {
  test('a role that is taken away: 4403', async () => {
    const id = await document()
    const { socket } = await joined(id, grace)
    await setRole(pool(), id, grace.id, null)
    await site.announce({ type: 'access.changed', documentId: id, personId: grace.id })
    expect(await socket.closed).toEqual([4403, 'forbidden'])
  })

  test('a role that is lowered: 4205; others stay, and write on under the new fence', async () => {
    const id = await document()
    const lowered = await joined(id, grace)
    const other = await joined(id, ada)
    await setRole(pool(), id, grace.id, 'viewer')
    await site.announce({ type: 'access.changed', documentId: id, personId: grace.id })
    expect(await lowered.socket.closed).toEqual([4205, 'access_changed'])
    other.socket.send(encodeUpdate(change(other.doc, (doc) => runOf(doc, 0).insert(5, '!'))))
    await other.socket.next('saved')
    expect(await storedText(id)).toEqual(['Hello!'])
  })

  test('without any event: the fence refuses, those who still may go on under the new one', async () => {
    const id = await document()
    const { socket, doc } = await joined(id, ada)
    await setRole(pool(), id, grace.id, 'viewer')
    socket.send(encodeUpdate(change(doc, () => runOf(doc, 0).insert(5, '!'))))
    await socket.next('saved')
    expect(await storedText(id)).toEqual(['Hello!'])
  })

  test('without any event: those who no longer may are sent back, and nothing of it is stored', async () => {
    const id = await document()
    const late = await joined(id, grace)
    const other = await joined(id, ada)
    await setRole(pool(), id, grace.id, 'viewer')
    late.socket.send(encodeUpdate(change(late.doc, (doc) => runOf(doc, 0).insert(5, ' late'))))
    expect(await late.socket.closed).toEqual([4205, 'access_changed'])
    expect(await other.socket.closed).toEqual([4205, 'access_changed'])
    const again = await joined(id, ada)
    expect(textsOf(again.doc)).toEqual(['Hello'])
    expect(await storedText(id)).toEqual(['Hello'])
  })

  test('a document in the bin: 4403 for members, 4205 for its owner', async () => {
    const id = await document()
    const [owner, member] = [await joined(id, ada), await joined(id, grace)]
    await pool().query('update document set binned_at = now(), write_epoch = write_epoch + 1 where id = $1', [
      id,
    ])
    await site.announce({ type: 'document.changed', documentId: id })
    expect((await owner.socket.closed)[0]).toBe(4205)
    expect((await member.socket.closed)[0]).toBe(4403)
  })

  test('a token that is revoked and a session that is ended: 4401', async () => {
    const id = await document()
    const person = await site.person('margaret')
    await setRole(pool(), id, person.id, 'viewer')
    const { socket } = await joined(id, person)
    await revokeToken(pool(), { tokenId: person.tokenId, personId: person.id, now: Date.now() })
    expect(await socket.closed).toEqual([4401, 'unauthenticated'])
    await pool().query(
      `insert into session (token_hash, person_id, expires_at) values ($1, $2, now() + interval '1 day')`,
      [digest('her-cookie'), person.id],
    )
    const page = await site.raw(`/collab/${id}`, { origin: site.origin, cookie: 'session=her-cookie' })
    page.send(encodeStep1(Uint8Array.of(0)))
    await page.next('step2')
    await site.announce({
      type: 'credential.ended',
      personId: person.id,
      credentialId: sessionCredential(digest('her-cookie')),
    })
    expect((await page.closed)[0]).toBe(4401)
  })

  test('a token that expires: 4401', async () => {
    const id = await document()
    const expiresAt = new Date(Date.now() + 500)
    const { token } = await issueToken(pool(), { personId: ada.id, scope: 'read', name: 'short', expiresAt })
    const socket = await site.raw(`/collab/${id}`, { authorization: `Bearer ${token}` })
    expect((await socket.closed)[0]).toBe(4401)
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime())
  })

  test('text that was appended by something else reaches open pages', async () => {
    const id = await document()
    const { socket } = await joined(id, grace)
    const author = copyOf(bodyOf(1, 'Hello'), 77)
    Y.applyUpdate(author, (await loadBody(pool(), id)).update)
    const data = change(author, () => addParagraph(author, 'Restored'))
    await pool().query(
      `insert into document_update (document_id, client_id, write_epoch, data, checksum) values ($1, 77, 9, $2, $3)`,
      [id, Buffer.from(data), checksumOf(data)],
    )
    await site.announce({ type: 'document.appended', documentId: id })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, (await loadBody(pool(), id)).update)
    expect((await socket.next('update')).update.length).toBeGreaterThan(0)
    expect(textsOf(doc)).toEqual(['Hello', 'Restored'])
  })
})

test('log lines hold codes and ids, never text or credentials', () => {
  const said = JSON.stringify(site.logged)
  for (const secret of [ada.token, grace.token, 'ada-cookie', 'Hello', 'stolen']) {
    expect(said).not.toContain(secret)
  }
  expect(said).toContain('not_yours')
})
