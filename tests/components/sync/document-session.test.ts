import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { ada, documentOf, serverHolding, textOf, typeInto, World } from './session-world'

test('nothing is sent before the local store has loaded, and the editor waits for content', async () => {
  const world = new World()
  expect(world.view.state.kind).toBe('loading')
  expect(world.sockets).toHaveLength(0)
  await world.until((view) => view.state.kind === 'connecting')
  expect(world.view.body).toBeNull()
  world.socket.accept(serverHolding('Hello'))
  expect(world.view.state.kind).toBe('live')
  expect(world.view.body && textOf(world.view.body.doc)).toBe('Hello')
})

test('what this device holds is shown before any server answers', async () => {
  const before = serverHolding('Kept here')
  const world = new World({
    stored: { update: Y.encodeStateAsUpdate(before), memory: { changes: 2, saved: null, clients: null } },
  })
  await world.until((view) => view.body !== null)
  expect(world.view.state.kind).toBe('connecting')
  expect(world.view.saved).toEqual({ kind: 'offline', changes: 2, kept: true })
})

test('Saved is said only once the server has answered for everything sent', async () => {
  const world = new World()
  await world.until((view) => view.state.kind === 'connecting')
  world.socket.accept(serverHolding(''))
  expect(world.view.saved.kind).toBe('connecting')
  world.socket.input.onSaved(1)
  expect(world.view.saved.kind).toBe('saved')
  world.type('a')
  expect(world.view.saved.kind).toBe('saving')
  expect(world.session.hasUnsaved()).toBe(true)
  world.type('b')
  world.socket.input.onSaved(2)
  expect(world.view.saved.kind).toBe('saving')
  world.socket.input.onSaved(3)
  expect(world.view.saved.kind).toBe('saved')
  expect(world.session.hasUnsaved()).toBe(false)
})

test('keys and answers that change nothing to be drawn draw nothing', async () => {
  const world = new World()
  await world.live(serverHolding(''))
  world.type('a')
  let drawn = 0
  const stop = world.session.subscribe(() => {
    drawn += 1
  })
  for (const letter of 'bcdefgh') world.type(letter)
  world.socket.input.onSaved(2)
  expect([drawn, world.view.saved.kind]).toEqual([0, 'saving'])
  world.socket.input.onSaved(9)
  expect([drawn, world.view.saved.kind]).toEqual([1, 'saved'])
  stop()
})

test('an acknowledgement that does not come for five seconds is said, and taken back when it does', async () => {
  const world = new World()
  await world.live(serverHolding(''))
  world.type('a')
  world.clock.advance(4_999)
  expect(world.view.saved.kind).toBe('saving')
  world.clock.advance(1)
  expect(world.view.saved).toEqual({ kind: 'paused', changes: 1, kept: true })
  world.socket.input.onSaved(2)
  expect(world.view.saved.kind).toBe('saved')
})

test('a killed server: typing goes on, the count is kept, and all of it is sent once when it is back', async () => {
  const server = serverHolding('Start. ')
  const world = new World()
  await world.live(server)
  world.type('a')
  world.socket.close(1006)
  expect(world.view.state.kind).toBe('offline')
  world.type('b')
  world.type('c')
  expect(world.view.saved).toEqual({ kind: 'offline', changes: 3, kept: true })
  expect(world.stored?.memory.changes).toBe(3)

  world.clock.advance(300)
  await world.until((view) => view.state.kind === 'connecting')
  expect(world.sockets).toHaveLength(1)
  expect(world.socket.connects).toBe(2)
  world.socket.accept(server)
  Y.applyUpdate(server, world.socket.sent.at(-1) ?? new Uint8Array())
  expect(textOf(server)).toBe('Start. abc')
  world.socket.input.onSaved(1)
  expect(world.view.saved.kind).toBe('saved')
  expect(world.stored?.memory.changes).toBe(0)
})

test('a device without network is offline at once, not when the socket finds out', async () => {
  const world = new World()
  await world.live(serverHolding(''))
  world.type('a')
  world.session.networkLost()
  expect(world.view.saved).toEqual({ kind: 'offline', changes: 1, kept: true })
})

test('attempts go on for as long as it takes, never more than about two seconds apart', async () => {
  const world = new World()
  await world.live(serverHolding(''))
  world.reading = { kind: 'unreachable' }
  let attempts = 0
  const original = world.session.view().state
  expect(original.kind).toBe('live')
  world.socket.close(null)
  for (let second = 0; second < 30; second += 1) {
    const before = world.view
    world.clock.advance(2_500)
    await world.until((view) => view !== before)
    attempts += 1
  }
  expect(attempts).toBe(30)
  expect(world.view.state.kind).toBe('offline')
  world.reading = { kind: 'ok', document: documentOf(), canWrite: true }
  world.session.wake()
  await world.until((view) => view.state.kind === 'connecting')
})

