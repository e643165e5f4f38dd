import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeStep1 } from '../../lib/sync/message'
import { plainText, runOf, textsOf } from '../support/raw-body'
import { shownOn, World, worldWith } from './world'

test('7: the base goes out as an update, the tail as step 2, also when it is empty', async () => {
  const world = new World({}, 'Hello')
  const [kinds, complete] = [[] as string[], [] as string[]]
  for (const typed of ['', 'x']) {
    const page = world.open(`reader${typed}`)
    const hear = page.message.bind(page)
    page.message = (data) => {
      kinds.push(`${data[0]},${data[1]}`)
      hear(data)
      if (page.isComplete) complete.push(page.text)
    }
    await world.calm()
    page.type(`word${typed}`)
    await world.calm()
  }
  // step 1 of the server, base, tail.
  expect(kinds.slice(0, 3)).toEqual(['0,0', '0,2', '0,1'])
  // Nobody was told to be complete before everything was there.
  expect(complete.filter((text) => !text.includes('Hello'))).toEqual([])
  expect(world.pages.map((page) => page.text)).toEqual(['Helloword wordx ', 'Helloword wordx '])
})

test('7: a body is encoded anew after 256 updates, and is the same', async () => {
  const [world, ada] = await worldWith(['ada'], new World({ messageBurst: 1_000 }))
  for (let i = 0; i < 300; i++) ada.type(`w${i}`)
  await world.calm()
  const late = world.open('late')
  await world.calm()
  expect(late.text).toBe(ada.text)
  ada.type('more')
  const later = world.open('later')
  await world.calm()
  expect(later.text).toBe(ada.text)
})

test('8: the first edit goes at once, the next ones together', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  let heard = 0
  const hear = grace.message.bind(grace)
  grace.message = (data) => {
    if (data[0] === 0) heard += 1
    hear(data)
  }
  for (const word of ['a', 'b', 'c']) ada.type(word)
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  while (grace.pair?.canDeliverToPage) grace.pair.deliverToPage()
  expect([heard, grace.text]).toEqual([1, 'a '])
  await world.pass(5)
  while (grace.pair?.canDeliverToPage) grace.pair.deliverToPage()
  expect([heard, grace.text]).toEqual([2, 'a b c '])
})

test('8: marks that meet: what yjs tidies up by itself does not stand for what was sent', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'], new World({}, 'Hello'))
  ada.pair?.cut()
  // The same words on both sides: one pair of marks is too many, and is removed wherever both are read.
  for (const page of [ada, grace]) runOf(page.doc, 0).format(0, 5, { bold: {} })
  ada.type('offline')
  await world.calm()
  world.connect(ada)
  await world.calm()
  expect(ada.text).toContain('offline')
  expect(grace.text).toBe(ada.text)
  expect(textsOf(await world.stored())[0]).toBe(plainText(runOf(ada.doc, 0)))
})

test('9: silence is broken before 20 s, for as long as it lasts', async () => {
  const [world, ada] = await worldWith(['ada'])
  let frames = 0
  const hear = ada.message.bind(ada)
  ada.message = (data) => {
    frames += 1
    hear(data)
  }
  for (let i = 0; i < 6; i++) {
    await world.pass(20_000)
    await world.calm()
    expect(frames).toBeGreaterThanOrEqual(i + 1)
  }
  expect(ada.closeCode).toBeNull()
})

test('9: a page that is gone without a word is noticed within a minute', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  ada.pair?.vanish()
  expect(shownOn(grace, ada)).toBeDefined()
  await world.pass(59_000)
  await world.calm()
  expect(world.hub.stats().sockets).toBe(2)
  await world.pass(2_000)
  await world.calm()
  expect(world.hub.stats().sockets).toBe(1)
  expect(shownOn(grace, ada)).toBeUndefined()
})

