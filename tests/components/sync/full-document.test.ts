import { expect, test } from 'vitest'
import type { LiveEvent } from '../../../lib/live'
import { settle } from '../../support/clock'
import { documentOf, serverHolding, textOf, World } from './session-world'

const told = (size: 'usual' | 'large' | 'full', damaged = false): LiveEvent => ({
  type: 'body.changed',
  documentId: documentOf().id,
  size,
  limitBytes: 50_000_000,
  damaged,
})

test('a document that is full becomes one that is read, once, and writes again when there is room', async () => {
  const server = serverHolding('Shared. ')
  const world = new World()
  await world.live(server)
  world.socket.input.onLive(told('large'))
  expect([world.view.condition?.size, world.view.body?.canWrite]).toEqual(['large', true])
  world.socket.input.onLive(told('full'))
  await world.until((view) => view.state.kind === 'connecting')
  world.socket.input.onLive(told('full'))
  await world.live(server)
  expect(world.view).toMatchObject({ condition: { size: 'full' }, kept: [], saved: { kind: 'read_only' } })
  expect(world.view.body && textOf(world.view.body.doc)).toBe('Shared. ')
  expect(world.sockets).toHaveLength(2)
  // The connection is lost and found: it is full still, and nothing is made anew.
  world.socket.close(1006)
  world.clock.advance(1_000)
  await world.until((view) => view.state.kind === 'connecting')
  world.socket.input.onLive(told('full'))
  await world.live(server)
  expect(world.sockets).toHaveLength(2)
  // A server that says nothing of it has room.
  world.socket.close(1012)
  world.clock.advance(1_000)
  await world.until((view) => view.state.kind === 'connecting')
  world.socket.accept(server)
  await world.until(() => world.sockets.length === 3)
  await world.live(server)
  expect([world.view.condition, world.view.body?.canWrite]).toEqual([null, true])
})

test('who was writing when it became full is answered first: what was taken is offered to nobody', async () => {
  const world = new World()
  await world.live(serverHolding('Shared. '))
  world.type('The last words')
  world.socket.input.onLive(told('full'))
  expect(world.view.body?.canWrite).toBe(true)
  world.socket.input.onSaved(2)
  await world.until((view) => view.state.kind === 'connecting')
  expect([world.view.kept, world.sockets.length]).toEqual([[], 2])
  expect(world.socket.input.canWrite).toBe(false)
})

test('what a full document did not take is kept for its author, and sent no second time', async () => {
  const server = serverHolding('Shared. ')
  const world = new World()
  await world.live(server)
  world.type('One too many')
  world.socket.input.onLive(told('full'))
  world.socket.input.onRefused('too_large')
  world.socket.close(4413)
  await world.until((view) => view.state.kind === 'connecting' && world.sockets.length === 2)
  world.socket.input.onLive(told('full'))
  await world.live(server)
  expect(world.view.kept.map(({ words, why }) => [words, why])).toEqual([['One too many', 'too_large']])
  expect([world.view.state.kind, world.view.saved.kind]).toEqual(['live', 'read_only'])
  expect(world.sockets).toHaveLength(2)
})

test('whose words on this device a full document does not take has them kept, and reads', async () => {
  const server = serverHolding('Shared. ')
  const first = new World()
  await first.live(server)
  first.socket.close(1006)
  first.type('Written offline')
  const world = new World({ stored: first.stored })
  await world.until((view) => view.state.kind === 'connecting')
  world.socket.input.onLive(told('full'))
  expect(world.socket.input.canWrite).toBe(true)
  world.socket.accept(server)
  world.socket.input.onRefused('too_large')
  world.socket.close(4413)
  await world.until((view) => view.state.kind === 'connecting' && world.sockets.length === 2)
  expect(world.view.kept.map(({ words }) => words)).toEqual(['Written offline'])
  expect(world.socket.input.canWrite).toBe(false)
})

test('a damaged copy is told, and nothing else changes', async () => {
  const world = new World()
  await world.live(serverHolding('Text'))
  const before = world.view.body
  world.socket.input.onLive(told('usual', true))
  expect(world.view.condition).toMatchObject({ damaged: true, size: 'usual' })
  expect(world.view.body).toBe(before)
  world.socket.input.onLive(told('usual'))
  expect(world.view.condition).toBeNull()
})

test('a page that reads a full document is live when its server comes back with room in it', async () => {
  const server = serverHolding('Shared. ')
  const world = new World({ document: documentOf('viewer'), canWrite: false })
  world.reading = { kind: 'ok', document: documentOf('viewer'), canWrite: false }
  await world.until(({ state }) => state.kind === 'connecting')
  world.socket.input.onLive(told('full'))
  world.socket.accept(server)
  world.socket.close(1012)
  world.clock.advance(1_000)
  await world.until(({ state }) => state.kind === 'connecting')
  world.socket.accept(server)
  await settle()
  expect(world.view.state.kind).toBe('live')
})
