import pino from 'pino'
import { expect, test } from 'vitest'
import { encodeUpdate } from '../../lib/sync/message'
import { Compactor } from '../../server/sync/compactor'
import type { SyncLimits } from '../../server/sync/limits'
import { settle } from '../support/clock'
import { addParagraph, textsOf } from '../support/raw-body'
import { World, worldWith } from './world'

test('5: the 21st socket of one person is closed with 4503', async () => {
  const world = new World()
  const pages = Array.from({ length: 21 }, () => world.open('ada'))
  await world.calm()
  expect(pages.map((page) => page.closeCode).filter((code) => code !== null)).toEqual([4503])
})

test('27: closed sockets count until they are gone, and whoever says no goodbye in 5 s is cut off', async () => {
  const world = new World({ maxSockets: 2 })
  for (const name of ['ada', 'grace']) world.open(name, { schema: 0 })
  expect(world.hub.stats()).toMatchObject({ sockets: 0, socketsClosing: 2 })
  expect(world.hub.refuses).toBe('overloaded')
  // One of them reads the reason and goes.
  while (world.pairs[0]?.canDeliverToPage) world.pairs[0].deliverToPage()
  expect(world.hub.refuses).toBeNull()
  await world.pass(4_999)
  expect(world.hub.stats().socketsClosing).toBe(1)
  await world.pass(1)
  expect(world.hub.stats().socketsClosing).toBe(0)
  expect(world.clock.waiting).toBe(1)
})

test('4: a judge that does not answer: 4508', async () => {
  const world = new World()
  world.store.recovery = () => new Promise(() => {})
  const ada = world.open('ada')
  await world.pass(2_000)
  await world.calm()
  expect(ada.closeCode).toBe(4508)
})

test('6: a load that fails is remembered for a second, and then tried again', async () => {
  const world = new World({}, 'Hello')
  world.store.isAway = true
  const first = world.open('ada')
  await world.calm()
  expect([first.closeCode, first.text]).toEqual([1013, ''])
  world.store.isAway = false
  world.connect(first)
  await settle()
  await world.calm()
  await world.pass(1_000)
  world.connect(first)
  await world.calm()
  expect([first.closeCode, first.text]).toEqual([null, 'Hello'])
})

test('a document that nobody has open is forgotten after 30 s, once everything is committed', async () => {
  const [world, ada] = await worldWith(['ada'])
  ada.type('hi')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  ada.pair?.leave()
  for (const pair of world.pairs) pair.deliverToServer()
  await world.pass(30_000)
  expect(world.hub.stats().rooms).toBe(1)
  await world.calm()
  await world.pass(30_000)
  await world.calm()
  expect(world.hub.stats().rooms).toBe(0)
  world.connect(ada)
  await world.calm()
  expect(ada.text).toBe('hi ')
  expect(world.hub.stats().loads).toBe(2)
})

test('a document whose only visitor left while it was loaded is forgotten as well', async () => {
  const world = new World()
  const read = world.store.read.bind(world.store)
  let loaded = () => {}
  const loading = new Promise<void>((resolve) => {
    loaded = resolve
  })
  world.store.read = async (documentId) => {
    await loading
    return read(documentId)
  }
  const ada = world.open('ada')
  await settle()
  expect(world.hub.stats()).toMatchObject({ rooms: 1, sockets: 1 })
  ada.pair?.leave()
  await world.calm()
  loaded()
  await world.calm()
  expect(world.hub.stats()).toMatchObject({ rooms: 1, sockets: 0 })
  await world.pass(30_000)
  await world.calm()
  expect(world.hub.stats().rooms).toBe(0)
})

test('a room that was given up while nobody was there does not take the next one along', async () => {
  const [world, ada] = await worldWith(['ada'])
  ada.type('refused')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  ada.pair?.leave()
  for (const pair of world.pairs) pair.deliverToServer()
  world.setRole('ada', 'viewer')
  await world.calm()
  expect(world.hub.stats()).toMatchObject({ givenUp: 1, rooms: 0 })
  const [grace, linus] = [world.open('grace'), world.open('linus')]
  await world.calm()
  await world.pass(30_000)
  await world.calm()
  const late = world.open('margaret')
  await world.calm()
  grace.type('together')
  await world.calm()
  expect([linus.text, late.text]).toEqual(['together ', 'together '])
  expect(world.hub.stats()).toMatchObject({ loads: 2, rooms: 1 })
})

