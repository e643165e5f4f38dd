import { expect, test } from 'vitest'
import type { LiveEvent } from '../../lib/live'
import { textsOf } from '../support/raw-body'
import type { Page } from './page'
import { World, worldWith } from './world'

const conditions = (page: Page) =>
  page.events.filter((event: LiveEvent) => event.type === 'body.changed').map((event) => ({ ...event }))
const sizes = (page: Page) => conditions(page).map((event) => ('size' in event ? event.size : null))

const limits = { largeBodyBytes: 2_000, maxBodyBytes: 4_000 }

test('37: people are told when their document is large, and whoever comes later as well', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'], new World(limits, 'Hello '))
  ada.type('x'.repeat(1_000))
  await world.calm()
  expect([sizes(ada), sizes(grace)]).toEqual([[], []])
  ada.type('y'.repeat(1_500))
  await world.calm()
  expect(conditions(grace)).toEqual([
    { type: 'body.changed', documentId: world.documentId, size: 'large', limitBytes: 4_000, damaged: false },
  ])
  const late = world.open('late', { role: 'viewer' })
  const stock = world.open('stock', { caps: [] })
  await world.calm()
  expect([sizes(ada), sizes(late), sizes(stock)]).toEqual([['large'], ['large'], []])
  expect(late.text).toBe(ada.text)
  grace.type('goes on')
  await world.calm()
  expect(grace.refusal).toBeNull()
})

test('19, 37: a full document is told to be so, takes nothing more, and is read as before', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'], new World(limits, 'Hello '))
  ada.type('x'.repeat(4_100))
  ada.type('late')
  await world.calm()
  // What reached the limit was taken whole.
  expect([ada.refusal?.code, ada.closeCode]).toEqual(['too_large', 4413])
  expect([sizes(ada), sizes(grace)]).toEqual([['full'], ['full']])
  expect(textsOf(await world.stored())[0]).toBe(`Hello ${'x'.repeat(4_100)} `)
  // Who brings nothing new stays; who comes is told before the text.
  const late = world.open('late')
  await world.calm()
  expect([late.text, late.closeCode, sizes(late)]).toEqual([grace.text, null, ['full']])
  late.type('no')
  await world.calm()
  expect(late.refusal?.code).toBe('too_large')
  expect([grace.closeCode, textsOf(await world.stored())[0]?.endsWith('no ')]).toEqual([null, false])
})

test('a document counts as it is stored, not as it was typed', async () => {
  const [world, ada] = await worldWith(['ada'], new World({ ...limits, messageBurst: 1_000 }, 'Hello '))
  // Each letter is a message of some 25 bytes, and one byte of the document.
  for (let i = 0; i < 300; i++) ada.type(String(i % 10))
  await world.calm()
  expect(sizes(ada)).toEqual([])
  expect(ada.closeCode).toBeNull()
})

test('37: a damaged copy is told to everybody, and a good one is made at once', async () => {
  const world = new World({}, 'Hello ')
  const read = world.store.read.bind(world.store)
  world.store.read = async (documentId) => ({ ...(await read(documentId)), fellBack: true })
  const [, ada] = await worldWith(['ada'], world)
  expect(conditions(ada)).toMatchObject([{ size: 'usual', damaged: true }])
  expect(world.store.folds).toEqual([{ minUpdates: 0 }])
  expect(world.hub.stats()).toMatchObject({ bodiesFellBack: 1, snapshots: 1 })
})

test('37: so is one that is found when the log is folded', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'], new World({ compactUpdates: 3 }, 'Hello '))
  const good = world.store.compactAs
  world.store.compactAs = (rule, parts) =>
    ({ ...good(rule, parts), fellBack: true }) as ReturnType<typeof good>
  for (const word of ['a', 'b', 'c']) ada.type(word)
  await world.calm()
  expect(conditions(grace)).toMatchObject([{ size: 'usual', damaged: true }])
  expect(world.hub.stats()).toMatchObject({ snapshotsReplaced: 1 })
})
