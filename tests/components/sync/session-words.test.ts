import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { serverHolding, textOf, typeInto, World } from './session-world'

test('nothing is deleted before the words are known to be kept, and nothing at all when they are not', async () => {
  for (const isKept of [true, false]) {
    const world = new World()
    await world.live(serverHolding('Shared. '))
    let answer = (_: boolean) => {}
    world.keeps = () =>
      new Promise((resolve) => {
        answer = resolve
      })
    world.type('My own words')
    world.socket.close(4403)
    expect(world.view.state.kind).toBe('no_access')
    expect(world.view.kept.map((text) => text.words)).toEqual(['My own words'])
    await Promise.resolve()
    expect([world.cleared, world.closed]).toEqual([0, 0])
    answer(isKept)
    await world.storeLeft
    expect([world.cleared, world.closed]).toEqual(isKept ? [1, 0] : [0, 1])
  }
})

test('a store that was never read is never deleted: it may hold words of an earlier page', async () => {
  const world = new World({ stored: null })
  await world.live(serverHolding('Shared. '))
  world.type('My own words')
  world.socket.close(4403)
  await world.storeLeft
  expect(world.view.kept.map((text) => text.words)).toEqual(['My own words'])
  expect([world.cleared, world.closed]).toEqual([0, 1])
})

test('refused words that could not be kept stay in the store, which the new document then leaves alone', async () => {
  const server = serverHolding('Together. ')
  const world = new World()
  await world.live(server)
  world.keeps = async () => false
  world.type('Refused words')
  world.socket.input.onRefused('invalid')
  world.socket.close(4400)
  await world.until((view) => view.state.kind === 'connecting' && world.sockets.length === 2)
  expect([world.cleared, world.closed, world.storesOpened]).toEqual([0, 1, 1])
  await world.live(server)
  expect(world.view.body && textOf(world.view.body.doc)).toBe('Together. ')
  world.type('More')
  expect(world.view.kept.map((text) => text.words)).toEqual(['Refused words'])
  world.socket.close(1006)
  expect(world.view.saved).toEqual({ kind: 'offline', changes: 1, kept: false })
})

test('words that another page of mine left are mine, whatever the count says; what others wrote is not', async () => {
  const server = serverHolding('Shared. ')
  const left = new Y.Doc()
  Y.applyUpdate(left, Y.encodeStateAsUpdate(server))
  typeInto(left, 'By Ada.')
  const memory = { changes: 0, saved: null, clients: [left.clientID] }
  const world = new World({ stored: { update: Y.encodeStateAsUpdate(left), memory } })
  await world.until((view) => view.body !== null)
  world.socket.input.onRefused('invalid')
  world.socket.close(4400)
  await world.storeLeft
  expect(world.view.kept.map((text) => text.words)).toEqual(['By Ada.'])
})