test('25: who sends too much is not read for a while, and closed after 10 s of it', async () => {
  const [world, ada] = await worldWith(['ada'])
  const flood = () => {
    for (let i = 0; i < 250; i++) ada.pair?.write(encodeUpdate(Uint8Array.of(0, 0)))
    while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  }
  flood()
  expect(ada.pair?.isPaused).toBe(true)
  await world.pass(5_000)
  expect(ada.pair?.isPaused).toBe(false)
  for (let second = 0; second < 20 && ada.closeCode === null; second++) {
    for (let i = 0; i < 300; i++) ada.pair?.write(encodeUpdate(Uint8Array.of(0, 0)))
    while (ada.pair?.canDeliver) {
      if (ada.pair.canDeliverToServer) ada.pair.deliverToServer()
      else ada.pair.deliverToPage()
    }
    await world.pass(1_000)
  }
  expect(ada.closeCode).toBe(4529)
})

test('27: stopping commits, says saved, closes with 1012; twice is once', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  ada.type('last')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  const drained = [world.hub.drain(), world.hub.drain()]
  // Too late: it stays on the page, unsaved.
  grace.type('late')
  await world.calm()
  await Promise.all(drained)
  expect(ada.saved).toEqual(new Set(['last']))
  expect([ada.closeCode, grace.closeCode]).toEqual([1012, 1012])
  expect(world.hub.refuses).toBe('restarting')
  expect(world.disk.running.size).toBe(0)
  expect(textsOf(await world.stored())).toEqual(['last '])
  world.start()
  for (const page of [ada, grace]) world.connect(page)
  await world.calm()
  expect(ada.text).toBe('last late ')
})

test('27: stopping ends in time without the database, and the next start takes text back', async () => {
  const [world, ada] = await worldWith(['ada'])
  world.store.isAway = true
  ada.type('unsaved')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  let ended = false
  void world.hub.drain().then(() => {
    ended = true
  })
  await world.pass(9_500)
  expect(ended).toBe(true)
  expect(world.disk.running.size).toBe(1)
})

test('26: a fence that rose while text waited: stored under the new one, or given back', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  ada.type('hers')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  world.setRole('linus', 'viewer')
  await world.calm()
  expect([ada.closeCode, textsOf(await world.stored())]).toEqual([null, ['hers ']])
  grace.type('late')
  while (grace.pair?.canDeliverToServer) grace.pair.deliverToServer()
  ada.type('too')
  while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
  world.setRole('grace', 'viewer')
  await world.calm()
  expect([ada.closeCode, grace.closeCode]).toEqual([4205, 4205])
  // Ada brings her own back, and what she had read of Grace: it was there when Grace still might.
  world.connect(ada)
  await world.calm()
  expect(ada.refusal).toBeNull()
  expect(textsOf(await world.stored())[0]).toContain('too')
})

test('a paragraph under somebody else’s cursor stays theirs', async () => {
  const [world, ada, grace] = await worldWith(['ada', 'grace'])
  addParagraph(ada.doc, 'mine')
  await world.calm()
  expect(grace.text).toBe('\nmine')
})

/** A document of one writer whose logs are folded early. */
async function folding(limits: Partial<SyncLimits> = {}) {
  const world = new World({ compactUpdates: 5, compactBytes: 10_000, messageBurst: 1_000, ...limits })
  const ada = world.open('ada')
  await world.calm()
  const type = async (count: number, letters = 4) => {
    for (let i = 0; i < count; i++) ada.type(`${ada.typed.length}`.padEnd(letters, 'x'))
    await world.calm()
  }
  return { world, ada, type, folds: () => world.store.folds.map(({ minUpdates }) => minUpdates) }
}

test('a log is folded at 500 updates, at most every 30 s, and when its document is left', async () => {
  const { world, ada, type, folds } = await folding()
  await type(3)
  expect(folds()).toEqual([])
  // The seed was the first.
  await type(1)
  expect(folds()).toEqual([5])
  await type(4)
  await world.pass(40_000)
  expect(folds()).toEqual([5])
  await type(1)
  expect(folds()).toEqual([5, 5])
  await world.pass(30_000)
  ada.pair?.leave()
  await world.calm()
  await world.pass(30_000)
  await world.calm()
  expect(folds()).toEqual([5, 5, 2])
  expect(world.hub.stats()).toMatchObject({ rooms: 0, snapshots: 3 })
})

test('a log that is long is folded early: at 64 KB, or a quarter of its snapshot where that is more', async () => {
  const { world, type, folds } = await folding({ compactUpdates: 500, compactBaseShare: 0.25 })
  let baseBytes = 30_000
  world.store.compactAs = (_rule, parts) => ({
    kind: 'folded',
    folded: { updates: parts.length, bytes: 1e9, baseBytes },
    fellBack: false,
  })
  await type(9, 1_000)
  expect(folds()).toEqual([])
  await type(1, 1_000)
  expect(folds()).toEqual([500])
  await world.pass(30_000)
  // A quarter of 30,000 is less than the least.
  await type(9, 1_000)
  expect(folds()).toEqual([500])
  baseBytes = 80_000
  await type(1, 1_000)
  expect(folds()).toEqual([500, 500])
  await world.pass(30_000)
  await type(19, 1_000)
  expect(folds()).toEqual([500, 500])
  await type(1, 1_000)
  expect(folds()).toEqual([500, 500, 500])
})

