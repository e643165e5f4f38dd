import { expect } from 'vitest'
import type * as Y from 'yjs'
import { type Random, random } from '../support/random'
import { textsOf } from '../support/raw-body'
import { tellStories } from '../support/stories'
import type { Page } from './page'
import { World } from './world'

/**
 * Seeded stories of one document: three people on pages that come and go, a network that delivers when it
 * likes, a database that is slow, fails, or commits and does not say so, and a server that is killed or stops.
 *
 * Afterwards everybody reads the same, the log says the same, every word that was said to be saved is there
 * exactly once, each writer's words stand in their order, and nothing is there that nobody typed.
 */
async function tell(seed: number, steps: number): Promise<World> {
  const chance = random(seed)
  // In every other one, what is not edited for a second gives up its Y.Doc.
  const world = new World(seed % 2 === 0 ? { warmMs: 1 } : {})
  const pages = ['ada', 'grace', 'linus'].map((name) => world.open(name))
  await world.calm()
  for (let step = 0; step < steps; step++) {
    await act(world, pages, chance, step)
    await world.pass(chance.between(0, 3))
  }
  // Everything that is away comes back.
  world.store.isAway = false
  for (let round = 0; round < 4; round++) {
    for (const page of pages) if (page.pair === null) world.connect(page)
    await world.calm()
    await world.pass(6_000)
    await world.calm()
  }
  return world
}

async function act(world: World, pages: readonly Page[], chance: Random, step: number): Promise<void> {
  const page = chance.pick(pages)
  const dice = chance.between(1, 1_000)
  if (dice <= 330) page.type(`${page.name}-${String(step).padStart(4, '0')}`)
  else if (dice <= 350) page.addParagraph()
  else if (dice <= 370) page.toggleBold()
  else if (dice <= 900) deliver(world, chance)
  else if (dice <= 950) world.store.release(chance.pick(['commit', 'commit', 'fail', 'commit, but say fail']))
  else if (dice <= 960) page.pair?.cut()
  else if (dice <= 964) page.pair?.leave()
  else if (dice <= 966) page.pair?.vanish()
  else if (dice <= 985 && page.pair === null) world.connect(page)
  else if (dice <= 990) world.store.isAway = !world.store.isAway
  else if (dice <= 994) await world.pass(chance.between(100, 40_000))
  else if (dice <= 997) {
    world.kill()
    // Now, not in the end: pages keep what they typed, and bring it again.
    const stored = wordsOf(await world.stored())
    for (const { name, saved } of pages) {
      expect(
        [...saved].filter((word) => !stored.has(word)),
        `what ${name} was told is saved survives a kill`,
      ).toEqual([])
    }
    world.start()
  } else if (dice === 998) await world.restart()
  else if (dice === 999) {
    // Somebody else's role: the fence rises under what is being committed, heard of or not.
    world.setRole('margaret', 'viewer')
    if (step % 2 === 0) world.announce({ type: 'access.changed', documentId: world.documentId })
  } else page.announce({ sectionId: `s${step}` })
}

const wordsOf = (doc: Y.Doc) => new Set(textsOf(doc).join('\n').split(/\s+/))

function deliver(world: World, chance: Random): void {
  for (let i = chance.between(1, 6); i > 0; i--) {
    const pairs = world.pairs.filter((pair) => pair.canDeliver)
    if (pairs.length === 0) return
    const pair = chance.pick(pairs)
    const toServer = pair.canDeliverToServer && (!pair.canDeliverToPage || chance.between(0, 1) === 0)
    if (toServer) pair.deliverToServer()
    else pair.deliverToPage()
  }
}

async function check(world: World): Promise<void> {
  const [first] = world.pages
  for (const page of world.pages) {
    expect(page.closeCode, `${page.name} is connected`).toBeNull()
    expect(page.refusal, `${page.name} was never refused`).toBeNull()
    expect(page.isComplete).toBe(true)
    expect(page.doc.store.pendingStructs, `${page.name} waits for nothing`).toBeNull()
    expect(page.text === first?.text, `${page.name} reads what ${first?.name} reads`).toBe(true)
  }
  expect(textsOf(await world.stored()).join('\n') === first?.text, 'the log reads the same').toBe(true)
  const words = first?.words ?? []
  expect(new Set(words).size, 'no word is there twice').toBe(words.length)
  for (const page of world.pages) {
    expect(
      [...page.saved].filter((word) => !words.includes(word)),
      'saved words are there',
    ).toEqual([])
    expect(
      page.typed.filter((word) => !page.saved.has(word)),
      'in the end all is saved',
    ).toEqual([])
    expect(
      words.filter((word) => page.typed.includes(word)),
      'in order',
    ).toEqual(page.typed)
  }
  const typed = new Set(world.pages.flatMap((page) => page.typed))
  expect(words.filter((word) => !typed.has(word))).toEqual([])
}

/** `STORIES=500 npx vitest run tests/sync/simulation` tells more of them. */
tellStories('', async (seed, steps) => check(await tell(seed, steps)))
