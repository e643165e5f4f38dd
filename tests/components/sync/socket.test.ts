import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocket as NodeWebSocket, type WebSocket as Peer, WebSocketServer } from 'ws'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { SocketInput } from '../../../components/sync/session-ports'
import { openDocumentSocket } from '../../../components/sync/socket'
import {
  decodeClientMessage,
  encodeLive,
  encodeRefused,
  encodeSaved,
  encodeStep1,
  encodeStep2,
} from '../../../lib/sync/message'
import { textOf, typeInto } from './session-world'

/** A real socket on a real port; the test speaks the server's part by hand. */
const closers: (() => void)[] = []
let listening: WebSocketServer | null = null
const nextArrival = () => (listening ? once(listening, 'connection') : Promise.reject(new Error('no server')))
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function connected(canWrite: boolean) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  listening = server
  let count = 0
  server.on('connection', () => {
    count += 1
  })
  closers.push(() => server.close())
  const doc = new Y.Doc()
  const awareness = new Awareness(doc)
  const heard: [string, ...unknown[]][] = []
  const waiting: { name: string; resolve: (entry: unknown[]) => void }[] = []
  const note =
    (name: string) =>
    (...given: unknown[]) => {
      heard.push([name, ...given])
      const index = waiting.findIndex((one) => one.name === name)
      if (index >= 0) waiting.splice(index, 1)[0]?.resolve(given)
    }
  const names = [
    'onOpen',
    'onSent',
    'onSaved',
    'onRefused',
    'onLive',
    'onServerClocks',
    'onReadOnly',
    'onSynced',
    'onClose',
  ]
  const input = { doc, awareness, canWrite, ...Object.fromEntries(names.map((n) => [n, note(n)])) }
  const socket = openDocumentSocket(
    {
      server: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/collab`,
      documentId: 'd0',
      schemaVersion: 1,
      personId: 'ada',
      clock: { now: Date.now, after: () => () => {} },
      typing: null,
      WebSocket: NodeWebSocket as unknown as typeof WebSocket,
    },
    input as unknown as SocketInput,
  )
  closers.push(() => {
    socket.destroy()
    awareness.destroy()
  })
  const arrival = once(server, 'connection') as Promise<[Peer, { url: string }]>
  socket.connect()
  const [peer, request] = await arrival
  const frames: Uint8Array[] = []
  const frameWaiters: (() => void)[] = []
  peer.on('message', (data: Buffer) => {
    frames.push(new Uint8Array(data))
    for (const wake of frameWaiters.splice(0)) wake()
  })
  return {
    doc,
    awareness,
    socket,
    peer,
    url: request.url,
    arrivals: () => count,
    heard,
    next: (name: string) =>
      new Promise<unknown[]>((resolve) => {
        const past = heard.find(([n]) => n === name)
        if (past) resolve(past.slice(1))
        else waiting.push({ name, resolve })
      }),
    frame: async (type: string) => {
      for (;;) {
        const found = frames.map((frame) => decodeClientMessage(frame)).find((m) => m?.type === type)
        if (found) return found
        await new Promise<void>((resolve) => frameWaiters.push(resolve))
      }
    },
  }
}

test('it asks for acknowledgements and live events, and says its schema and whose page it is', async () => {
  const { url } = await connected(true)
  const asked = new URL(url, 'http://server')
  expect(asked.pathname).toBe('/collab/d0')
  expect(Object.fromEntries(asked.searchParams)).toEqual({ caps: 'saved,live', schema: '1', person: 'ada' })
})

test('step 2 and updates are counted as they leave; other messages are not', async () => {
  const { doc, peer, next, frame, heard } = await connected(true)
  typeInto(doc, 'Offline words. ')
  peer.send(encodeStep1(Y.encodeStateVector(new Y.Doc())))
  const step2 = await frame('step2')
  const copy = new Y.Doc()
  if (step2.type === 'step2') Y.applyUpdate(copy, step2.update)
  expect(textOf(copy)).toBe('Offline words. ')
  peer.send(encodeStep2(Y.encodeStateAsUpdate(new Y.Doc())))
  await next('onSynced')
  typeInto(doc, 'a')
  await frame('update')
  const kinds = heard.filter(([name]) => name === 'onSent').map(([, kind]) => kind)
  expect(kinds.filter((kind) => kind === 'step2')).toHaveLength(1)
  expect(kinds.at(-1)).toBe('update')
})

test('a page that may write, to a server that does not ask what it has, is told that it may read', async () => {
  const { doc, peer, next, heard } = await connected(true)
  const there = new Y.Doc()
  typeInto(there, 'Text of the server.')
  peer.send(encodeStep2(Y.encodeStateAsUpdate(there)))
  await next('onReadOnly')
  expect(textOf(doc)).toBe('Text of the server.')
  expect(heard.map(([name]) => name)).not.toContain('onSynced')
})

test('a reader answers step 1 with nothing and sends no update', async () => {
  const { doc, peer, next, frame, heard } = await connected(false)
  typeInto(doc, 'a repair by the binding')
  peer.send(encodeStep1(Y.encodeStateVector(new Y.Doc())))
  const answer = await frame('step2')
  const copy = new Y.Doc()
  if (answer.type === 'step2') Y.applyUpdate(copy, answer.update)
  expect(copy.store.clients.size).toBe(0)
  peer.send(encodeStep2(Y.encodeStateAsUpdate(new Y.Doc())))
  await next('onSynced')
  typeInto(doc, 'more')
  peer.close(1012)
  expect(await next('onClose')).toEqual([1012])
  expect(heard.filter(([name, kind]) => name === 'onSent' && kind === 'update')).toEqual([])
})

test('saved, refused and live reach the session', async () => {
  const { peer, next } = await connected(true)
  const event = { type: 'document.changed', documentId: '00000000-0000-4000-8000-0000000000d0' } as const
  peer.send(encodeSaved(7))
  peer.send(encodeLive(event))
  peer.send(encodeRefused({ message: 8, code: 'not_yours' }))
  expect(await next('onSaved')).toEqual([7])
  expect(await next('onLive')).toEqual([event])
  expect(await next('onRefused')).toEqual(['not_yours'])
})

test('it does not come back by itself, whatever the code, but does when told to', async () => {
  const { peer, next, socket, arrivals } = await connected(true)
  peer.close(1012)
  expect(await next('onClose')).toEqual([1012])
  expect(arrivals()).toBe(1)
  const again = nextArrival()
  socket.connect()
  await again
  expect(arrivals()).toBe(2)
})

test('a connection that is dropped is said to be lost at once, which is what asks anew', async () => {
  const { socket, heard } = await connected(true)
  socket.drop()
  expect(heard.at(-1)).toEqual(['onClose', null])
})
