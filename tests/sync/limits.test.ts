import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeUpdate } from '../../lib/sync/message'
import { committerLimits } from '../../server/document/committer'
import { mergeLimits } from '../../server/document/merger'
import { committerLimitsOf, mergeLimitsOf, syncLimits } from '../../server/sync/limits'
import { addParagraph, textsOf } from '../support/raw-body'
import { World, worldWith } from './world'

/** Limits that no other test reaches. */
test('every limit is one number under one name, those of the committer and of merging as well', () => {
  expect(Object.values(syncLimits).filter((value) => typeof value !== 'number')).toEqual([])
  expect(committerLimitsOf({ ...syncLimits, commitSpacingMs: 9 })).toEqual({
    ...committerLimits,
    spacingMs: 9,
  })
  expect(mergeLimitsOf({ ...syncLimits, mergeThreadBytes: 5 })).toEqual({ ...mergeLimits, threadBytes: 5 })
})

test('5: of many people in one document, the one too many is closed with 4503', async () => {
  const world = new World({ maxSocketsPerDocument: 3 })
  const pages = ['ada', 'grace', 'linus', 'margaret'].map((name) => world.open(name))
  await world.calm()
  expect(pages.map(({ closeCode }) => closeCode)).toEqual([null, null, null, 4503])
  pages[0]?.pair?.leave()
  await world.calm()
  world.connect(pages[3] as (typeof pages)[number])
  await world.calm()
  expect(pages[3]?.closeCode).toBeNull()
})

test('25: a long message may take bytes that are not there yet; nothing is read until they are', async () => {
  const limits = { bytesPerSecond: 1_000, byteBurst: 8_000, throttleMs: 10_000 }
  const [world, ada, grace] = await worldWith(['ada', 'grace'], new World(limits))
  ada.type('x'.repeat(12_000))
  ada.type('next')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  expect(ada.pair?.isPaused).toBe(true)
  // The long one was read whole: 4 KB and a little are owed.
  await world.pass(3_900)
  expect(ada.pair?.isPaused).toBe(true)
  await world.pass(600)
  expect(ada.pair?.isPaused).toBe(false)
  await world.calm()
  expect(grace.text).toBe(ada.text)
  expect(ada.closeCode).toBeNull()
})

test('18: more new client ids of one person in an hour than there may be', async () => {
  const [world, ada] = await worldWith(['ada'], new World({ newIdsPerHour: 4 }, 'Hello'))
  const write = async (clientId: number) => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(ada.doc))
    const before = Y.encodeStateVector(doc)
    doc.clientID = clientId
    addParagraph(doc, `by ${clientId}`)
    ada.pair?.write(encodeUpdate(Y.encodeStateAsUpdate(doc, before)))
    await world.calm()
  }
  // Her own page has announced one.
  for (const id of [71, 72, 73]) await write(id)
  expect(ada.refusal).toBeNull()
  await write(74)
  expect([ada.refusal?.code, ada.closeCode]).toEqual(['invalid', 4400])
  expect(textsOf(await world.stored())).toEqual(['Hello', 'by 71', 'by 72', 'by 73'])
})

test('28: with much unsaved no document is opened, and with more nothing is taken: 1013', async () => {
  const world = new World({ commitRefuseLoadsBytes: 1_000, commitFullBytes: 2_000, unloadMs: 1_000 })
  const other = new World({}, 'Elsewhere')
  for (const [id, updates] of other.disk.updates) world.disk.updates.set(id, updates)
  const [, ada] = await worldWith(['ada'], world)
  ada.type('x'.repeat(1_200))
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  await world.pass(20)
  const late = world.open('late', { documentId: other.documentId })
  for (let round = 0; round < 3; round++) {
    await world.pass(10)
    while (late.pair?.canDeliver) {
      if (late.pair.canDeliverToServer) late.pair.deliverToServer()
      else late.pair.deliverToPage()
    }
  }
  expect([late.closeCode, late.text]).toEqual([1013, ''])
  // Here goes on what can be kept.
  ada.type('y'.repeat(1_200))
  ada.type('refused')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  while (ada.pair?.canDeliverToPage) ada.pair.deliverToPage()
  expect(ada.closeCode).toBe(1013)
  expect(world.hub.refuses).toBe('overloaded')
  await world.calm()
  expect(world.hub.refuses).toBeNull()
  world.connect(ada)
  await world.calm()
  expect(ada.saved.has('refused')).toBe(true)
})