test('an expired session: typing goes on, nothing is lost, and the same person goes on where they were', async () => {
  const server = serverHolding('')
  const world = new World()
  await world.live(server)
  world.socket.close(4401)
  expect(world.view.state.kind).toBe('signed_out')
  expect(world.view.body).not.toBeNull()
  world.type('typed while signed out')
  world.reading = { kind: 'signed_out' }
  world.session.wake()
  world.reading = { kind: 'ok', document: documentOf(), canWrite: true }
  world.session.wake()
  await world.until((view) => view.state.kind === 'connecting')
  world.socket.accept(server)
  Y.applyUpdate(server, world.socket.sent.at(-1) ?? new Uint8Array())
  expect(textOf(server)).toBe('typed while signed out')
})

test('another person signing in sees and sends nothing of the first, who loses nothing', async () => {
  const server = serverHolding('')
  const world = new World()
  await world.live(server)
  world.socket.close(4401)
  world.type('of the first')
  const sent = world.socket.sent.length
  world.reading = { kind: 'other_person', name: 'Grace' }
  world.session.wake()
  await world.until((view) => view.state.kind === 'other_person')
  expect(world.view.body).toBeNull()
  expect(world.socket.connects).toBe(1)
  expect(world.socket.sent).toHaveLength(sent)
  expect(world.stored?.memory.changes).toBe(1)

  world.reading = { kind: 'ok', document: documentOf(), canWrite: true }
  world.session.wake()
  await world.until((view) => view.state.kind === 'connecting')
  expect(world.view.body && textOf(world.view.body.doc)).toBe('of the first')
})

test('after a lost connection, who is signed in is asked before anything is sent', async () => {
  const world = new World()
  await world.live(serverHolding(''))
  world.reading = { kind: 'other_person', name: 'Grace' }
  world.socket.close(1006)
  world.clock.advance(1_000)
  await world.until((view) => view.state.kind === 'other_person')
  expect(world.socket.connects).toBe(1)
})

test('a refused update: the words are offered, the store is emptied, a new document comes from the server', async () => {
  const server = serverHolding('Together. ')
  const world = new World()
  await world.live(server)
  const first = world.view.body
  world.type('Refused words')
  world.socket.input.onRefused('invalid')
  world.socket.close(4400)
  await world.until((view) => view.state.kind === 'connecting')
  expect(world.view.kept.map((text) => [text.why, text.words])).toEqual([['invalid', 'Refused words']])
  expect(world.keptAside).toHaveLength(1)
  await world.storeLeft
  expect(world.cleared).toBe(1)
  expect(world.sockets[0]?.destroyed).toBe(true)

  await world.live(server)
  expect(world.view.body?.doc).not.toBe(first?.doc)
  expect(world.view.body && textOf(world.view.body.doc)).toBe('Together. ')
  expect(world.view.saved.kind).toBe('saved')
})

test('a page that is refused again and again stops, instead of turning for ever', async () => {
  const world = new World()
  for (let round = 0; round < 4; round += 1) {
    await world.live(serverHolding(''))
    world.type('again')
    world.socket.input.onRefused('invalid')
    world.socket.close(4400)
    await world.until((view) => view.state.kind !== 'live' && view.state.kind !== 'loading')
    if (world.view.state.kind === 'refused') break
  }
  expect(world.view.state).toEqual({ kind: 'refused', code: 'invalid' })
  expect(world.view.body).toBeNull()
  expect(world.view.kept.length).toBeGreaterThan(0)
})

test('read_only on a page where nobody typed rebuilds nothing', async () => {
  const world = new World()
  await world.live(serverHolding('Text'))
  const before = world.view.body
  world.socket.input.onRefused('read_only')
  world.socket.close(4400)
  await world.until((view) => view.state.kind === 'connecting' && world.socket.connects === 2)
  expect(world.view.body).toBe(before)
  expect(world.view.kept).toEqual([])
})

test('a role taken away to reading: unsent words are kept for their author, the page reads on', async () => {
  const server = serverHolding('Shared. ')
  const world = new World()
  await world.live(server)
  world.type('Not taken')
  world.reading = { kind: 'ok', document: documentOf('viewer'), canWrite: false }
  world.socket.close(4205)
  await world.until((view) => view.state.kind === 'connecting')
  await world.live(server)
  expect(world.view.saved.kind).toBe('read_only')
  expect(world.view.document.role).toBe('viewer')
  expect(world.view.kept.map((text) => text.words)).toEqual(['Not taken'])
  expect(world.view.body && textOf(world.view.body.doc)).toBe('Shared. ')
  expect(world.storesOpened).toBe(1)
})

