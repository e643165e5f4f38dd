import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { CallError } from '../../../components/call-api'
import type { HeldStore } from '../../../components/sync/session-ports'
import type { DocumentAnswer } from '../../../lib/api'
import { documentOf, serverHolding, textOf, typeInto, World } from './session-world'

const approved = (role: DocumentAnswer['role'] = 'owner'): DocumentAnswer => ({
  ...documentOf(role),
  status: 'approved',
})

/** The text is approved while a page is being typed in: its socket is closed, and it may only read now. */
async function approve(world: World, server: Y.Doc, role: DocumentAnswer['role'] = 'owner') {
  const { body } = world.view
  world.reading = { kind: 'ok', document: approved(role), canWrite: false }
  world.socket.close(4205)
  await world.until((view) => view.state.kind === 'connecting' && view.body !== body)
  world.socket.accept(server)
}
const words = (world: World) =>
  world.proposed.map(({ body }) => [
    body.anchor?.quote ?? '',
    JSON.stringify(body.suggestion.replacement).replace(/.*"text":"([^"]*)".*/, '$1'),
  ])

test('a sentence that came after the approval becomes a suggestion by itself, and is said to be one', async () => {
  const server = serverHolding('We retry.')
  const world = new World()
  await world.live(server)
  world.type(' Five times.')
  await approve(world, server)
  await world.until((view) => view.late.length > 0)
  expect(words(world)).toEqual([['retry.', ' Five times.']])
  expect(world.view.late).toEqual(['thread 0'])
  expect(world.view.body && textOf(world.view.body.doc)).toBe('We retry.')
  await world.storeLeft
  expect(world.cleared).toBe(1)
  expect([world.view.kept, world.keptAside]).toEqual([[], []])
  world.session.forgetLate()
  expect(world.view.late).toEqual([])
})

test('what was committed in the end is no suggestion, though nobody had said so', async () => {
  const server = serverHolding('We retry.')
  const world = new World()
  await world.live(server)
  world.type(' Five times.')
  Y.applyUpdate(server, world.socket.sent.at(-1) ?? new Uint8Array())
  await approve(world, server)
  await world.storeLeft
  expect([world.proposed, world.view.kept, world.cleared]).toEqual([[], [], 1])
})

test('what the server shows and refuses in the end is a suggestion all the same', async () => {
  const server = serverHolding('We retry.')
  const world = new World()
  await world.live(server)
  world.type(' Five times.')
  const inMemory = new Y.Doc()
  Y.applyUpdate(inMemory, Y.encodeStateAsUpdate(server))
  Y.applyUpdate(inMemory, world.socket.sent.at(-1) ?? new Uint8Array())
  world.isInLog = false
  await approve(world, inMemory)
  await world.until((view) => view.state.kind === 'live')
  expect([world.proposed, world.cleared]).toEqual([[], 0])
  // The log refuses it; whoever reads starts anew.
  world.isInLog = true
  await approve(world, server)
  await world.until((view) => view.late.length > 0)
  expect(words(world)).toEqual([['retry.', ' Five times.']])
})

test('what others wrote meanwhile, saved or not, is not made one’s own', async () => {
  const server = serverHolding('We retry.')
  const world = new World()
  await world.live(server)
  const grace = new Y.Doc()
  Y.applyUpdate(grace, Y.encodeStateAsUpdate(server))
  grace.getXmlFragment('content').insert(1, [paragraph('Of Grace, not saved.')])
  world.socket.receive(Y.encodeStateAsUpdate(grace))
  world.type(' Five times.')
  server.getXmlFragment('content').insert(0, [paragraph('Of Linus, saved.')])
  await approve(world, server)
  await world.until((view) => view.late.length > 0)
  expect(words(world)).toEqual([['retry.', ' Five times.']])
})

test('words typed into a sentence that was not saved either go along with it', async () => {
  const server = serverHolding('We retry.')
  const world = new World()
  await world.live(server)
  const grace = new Y.Doc()
  Y.applyUpdate(grace, Y.encodeStateAsUpdate(server))
  typeInto(grace, ' Often')
  world.socket.receive(Y.encodeStateAsUpdate(grace))
  world.type(', five times.')
  await approve(world, server)
  await world.until((view) => view.late.length > 0)
  expect(words(world)).toEqual([['retry.', ' Often, five times.']])
})