test('what was to be folded too soon is folded when the time has come, also when nobody is there any more', async () => {
  const { world, ada, type, folds } = await folding()
  await type(4)
  await type(5)
  expect(folds()).toEqual([5])
  await world.pass(29_000)
  expect(folds()).toEqual([5])
  await world.pass(1_000)
  expect(folds()).toEqual([5, 5])
  // Left a moment after: forgotten in time all the same, and folded later.
  await type(2)
  ada.pair?.leave()
  await world.calm()
  await world.pass(10_000)
  world.connect(ada)
  await world.calm()
  ada.pair?.leave()
  await world.calm()
  expect(folds()).toEqual([5, 5])
  await world.pass(60_000)
  await world.calm()
  expect(folds()).toEqual([5, 5, 2])
  expect(world.hub.stats().rooms).toBe(0)
})

test('a document that is left while its last folding is a moment ago is folded once that is over', async () => {
  const { world, ada, type, folds } = await folding({ unloadMs: 1_000 })
  await type(4)
  await type(3)
  ada.pair?.leave()
  await world.calm()
  await world.pass(1_000)
  await world.calm()
  expect([world.hub.stats().rooms, folds()]).toEqual([0, [5]])
  await world.pass(30_000)
  expect(folds()).toEqual([5, 2])
})

test('a folding that fails is tried again with the next edit, not sooner than after 30 s', async () => {
  const { world, type, folds } = await folding()
  let isBroken = true
  const good = world.store.compactAs
  world.store.compactAs = (rule, parts) => {
    if (isBroken) throw new Error('no room left on the disk')
    return good(rule, parts)
  }
  await type(4)
  await type(1)
  expect([folds(), world.hub.stats().foldsFailed]).toEqual([[5], 1])
  isBroken = false
  await world.pass(30_000)
  expect([folds(), world.hub.stats().snapshots]).toEqual([[5, 5], 1])
})

test('where another node has folded the log, this one counts anew', async () => {
  const { world, type, folds } = await folding()
  world.store.compactAs = () => ({ kind: 'not_due', open: { updates: 2, bytes: 90, baseBytes: 1_000 } })
  await type(4)
  await world.pass(30_000)
  await type(2)
  expect(folds()).toEqual([5])
  await type(1)
  expect(folds()).toEqual([5, 5])
})

test('what is committed while the log is looked at counts for the next time', async () => {
  const { world, type, folds } = await folding()
  let answer = () => {}
  world.store.compact = (_documentId, rule) => {
    world.store.folds.push(rule)
    return new Promise((resolve) => {
      answer = () => resolve({ kind: 'not_due', open: { updates: 2, bytes: 90, baseBytes: 1_000 } })
    })
  }
  await type(4)
  await type(1)
  answer()
  await world.pass(30_000)
  expect(folds()).toEqual([5, 5])
  // Two letters between the looking and its answer, and one more.
  await type(2)
  answer()
  await world.pass(30_000)
  await type(1)
  expect(folds()).toEqual([5, 5, 5])
})

test('a damaged snapshot is replaced, whatever else is asked for while it has to wait', async () => {
  const { world, folds } = await folding()
  const compactor = new Compactor({
    store: world.store,
    timers: world.clock,
    log: pino({ level: 'silent' }),
    everyMs: 30_000,
  })
  const id = world.documentId
  await compactor.fold(id, { minUpdates: 5 })
  void compactor.fold(id, { minUpdates: 0 })
  void compactor.fold(id, { minUpdates: 5 })
  await world.pass(30_000)
  expect(folds()).toEqual([5, 0])
})

test('4: who comes back while the document that was left is being folded is let in', async () => {
  const [world, ada] = await worldWith(['ada'])
  for (const word of ['a', 'long', 'log']) ada.type(word)
  await world.calm()
  const compact = world.store.compact.bind(world.store)
  world.store.compact = async (...given) => {
    await new Promise<void>((resolve) => world.clock.after(5_000, resolve))
    return compact(...given)
  }
  ada.pair?.leave()
  await world.calm()
  await world.pass(30_000)
  world.connect(ada)
  await world.pass(2_500)
  await world.calm()
  expect(ada.closeCode).toBeNull()
  expect(ada.isComplete).toBe(true)
})
