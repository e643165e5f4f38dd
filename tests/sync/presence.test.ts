import { expect, test } from 'vitest'
import { encodeAwareness } from '../../lib/sync/message'
import { shownOn, worldWith } from './world'

test('20: a reconnect moves the id; the end of the old socket removes nothing', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  const old = ada.pair
  ada.pair?.vanish()
  world.connect(ada)
  await world.calm()
  expect(shownOn(grace, ada)).toMatchObject({ user: { name: 'ada' } })
  old?.cut()
  await world.calm()
  expect(shownOn(grace, ada)).toMatchObject({ user: { name: 'ada' } })
  ada.announce({ sectionId: 's1' })
  await world.calm()
  expect(shownOn(grace, ada)).toMatchObject({ sectionId: 's1' })
})

test('20, 21: states of others are neither heard nor removed, and no offence', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  const linus = world.open('linus')
  await world.calm()
  const entries = [
    { id: ada.doc.clientID, clock: 1e9, state: 'null' },
    { id: grace.doc.clientID, clock: 1, state: '{"sectionId":"own"}' },
  ]
  for (let i = 0; i < 300; i++) grace.pair?.write(encodeAwareness(entries.slice(0, 1)))
  grace.pair?.write(encodeAwareness(entries))
  await world.calm()
  expect(shownOn(linus, ada)).toBeDefined()
  expect(shownOn(linus, grace)).toMatchObject({ sectionId: 'own' })
  expect(grace.closeCode).toBeNull()
})

test('21: nobody hears of themselves, and clocks only rise, also over a restart', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  const before = grace.states.get(ada.doc.clientID)?.clock ?? 0
  ada.announce()
  await world.calm()
  const after = grace.states.get(ada.doc.clientID)?.clock ?? 0
  expect(after).toBeGreaterThan(before)
  expect(ada.states.has(ada.doc.clientID)).toBe(false)
  world.kill()
  await world.pass(1_000)
  world.start()
  for (const page of [ada, grace]) world.connect(page)
  await world.calm()
  expect(grace.states.get(ada.doc.clientID)?.clock).toBeGreaterThan(after)
})

test('22: of too many states the newest arrives, and others are told at most 20 times a second', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  await world.pass(1_000)
  let told = 0
  const hear = grace.message.bind(grace)
  grace.message = (data) => {
    if (data[0] === 1) told += 1
    hear(data)
  }
  for (let i = 0; i < 40; i++) ada.announce({ sectionId: `s${i}` })
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  await world.pass(200)
  while (grace.pair?.canDeliverToPage) grace.pair.deliverToPage()
  expect(shownOn(grace, ada)).toMatchObject({ sectionId: 's39' })
  expect(told).toBeLessThanOrEqual(5)
})

test('22: a state that waited for its turn gives way to a newer one, however late its timer is', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  await world.pass(1_000)
  for (let i = 0; i < 20; i++) ada.announce({ sectionId: `s${i}` })
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  world.clock.stall(2_000)
  ada.announce({ sectionId: 'newest' })
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  await world.calm()
  await world.pass(1_000)
  await world.calm()
  expect(shownOn(grace, ada)).toMatchObject({ sectionId: 'newest' })
})
