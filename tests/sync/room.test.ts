import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeAwareness, encodeStep2, encodeUpdate } from '../../lib/sync/message'
import { settle } from '../support/clock'
import { addParagraph, change, copyOf, plainText, runOf, textsOf } from '../support/raw-body'
import type { Page } from './page'
import { World } from './world'

/** A world in which these are connected and up to date. */
async function with_<const Names extends readonly string[]>(
  names: Names,
  world = new World(),
): Promise<[World, ...{ [Index in keyof Names]: Page }]> {
  const pages = names.map((name) => world.open(name)) as { [Index in keyof Names]: Page }
  await world.calm()
  return [world, ...pages]
}
const stateOf = (page: Page, of: Page) => {
  const entry = page.states.get(of.doc.clientID)
  return entry && JSON.parse(entry.state)
}

describe('synchronising', () => {
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
    const [world, ada] = await with_(['ada'], new World({ messageBurst: 1_000 }))
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
    const [world, ada, grace] = await with_(['ada', 'grace'])
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
    const [world, ada, grace] = await with_(['ada', 'grace'], new World({}, 'Hello'))
    runOf(ada.doc, 0).format(0, 3, { bold: {} })
    runOf(grace.doc, 0).format(1, 4, { bold: {} })
    ada.pair?.cut()
    ada.type('offline')
    await world.calm()
    world.connect(ada)
    await world.calm()
    expect(ada.text).toContain('offline')
    expect(grace.text).toBe(ada.text)
    expect(textsOf(await world.stored())[0]).toBe(plainText(runOf(ada.doc, 0)))
  })

  test('9: silence is broken before 20 s, for as long as it lasts', async () => {
    const [world, ada] = await with_(['ada'])
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
    const [world, ada, grace] = await with_(['ada', 'grace'])
    ada.pair?.vanish()
    expect(stateOf(grace, ada)).toBeDefined()
    await world.pass(59_000)
    await world.calm()
    expect(world.hub.stats().sockets).toBe(2)
    await world.pass(2_000)
    await world.calm()
    expect(world.hub.stats().sockets).toBe(1)
    expect(stateOf(grace, ada)).toBeUndefined()
  })

  test('10: a reader that stops reading: presence held, then updates, then one diff; or it is closed', async () => {
    const limits = { holdPresenceBytes: 2_000, holdUpdatesBytes: 10_000, slowBytes: 100_000 }
    const [world, ada, slow] = await with_(['ada', 'slow'], new World(limits))
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
    expect(stateOf(slow, ada)?.sectionId).toBe('late')
    await write(130)
    await world.pass(31_000)
    await world.calm()
    expect(slow.closeCode).toBe(1013)
    expect(ada.closeCode).toBeNull()
  })
})

describe('saving', () => {
  test('11: others read at once, saved is said when it is committed', async () => {
    const [world, ada, grace] = await with_(['ada', 'grace'])
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
    const [world, ada, grace] = await with_(['ada', 'grace'])
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
    const [world, ada] = await with_(['ada'])
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
})

describe('a server that is killed', () => {
  test('17: text that was passed on and not committed comes back through whoever has it', async () => {
    const [world, ada, grace] = await with_(['ada', 'grace'])
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
    const [world, ada, grace] = await with_(['ada', 'grace'])
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
})

describe('presence', () => {
  test('20: a reconnect moves the id; the end of the old socket removes nothing', async () => {
    const [world, ada, grace] = await with_(['ada', 'grace'])
    const old = ada.pair
    ada.pair?.vanish()
    world.connect(ada)
    await world.calm()
    expect(stateOf(grace, ada)).toMatchObject({ user: { name: 'ada' } })
    old?.cut()
    await world.calm()
    expect(stateOf(grace, ada)).toMatchObject({ user: { name: 'ada' } })
    ada.announce({ sectionId: 's1' })
    await world.calm()
    expect(stateOf(grace, ada)).toMatchObject({ sectionId: 's1' })
  })

  test('20, 21: states of others are neither heard nor removed, and no offence', async () => {
    const [world, ada, grace] = await with_(['ada', 'grace'])
    const linus = world.open('linus')
    await world.calm()
    const entries = [
      { id: ada.doc.clientID, clock: 1e9, state: 'null' },
      { id: grace.doc.clientID, clock: 1, state: '{"sectionId":"own"}' },
    ]
    for (let i = 0; i < 300; i++) grace.pair?.write(encodeAwareness(entries.slice(0, 1)))
    grace.pair?.write(encodeAwareness(entries))
    await world.calm()
    expect(stateOf(linus, ada)).toBeDefined()
    expect(stateOf(linus, grace)).toMatchObject({ sectionId: 'own' })
    expect(grace.closeCode).toBeNull()
  })

  test('21: nobody hears of themselves, and clocks only rise, also over a restart', async () => {
    const [world, ada, grace] = await with_(['ada', 'grace'])
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
    const [world, ada, grace] = await with_(['ada', 'grace'])
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
    expect(stateOf(grace, ada)).toMatchObject({ sectionId: 's39' })
    expect(told).toBeLessThanOrEqual(5)
  })
})

describe('limits and life', () => {
  test('5: the 21st socket of one person is closed with 4503', async () => {
    const world = new World()
    const pages = Array.from({ length: 21 }, () => world.open('ada'))
    await world.calm()
    expect(pages.map((page) => page.closeCode).filter((code) => code !== null)).toEqual([4503])
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
    const [world, ada] = await with_(['ada'])
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

  test('25: who sends too much is not read for a while, and closed after 10 s of it', async () => {
    const [world, ada] = await with_(['ada'])
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
    const [world, ada, grace] = await with_(['ada', 'grace'])
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
    expect(world.disk.isRunning).toBe(false)
    expect(textsOf(await world.stored())).toEqual(['last '])
    world.start()
    for (const page of [ada, grace]) world.connect(page)
    await world.calm()
    expect(ada.text).toBe('last late ')
  })

  test('27: stopping ends in time without the database, and the next start takes text back', async () => {
    const [world, ada] = await with_(['ada'])
    world.store.isAway = true
    ada.type('unsaved')
    while (ada.pair?.canDeliverToServer) ada.pair.deliverToServer()
    let ended = false
    void world.hub.drain().then(() => {
      ended = true
    })
    await world.pass(9_500)
    expect(ended).toBe(true)
    expect(world.disk.isRunning).toBe(true)
  })

  test('26: a fence that rose while text waited: stored under the new one, or given back', async () => {
    const [world, ada, grace] = await with_(['ada', 'grace'])
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
    const [world, ada, grace] = await with_(['ada', 'grace'])
    addParagraph(ada.doc, 'mine')
    await world.calm()
    expect(grace.text).toBe('\nmine')
  })
})