test('a suggestion that is refused leaves the words where they were kept before', async () => {
  const server = serverHolding('We retry.')
  const world = new World()
  world.refuses = () => new CallError('too_large', { fromApi: true })
  await world.live(server)
  world.type(' Five times.')
  await approve(world, server)
  await world.until((view) => view.kept.length > 0)
  expect(world.view.kept.map(({ why, words }) => [why, words])).toEqual([['read_only', ' Five times.']])
  await world.storeLeft
  expect([world.keptAside.length, world.cleared, world.view.late]).toEqual([1, 1, []])
})

test('where nobody answers it is tried again, and then kept', async () => {
  const server = serverHolding('We retry.')
  const world = new World()
  let tries = 0
  world.refuses = () => {
    tries += 1
    // Whoever waits has begun to by the time that this is read.
    queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => world.clock.advanceToNext())))
    return new CallError('unavailable')
  }
  await world.live(server)
  world.type(' Five times.')
  await approve(world, server)
  await world.until((view) => view.kept.length > 0)
  expect(tries).toBe(4)
})

test('whoever may not comment keeps the words', async () => {
  const server = serverHolding('We retry.')
  const world = new World()
  await world.live(server)
  world.type(' Five times.')
  await approve(world, server, 'viewer')
  expect(world.view.kept.map(({ words }) => words)).toEqual([' Five times.'])
  expect(world.proposed).toEqual([])
})

test('a page that goes before it is told leaves all of it on the device', async () => {
  const server = serverHolding('We retry.')
  const world = new World()
  await world.live(server)
  world.type(' Five times.')
  world.reading = { kind: 'ok', document: approved(), canWrite: false }
  world.socket.close(4205)
  await world.until((view) => view.state.kind === 'connecting' && view.body === null)
  world.stop()
  await world.storeLeft
  expect([world.cleared, world.closed, world.keptAside]).toEqual([0, 1, []])
  expect(world.stored?.memory.changes).toBe(1)
})

test('a text that may be written again before it is told gets the words as they are', async () => {
  const server = serverHolding('We retry.')
  const world = new World()
  await world.live(server)
  world.type(' Five times.')
  world.reading = { kind: 'ok', document: approved(), canWrite: false }
  world.socket.close(4205)
  await world.until((view) => view.state.kind === 'connecting' && view.body === null)
  world.reading = { kind: 'ok', document: documentOf(), canWrite: true }
  world.socket.close(4205)
  await world.until((view) => view.body !== null)
  world.socket.accept(server)
  Y.applyUpdate(server, world.socket.sent.at(-1) ?? new Uint8Array())
  expect(textOf(server)).toBe('We retry. Five times.')
  expect(world.proposed).toEqual([])
})

/** What a page left that was closed offline, days ago. */
function left(server: Y.Doc, words: string): HeldStore & { cleared: boolean } {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
  typeInto(doc, words)
  const store = {
    held: { doc, own: new Set([doc.clientID]), words },
    cleared: false,
    clear: async () => {
      store.cleared = true
      return true
    },
    close: () => {},
  }
  return store
}

test('what a closed page left on this device becomes suggestions when the approved text is opened', async () => {
  const server = serverHolding('We retry.')
  const store = left(server, ' Five times.')
  const world = new World({ canWrite: false, document: approved(), held: store })
  await world.until((view) => view.state.kind === 'connecting')
  world.socket.accept(server)
  await world.until((view) => view.late.length > 0)
  expect(words(world)).toEqual([['retry.', ' Five times.']])
  await expect.poll(() => store.cleared).toBe(true)
})

test('whoever only reads ends with the text as it was taken, not with what they were shown', async () => {
  const server = serverHolding('We retry.')
  const world = new World({ canWrite: false, document: documentOf('commenter') })
  world.reading = { kind: 'ok', document: documentOf('commenter'), canWrite: false }
  await world.until((view) => view.state.kind === 'connecting')
  world.socket.accept(server)
  const ada = new Y.Doc()
  Y.applyUpdate(ada, Y.encodeStateAsUpdate(server))
  typeInto(ada, ' Five times.')
  world.socket.receive(Y.encodeStateAsUpdate(ada))
  expect(world.view.body && textOf(world.view.body.doc)).toBe('We retry. Five times.')
  await approve(world, server, 'commenter')
  expect(world.view.body && textOf(world.view.body.doc)).toBe('We retry.')
  expect(world.proposed).toEqual([])
})

function paragraph(words: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph')
  element.insert(0, [new Y.XmlText(words)])
  return element
}
