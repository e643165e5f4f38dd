import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeStep2, encodeUpdate } from '../../lib/sync/message'
import { settle } from '../support/clock'
import { change, copyOf, runOf, textsOf } from '../support/raw-body'
import { World, worldWith } from './world'

test('11: others read at once, saved is said when it is committed', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  ada.type('hi')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  await world.pass(100)
  while (ada.pair?.canDeliverToPage) ada.pair.deliverToPage()
  while (grace.pair?.canDeliverToPage) grace.pair.deliverToPage()
  expect(grace.text).toBe('hi ')
  expect(ada.saved.size).toBe(0)
  world.store.release()
  await settle()
  while (ada.pair?.canDeliverToPage) ada.pair.deliverToPage()
  expect(ada.saved).toEqual(new Set(['hi']))
})

test('12: what repeats something is saved when that is', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  ada.type('hi')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  await world.pass(10)
  while (grace.pair?.canDeliverToPage) grace.pair.deliverToPage()
  const heard: number[] = []
  const hear = grace.message.bind(grace)
  grace.message = (data) => {
    if (data[0] === 100) heard.push(data[1] ?? 0)
    hear(data)
  }
  grace.pair?.write(encodeUpdate(Y.encodeStateAsUpdate(grace.doc)))
  while (grace.pair?.canDeliver) {
    if (grace.pair.canDeliverToServer) grace.pair.deliverToServer()
    else grace.pair.deliverToPage()
  }
  expect(heard).toEqual([])
  await world.calm()
  // Its first was the step 2 at connecting.
  expect(heard).toEqual([2])
})

test('13: updates before the step 2 are dropped; saved waits for it; nothing is asked twice', async () => {
  const world = new World()
  const ada = world.open('ada')
  await world.calm()
  ada.pair?.leave()
  await world.calm()
  ada.type('offline')
  world.connect(ada)
  // Typed before the server has asked: it rests on what was typed offline.
  ada.type('live')
  const asked: number[] = []
  const hear = ada.message.bind(ada)
  ada.message = (data) => {
    if (data[0] === 0 && data[1] === 0) asked.push(1)
    hear(data)
  }
  await world.calm()
  expect(asked).toHaveLength(1)
  expect(ada.saved).toEqual(new Set(['offline', 'live']))
  expect(textsOf(await world.stored())).toEqual(['offline live '])
})

test('13: a step 2 with a gap is asked for once more, and then refused', async () => {
  const world = new World()
  const ada = world.open('ada')
  await world.calm()
  const ahead = copyOf(ada.doc, 5_000)
  change(ahead, (doc) => runOf(doc, 0).insert(0, 'first'))
  const gapped = change(ahead, (doc) => runOf(doc, 0).insert(5, 'second'))
  for (const _ of [1, 2]) {
    ada.pair?.write(encodeStep2(gapped))
    ada.pair?.deliverToServer()
  }
  await world.calm()
  expect(ada.refusal).toMatchObject({ code: 'invalid' })
  expect(textsOf(await world.stored())).toEqual([''])
})

test('28: saving paused is said after 5 s, and to whoever comes meanwhile; then that it is over', async () => {
  const [world, ada] = await worldWith(['ada'])
  world.store.isAway = true
  ada.type('hi')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  await world.pass(5_001)
  const grace = world.open('grace')
  while (grace.pair?.canDeliver || ada.pair?.canDeliverToPage) {
    await settle()
    if (grace.pair?.canDeliverToServer) grace.pair.deliverToServer()
    if (grace.pair?.canDeliverToPage) grace.pair.deliverToPage()
    if (ada.pair?.canDeliverToPage) ada.pair.deliverToPage()
    await settle()
  }
  expect(
    [ada.events, grace.events].map((events) => events.map((event) => 'paused' in event && event.paused)),
  ).toEqual([[true], [true]])
  expect(grace.text).toBe('hi ')
  world.store.isAway = false
  await world.pass(6_000)
  await world.calm()
  expect(ada.events.at(-1)).toMatchObject({ type: 'saving.changed', paused: false })
  expect(ada.saved).toEqual(new Set(['hi']))
})

test('28: so is it where a first text waits for the database to say whose its id is, and nobody is cut off', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  const paused = (page: typeof ada) => page.events.map((event) => 'paused' in event && event.paused)
  const hear = () => {
    for (const page of [ada, grace]) while (page.pair?.canDeliverToPage) page.pair.deliverToPage()
    while (grace.pair?.canDeliverToServer) grace.pair.deliverToServer()
  }
  world.store.isAway = true
  // An id that nobody has announced or written under.
  ada.doc.clientID = 77_000
  ada.type('first')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  expect(ada.pair?.isPaused).toBe(true)
  for (let seconds = 0; seconds < 90; seconds += 5) {
    await world.pass(5_000)
    hear()
  }
  expect([ada, grace].map(paused)).toEqual([[true], [true]])
  expect([ada.closeCode, grace.text]).toEqual([null, ''])
  world.store.isAway = false
  await world.pass(1_000)
  await world.calm()
  expect([ada, grace].map(paused)).toEqual([
    [true, false],
    [true, false],
  ])
  expect(ada.saved).toEqual(new Set(['first']))
  expect(grace.text).toBe('first ')
})

test('17: text that was passed on and not committed comes back through whoever has it', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  ada.type('lost')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  await world.pass(10)
  while (grace.pair?.canDeliverToPage) grace.pair.deliverToPage()
  grace.type('mine')
  world.kill()
  await world.pass(1_000)
  world.start()
  // Ada stays away; Grace has both.
  world.connect(grace)
  await world.calm()
  expect(grace.refusal).toBeNull()
  expect(textsOf(await world.stored())).toEqual(['lost mine '])
  world.connect(ada)
  await world.calm()
  expect(ada.text).toBe('lost mine ')
})

test('17: while the owner is here, it is waited for', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  ada.type('lost')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  await world.pass(10)
  while (grace.pair?.canDeliverToPage) grace.pair.deliverToPage()
  world.kill()
  await world.pass(1_000)
  world.start()
  for (const page of [ada, grace]) world.connect(page)
  // Ada has announced herself, and is slow to answer.
  await settle()
  for (let i = 0; i < 2; i++) ada.pair?.deliverToServer()
  while (grace.pair?.canDeliver) {
    if (grace.pair.canDeliverToServer) grace.pair.deliverToServer()
    else grace.pair.deliverToPage()
    await settle()
  }
  expect(grace.pair?.isPaused).toBe(true)
  await world.calm()
  expect(grace.pair?.isPaused).toBe(false)
  expect([ada.refusal, grace.refusal, ada.closeCode, grace.closeCode]).toEqual([null, null, null, null])
  expect(textsOf(await world.stored())).toEqual(['lost '])
})

test('17: ids of pages that were loaded since are nobody else’s, also in a recovery', async () => {
  const world = new World()
  world.kill()
  world.start()
  await world.pass(1_000)
  const [ada, grace] = [world.open('ada'), world.open('grace')]
  await world.calm()
  ada.type('hi')
  await world.calm()
  ada.pair?.leave()
  const forged = copyOf(grace.doc, ada.doc.clientID)
  change(forged, (doc) => runOf(doc, 0).insert(0, 'forged'))
  grace.pair?.write(encodeStep2(Y.encodeStateAsUpdate(forged)))
  await world.calm()
  expect(grace.refusal).toMatchObject({ code: 'not_yours' })
  expect(textsOf(await world.stored())).toEqual(['hi '])
})
