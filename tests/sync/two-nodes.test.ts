import { expect } from 'vitest'
import { type Random, random } from '../support/random'
import { textsOf } from '../support/raw-body'
import { tellStories } from '../support/stories'
import { MemoryBus, type MemoryRelay } from './memory-bus'
import type { Page } from './page'
import { World } from './world'

/**
 * Seeded stories of one document at two nodes: people who move from one to the other, a bus that is slow, loses
 * messages or is away, a database that is slow, and nodes that are killed. Afterwards everybody reads the same,
 * and what was said to be saved is there once.
 */
class TwoNodes {
  readonly bus = new MemoryBus()
  readonly worlds: readonly [World, World]
  readonly pages: readonly Page[]
  readonly #at = new Map<Page, World>()
  readonly #relays = new Map<World, MemoryRelay>()
  #runs = 0

  constructor() {
    const made: MemoryRelay[] = []
    const relay = (which: () => World | undefined) => () => {
      const node = this.bus.node(`run ${++this.#runs}`)
      const world = which()
      if (world) this.#relays.set(world, node)
      else made.push(node)
      return node
    }
    const a: World = new World({}, '', { relay: relay(() => this.worlds?.[0]) })
    const b: World = new World({}, '', { of: a, relay: relay(() => this.worlds?.[1]) })
    this.worlds = [a, b]
    for (const [i, node] of made.entries()) this.#relays.set(i === 0 ? a : b, node)
    this.pages = ['ada', 'grace', 'linus'].map((name, i) => {
      const world = i === 1 ? b : a
      const page = world.open(name, { clientId: 1_000 + i })
      this.#at.set(page, world)
      return page
    })
  }

  relayOf(world: World): MemoryRelay {
    return this.#relays.get(world) as MemoryRelay
  }

  /** Its page finds the other node, or the same one again. */
  connect(page: Page, to: World): void {
    this.#at.set(page, to)
    to.connect(page)
  }

  kill(world: World): void {
    const dead = this.relayOf(world)
    this.bus.nodes.splice(this.bus.nodes.indexOf(dead), 1)
    world.kill()
    for (const node of this.bus.nodes) node.gone(dead.name)
    world.start()
  }

  /** Everything arrives, on the wires and between the nodes. */
  async calm(): Promise<void> {
    for (let round = 0; round < 6; round++) {
      for (const world of this.worlds) await world.calm()
      for (const node of this.bus.nodes) while (node.inbox.length > 0) node.deliver()
    }
  }
}

async function tell(seed: number, steps: number): Promise<TwoNodes> {
  const chance = random(seed)
  const here = new TwoNodes()
  await here.calm()
  for (let step = 0; step < steps; step++) {
    await act(here, chance, step)
    await here.worlds[0].pass(chance.between(0, 3))
  }
  for (const world of here.worlds) here.relayOf(world).reconnect()
  for (let round = 0; round < 4; round++) {
    for (const page of here.pages) if (page.pair === null) here.connect(page, chance.pick(here.worlds))
    await here.calm()
    // Longer than nodes take to compare: what was lost without a word is found.
    await here.worlds[0].pass(16_000)
    await here.calm()
  }
  return here
}

async function act(here: TwoNodes, chance: Random, step: number): Promise<void> {
  const page = chance.pick(here.pages)
  const world = chance.pick(here.worlds)
  const relay = here.relayOf(world)
  const dice = chance.between(1, 1_000)
  if (dice <= 300) page.type(`${page.name}-${String(step).padStart(4, '0')}`)
  else if (dice <= 320) page.addParagraph()
  else if (dice <= 650) deliver(world, chance)
  else if (dice <= 850) for (let i = chance.between(1, 4); i > 0; i--) relay.deliver()
  else if (dice <= 930) world.store.release()
  else if (dice <= 945) page.pair?.cut()
  else if (dice <= 975 && page.pair === null) here.connect(page, world)
  else if (dice <= 980) relay.lose()
  else if (dice <= 985) relay.cut()
  else if (dice <= 991) relay.reconnect()
  else if (dice <= 994) await world.pass(chance.between(100, 20_000))
  else if (dice <= 996) here.kill(world)
  else page.announce({ sectionId: `s${step}` })
}

function deliver(world: World, chance: Random): void {
  for (let i = chance.between(1, 6); i > 0; i--) {
    const pairs = world.pairs.filter((pair) => pair.canDeliver)
    if (pairs.length === 0) return
    const pair = chance.pick(pairs)
    if (pair.canDeliverToServer && (!pair.canDeliverToPage || chance.between(0, 1) === 0))
      pair.deliverToServer()
    else pair.deliverToPage()
  }
}

async function check({ worlds, pages }: TwoNodes): Promise<void> {
  const text = textsOf(await worlds[0].stored()).join('\n')
  const words = text.split(/\s+/).filter((word) => word !== '')
  expect(new Set(words).size, 'no word is there twice').toBe(words.length)
  for (const page of pages) {
    expect(page.closeCode, `${page.name} is connected`).toBeNull()
    expect(page.refusal, `${page.name} was never refused`).toBeNull()
    expect(page.text === text, `${page.name} reads what the log says`).toBe(true)
    expect(
      page.typed.filter((word) => !page.saved.has(word)),
      'in the end all is saved',
    ).toEqual([])
    expect(
      words.filter((word) => page.typed.includes(word)),
      'in order',
    ).toEqual(page.typed)
  }
}

/** `STORIES=500 npx vitest run tests/sync/two-nodes` tells more of them. */
tellStories('29 to 35: ', async (seed, steps) => check(await tell(seed, steps)))