test('10: a reader that stops reading: presence held, then updates, then one diff; or it is closed', async () => {
  const limits = { holdPresenceBytes: 2_000, holdUpdatesBytes: 10_000, slowBytes: 100_000 }
  const [world, ada, slow] = await worldWith(['ada', 'slow'], new World(limits))
  const write = async (words: number) => {
    for (let i = 0; i < words; i++) {
      ada.type(`${ada.typed.length}-${'x'.repeat(90)}`)
      while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
      await world.pass(20)
    }
  }
  await write(60)
  const held = slow.pair?.unsentBytes ?? 0
  ada.announce({ sectionId: 'late' })
  await write(60)
  expect(held).toBeGreaterThan(4_000)
  // Held: only what was under way when the measure was full, however much was written since.
  expect(slow.pair?.unsentBytes).toBeLessThan(12_000)
  while (slow.pair?.canDeliverToPage) slow.pair.deliverToPage()
  expect(slow.text).toBe(ada.text)
  expect(shownOn(slow, ada)?.sectionId).toBe('late')
  await write(130)
  await world.pass(31_000)
  await world.calm()
  expect(slow.closeCode).toBe(1013)
  expect(ada.closeCode).toBeNull()
})

test('10: presence that comes while a reader catches up is shown when it has', async () => {
  const limits = { holdPresenceBytes: 2_000, holdUpdatesBytes: 10_000 }
  const [world, ada, slow] = await worldWith(['ada', 'slow'], new World(limits))
  const send = async () => {
    while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
    await world.pass(100)
  }
  for (let i = 0; i < 120; i++) {
    ada.type(`${i}-${'x'.repeat(90)}`)
    await send()
  }
  // Nearly everything is read: little enough for presence, which its updates would come behind.
  while ((slow.pair?.unsentBytes ?? 0) > 1_000) slow.pair?.deliverToPage()
  ada.announce({ sectionId: 'late' })
  await send()
  expect(slow.pair?.unsentBytes).toBeLessThan(1_000)
  while (slow.pair?.canDeliverToPage) slow.pair.deliverToPage()
  expect(slow.text).toBe(ada.text)
  expect(shownOn(slow, ada)?.sectionId).toBe('late')
})

test('10: of many questions by a reader that does not read, the last alone is answered, later', async () => {
  const limits = { holdUpdatesBytes: 10_000, messageBurst: 1_000 }
  const [world, ada, slow] = await worldWith(['ada', 'slow'], new World(limits, 'x'.repeat(50_000)))
  const ask = (doc: Y.Doc) => {
    slow.pair?.write(encodeStep1(Y.encodeStateVector(doc)))
    slow.pair?.deliverToServer()
  }
  for (let i = 0; i < 39; i++) ask(new Y.Doc())
  expect(slow.pair?.unsentBytes).toBeLessThan(60_000)
  // What is held meanwhile is what the last one lacks, however much that is by then.
  ask(slow.doc)
  ada.type('meanwhile')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  await world.pass(20)
  const answers: number[] = []
  const hear = slow.message.bind(slow)
  slow.message = (data) => {
    if (data[0] === 0 && data[1] === 1) answers.push(data.length)
    hear(data)
  }
  while (slow.pair?.canDeliverToPage) slow.pair.deliverToPage()
  expect(answers).toHaveLength(2)
  expect(answers[1]).toBeLessThan(1_000)
  expect(slow.text).toBe(ada.text)
  ada.type('afterwards')
  await world.calm()
  expect(slow.text).toContain('afterwards')
})

test('10: whoever asks and does not read for 30 s is closed', async () => {
  const [world, ada, slow] = await worldWith(
    ['ada', 'slow'],
    new World({ holdUpdatesBytes: 10_000 }, 'x'.repeat(50_000)),
  )
  for (const _ of [1, 2]) slow.pair?.write(encodeStep1(Y.encodeStateVector(new Y.Doc())))
  while (slow.pair?.canDeliverToServer) slow.pair.deliverToServer()
  await world.pass(31_000)
  await world.calm()
  expect([slow.closeCode, ada.closeCode]).toEqual([1013, null])
})
