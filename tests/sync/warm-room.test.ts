import { expect, test } from 'vitest'
import { runOf, textsOf } from '../support/raw-body'
import { MemoryBus } from './memory-bus'
import { World, worldWith } from './world'

/** Time in which nobody edits and every page answers, and the second in which that is noticed. */
const rested = async (world: World, ms = 302_000) => {
  for (let left = ms; left > 0; left -= 10_000) {
    await world.pass(Math.min(left, 10_000))
    await world.calm()
  }
}
const states = (world: World) => {
  const { rooms, roomsHot, roomsWarm } = world.hub.stats()
  return { rooms, roomsHot, roomsWarm }
}
const hot = { rooms: 1, roomsHot: 1, roomsWarm: 0 }
const warm = { rooms: 1, roomsHot: 0, roomsWarm: 1 }

test('7: a document that is only read gives up its Y.Doc, and serves who comes all the same', async () => {
  const [world, ada] = await worldWith(['ada'], new World({}, 'Hello '))
  world.person('viewer', 'viewer')
  ada.type('early')
  await world.calm()
  const viewer = world.open('viewer', { role: 'viewer' })
  await world.calm()
  await rested(world, 290_000)
  expect(states(world)).toEqual(hot)
  await rested(world, 12_000)
  expect(states(world)).toEqual(warm)
  // With nothing, and with everything but the last; and whose presence is here.
  const late = world.open('late', { role: 'viewer' })
  await world.calm()
  expect([late.text, late.isComplete]).toEqual(['Hello early ', true])
  viewer.pair?.cut()
  await world.calm()
  world.connect(viewer)
  await world.calm()
  expect([viewer.text, viewer.isComplete]).toEqual(['Hello early ', true])
  expect(states(world)).toEqual(warm)
})

test('8: the next edit of a document that was only read is judged and passed on in its own turn', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'], new World({}, 'Hello '))
  await rested(world)
  expect(states(world)).toEqual(warm)
  ada.type('one')
  ada.type('two')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  // Nothing was waited for: the first is on its way already.
  while (grace.pair?.canDeliverToPage) grace.pair.deliverToPage()
  expect(grace.text).toBe('Hello one ')
  expect(states(world)).toEqual(hot)
  await world.calm()
  expect([grace.text, textsOf(await world.stored())]).toEqual(['Hello one two ', ['Hello one two ']])
  expect([...ada.saved]).toEqual(['one', 'two'])
  await rested(world)
  expect(states(world)).toEqual(warm)
})

test('12: pages that have everything and come back do not wake it; the log without news does not either', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'], new World({}, 'Hello '))
  ada.type('gone')
  runOf(ada.doc, 0).delete(0, 3)
  await world.calm()
  await rested(world)
  expect(states(world)).toEqual(warm)
  for (const page of [ada, grace]) {
    page.pair?.cut()
    await world.calm()
    world.connect(page)
    await world.calm()
  }
  world.open('new')
  await world.calm()
  world.announce({ type: 'document.appended', documentId: world.documentId })
  await world.calm()
  expect(world.pages.map(({ text, closeCode }) => [text, closeCode])).toEqual([
    ['lo gone ', null],
    ['lo gone ', null],
    ['lo gone ', null],
  ])
  expect(states(world)).toEqual(warm)
  // What was deleted meanwhile is news.
  grace.pair?.cut()
  runOf(grace.doc, 0).delete(0, 3)
  world.connect(grace)
  await world.calm()
  expect([ada.text, states(world)]).toEqual(['gone ', hot])
  expect(textsOf(await world.stored())).toEqual(['gone '])
})

test('10: whoever fell behind gets what they missed of a document that only has its bytes by then', async () => {
  const limits = { holdUpdatesBytes: 1_000, warmMs: 5_000 }
  const [world, ada, slow] = await worldWith(['ada', 'slow'], new World(limits))
  for (let i = 0; i < 40; i++) {
    ada.type(`${i}-${'x'.repeat(90)}`)
    while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
    await world.pass(20)
  }
  expect(slow.words.length).toBeLessThan(40)
  world.store.release()
  await world.pass(8_000)
  expect(states(world)).toEqual(warm)
  await world.calm()
  expect(slow.text).toBe(ada.text)
  expect(states(world)).toEqual(warm)
})

test('31: a document that only has its bytes tells and hears what nodes have of it', async () => {
  const bus = new MemoryBus()
  const [a, b] = [bus.node('a'), bus.node('b')]
  const here = new World({ warmMs: 60_000 }, 'Hello ', { relay: () => a })
  const there = new World({ warmMs: 60_000 }, '', { of: here, relay: () => b })
  const heard = () => {
    for (const node of [a, b]) while (node.inbox.length > 0) node.deliver()
  }
  const calm = async () => {
    for (let round = 0; round < 4; round++) {
      for (const world of [here, there]) await world.calm()
      heard()
    }
  }
  const ada = here.open('ada')
  const grace = there.open('grace', { clientId: 77 })
  await calm()
  for (let second = 0; second < 70; second += 10) {
    await here.pass(10_000)
    await calm()
  }
  expect([states(here), states(there)]).toEqual([warm, warm])
  const reads = { here: 0, there: 0 }
  for (const [name, world] of [
    ['here', here],
    ['there', there],
  ] as const) {
    const read = world.store.readAgain.bind(world.store)
    world.store.readAgain = (documentId) => {
      reads[name] += 1
      return read(documentId)
    }
  }
  await here.pass(16_000)
  await calm()
  // They have the same: nobody needs the log.
  expect(reads).toEqual({ here: 0, there: 0 })
  ada.type('new')
  await here.calm()
  // What was said of it is lost; the next comparison tells.
  b.inbox.length = 0
  await here.pass(16_000)
  await calm()
  expect(grace.text).toBe('Hello new ')
  expect(reads).toEqual({ here: 0, there: 1 })
})
