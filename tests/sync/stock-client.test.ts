import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as first from 'y-websocket-1'
import * as second from 'y-websocket-2'
import * as Y from 'yjs'
import { issueTicket } from '../../server/auth/ticket'
import { runOf, textsOf } from '../support/raw-body'
import { Office, onSaved, when } from './wire'

let office: Office
beforeAll(async () => {
  office = await Office.open()
})
afterEach(() => office.site.hangUp())
afterAll(() => office.close())

const synced = (provider: WebsocketProvider) => when(provider, () => provider.synced)
const closing = (provider: WebsocketProvider) =>
  new Promise<number>((resolve) => provider.once('connection-close', (event) => resolve(event?.code ?? 0)))

/** Used in the same way, as far as these stories go, though their types know no common ancestor. */
const as3 = (older: unknown) => older as typeof WebsocketProvider
const clients = [
  ['1.5.4', as3(first.WebsocketProvider)],
  ['2.1.0', as3(second.WebsocketProvider)],
  ['3.1.0', WebsocketProvider],
] as const

describe.each(clients)('y-websocket %s', (_version, Provider) => {
  test('7, 8: two people type in one paragraph and read the same; what is saved is in the database', async () => {
    const id = await office.document()
    const [a, g] = [
      office.site.provider(id, office.ada.token, { Provider, params: { caps: 'saved' } }),
      office.site.provider(id, office.grace.token, { Provider }),
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
    expect((await office.stored(id))[0]).toContain('cba')
  })

  test('a program with a ticket, refreshed in `provider.params`, survives a lost connection', async () => {
    const id = await office.document()
    const principal = {
      personId: office.ada.id,
      scope: 'write',
      credentialId: `t:${office.ada.tokenId}`,
    } as never
    const ticket = async () =>
      (await issueTicket(office.pool, principal, { documentId: id, now: Date.now() })).ticket
    const url = `${office.site.origin.replace('http://localhost', 'ws://127.0.0.1')}/collab`
    const provider = new Provider(url, id, new Y.Doc(), {
      WebSocketPolyfill: WebSocket as never,
      disableBc: true,
      params: { ticket: await ticket() },
    })
    await synced(provider)
    // 1.5 does not look at it, and comes back with the first one, which is good for a minute.
    provider.params = { ticket: await ticket() }
    const lost = closing(provider)
    provider.ws?.close()
    await lost
    runOf(provider.doc, 0).insert(5, ' offline')
    await synced(provider)
    const reader = office.site.provider(id, office.grace.token, { Provider })
    await when(reader, () => textsOf(reader.doc)[0] === 'Hello offline')
    provider.awareness.destroy()
    provider.destroy()
  })

  test('20, 21: presence carries the name that the server knows', async () => {
    const id = await office.document()
    const [a, g] = [
      office.site.provider(id, office.ada.token, { Provider }),
      office.site.provider(id, office.grace.token, { Provider }),
    ]
    await Promise.all([synced(a), synced(g)])
    a.awareness.setLocalState({ user: { name: 'Grace', color: 'red' }, sectionId: 'h1', admin: true })
    await when(g, () => g.awareness.getStates().get(a.doc.clientID)?.sectionId === 'h1')
    expect(g.awareness.getStates().get(a.doc.clientID)).toEqual({
      user: { id: office.ada.id, name: 'ada', color: '#336699', picture: null },
      cursor: null,
      sectionId: 'h1',
    })
    a.destroy()
    await when(g, () => !g.awareness.getStates().has(a.doc.clientID))
  })
})