test('a page out of the browser’s memory, whose document is in the bin by now, becomes one that reads', async () => {
  const server = serverHolding('Shared. ')
  const world = new World()
  world.reading = { kind: 'ok', document: documentOf('owner'), canWrite: false }
  await world.until((view) => view.state.kind === 'connecting')
  world.socket.open = true
  world.socket.receive(Y.encodeStateAsUpdate(server))
  world.socket.input.onReadOnly()
  world.clock.advance(1_000)
  await world.until((view) => view.state.kind === 'connecting' && world.sockets.length === 2)
  await world.live(server)
  expect(world.view.saved.kind).toBe('read_only')
  expect(world.view.body?.canWrite).toBe(false)
  expect(world.view.kept).toEqual([])
})

test('a server that reads out loud but takes nothing, while the API says write, is asked ever more slowly', async () => {
  const world = new World()
  await world.until((view) => view.state.kind === 'connecting')
  const waits: number[] = []
  for (let round = 1; round <= 6; round += 1) {
    world.socket.open = true
    world.socket.input.onReadOnly()
    expect(world.view.state.kind).toBe('offline')
    const since = world.clock.now()
    world.clock.advanceToNext()
    waits.push(world.clock.now() - since)
    await world.until((view) => view.state.kind === 'connecting')
    expect(world.socket.connects).toBe(round + 1)
  }
  expect(waits).toEqual([200, 400, 800, 1_600, 2_000, 2_000])
  expect(world.sockets).toHaveLength(1)
})

test('a changed role that may still write comes back at once, with the same text', async () => {
  const world = new World()
  await world.live(serverHolding('Text'))
  const before = world.view.body
  world.reading = { kind: 'ok', document: documentOf('editor'), canWrite: true }
  world.socket.close(4205)
  await world.until(() => world.socket.connects === 2)
  expect(world.view.body).toBe(before)
  expect(world.view.document.role).toBe('editor')
})

test('access taken away: the text is hidden, the store emptied, own unsent words stay', async () => {
  const server = serverHolding('Secret of others. ')
  const world = new World()
  await world.live(server)
  world.socket.close(1006)
  world.type('My own words')
  world.reading = { kind: 'gone' }
  world.clock.advance(1_000)
  await world.until((view) => view.state.kind === 'gone')
  expect(world.view.body).toBeNull()
  expect(world.view.kept.map((text) => text.words)).toEqual(['My own words'])
  await world.storeLeft
  expect(world.cleared).toBe(1)
})

test('4403, 4404 and 4426 end the session, each in its own state', async () => {
  for (const [code, kind] of [
    [4403, 'no_access'],
    [4404, 'gone'],
    [4426, 'outdated'],
  ] as const) {
    const world = new World()
    await world.live(serverHolding('Text'))
    world.socket.close(code)
    expect(world.view.state.kind).toBe(kind)
    world.clock.advance(60_000)
    expect(world.sockets).toHaveLength(1)
    expect(world.socket.connects).toBe(1)
  }
})

test('a reader keeps nothing on this device and sends no update, not even a repair of the editor', async () => {
  const world = new World({ canWrite: false, document: documentOf('viewer') })
  await world.until((view) => view.state.kind === 'connecting')
  world.socket.accept(serverHolding('Text'))
  if (world.view.body) typeInto(world.view.body.doc, ' repaired by the binding')
  expect(world.storesOpened).toBe(0)
  expect(world.socket.sent).toEqual([])
  expect(world.session.hasUnsaved()).toBe(false)
  expect(world.view.saved.kind).toBe('read_only')
})

test('a browser that keeps nothing says so', async () => {
  const world = new World({ stored: null })
  await world.live(serverHolding(''))
  world.socket.close(1006)
  world.type('a')
  expect(world.view.saved).toEqual({ kind: 'offline', changes: 1, kept: false })
})

test('words of other people are not offered as mine, after a reload neither', async () => {
  const server = serverHolding('Shared. ')
  const world = new World()
  await world.live(server)
  typeInto(server, 'By Grace. ')
  world.socket.receive(Y.encodeStateAsUpdate(server))
  world.socket.close(null)
  world.type('By Ada.')
  world.stop()

  const later = new World({ stored: world.stored })
  await later.until((view) => view.body !== null)
  later.socket.close(4403)
  expect(later.view.kept.map((text) => text.words)).toEqual(['By Ada.'])
  expect(later.view.kept[0]?.personId).toBe(ada.id)
})

test('a session that has ended answers nothing any more', async () => {
  const world = new World()
  await world.live(serverHolding(''))
  const { socket } = world
  world.stop()
  expect(world.view.state.kind).toBe('closed')
  socket.input.onClose(1006)
  world.clock.advance(60_000)
  expect(world.view.state.kind).toBe('closed')
  expect(socket.connects).toBe(1)
})
