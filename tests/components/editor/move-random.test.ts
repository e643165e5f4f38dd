import { TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { outlineOf } from '../../../lib/content/outline'
import { type Desk, World } from '../../lib/content/anchor-world'
import { block, body } from '../../lib/content/world'
import { type Random, random } from '../../support/random'

const sample = () =>
  body(
    block(0, 'Before them all.', 'p0'),
    block(1, 'Introduction', 'h1'),
    block(3, 'Rationale', 'h2'),
    block(0, 'Retries are lost when a worker dies.', 'p2'),
    {
      type: 'bulletList',
      attrs: { id: 'l1' },
      content: [
        { type: 'listItem', attrs: { id: 'i1' }, content: [block(0, 'One more thing.', 'p5')] },
        { type: 'listItem', attrs: { id: 'i2' }, content: [block(0, 'And another.', 'p6')] },
      ],
    },
    block(3, 'Background', 'h3'),
    block(0, 'They were written long ago.', 'p3'),
    block(1, 'Design', 'h4'),
    block(0, 'A queue with a lease.', 'p4'),
  )

/** The first desk moves, the others type. */
const movers = 1
const typists = 2

/** Somebody who types tokens one behind the other, now and then somewhere else, or on a new line. */
class Typist {
  readonly typed: string[] = []
  #run = 0

  constructor(
    readonly desk: Desk,
    private readonly name: string,
    private readonly chance: Random,
  ) {
    this.#goElsewhere()
  }

  act(): void {
    const dice = this.chance.between(1, 10)
    if (dice === 1) this.#goElsewhere()
    else if (dice === 2) this.#breakLine()
    else this.#type()
  }

  /** Tokens that were typed on, without going elsewhere or a new line between, by the number of their run. */
  static runOf = (token: string): string => token.slice(0, token.indexOf('.'))

  #type(): void {
    // In pieces: letters of one word may be on the way while another of them has arrived.
    const token = `${this.name}${this.#run}.${this.typed.length}`
    this.typed.push(token)
    for (const part of [token, ' ']) this.desk.edit((tr) => tr.insertText(part))
  }

  #goElsewhere(): void {
    this.#run += 1
    const places: number[] = []
    this.desk.state.doc.descendants((node, position) => {
      if (node.isTextblock) places.push(position + 1 + (this.chance.between(0, 1) ? node.content.size : 0))
    })
    const at = this.chance.pick(places)
    this.desk.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, at)).insertText(' '))
  }

  #breakLine(): void {
    this.#run += 1
    const { $head } = this.desk.state.selection
    if ($head.parent.type.name !== 'paragraph' || $head.depth > 1) return
    // Who breaks a line takes what follows along: where others write in it at that moment, it stands twice, whether
    // anything is moved or not.
    const isOwn = !/[a-z]\d+\.\d/.test(
      $head.parent.textContent.replace(new RegExp(`${this.name}\\d+\\.\\d`, 'g'), ''),
    )
    const isAtEnd = $head.parentOffset === $head.parent.content.size
    if (!isAtEnd && (this.name !== 'x' || !isOwn)) return
    this.desk.endStep()
    this.desk.edit((tr) => tr.split(tr.selection.head).insertText(' '))
  }
}

function tell(chance: Random, steps = 40): void {
  const world = new World(sample(), movers + typists)
  const writers = world.desks.slice(movers).map((desk, n) => new Typist(desk, 'xyz'[n] ?? 'x', chance))
  const undone = new Map<Desk, number>()
  // Who moves again what has just been moved, before who writes in it has seen the first move, makes two of new lines.
  let isKnown = true
  const move = (desk: Desk) => {
    const ids = outlineOf(desk.state.doc)
      .filter(({ level }) => level > 0)
      .map(({ id }) => id)
    if (desk.move(chance.pick(ids), chance.pick([...ids, null])))
      undone.set(desk, (undone.get(desk) ?? 0) + 1)
  }
  const undo = (desk: Desk) => {
    const left = undone.get(desk) ?? 0
    if (left === 0) return
    undone.set(desk, left - 1)
    desk.undo()
  }
  for (let step = 0; step < steps; step += 1) {
    const dice = chance.between(1, 20)
    if (dice <= 11) chance.pick(writers).act()
    else if (dice <= 14 && isKnown) {
      const act = dice === 14 ? undo : move
      act(world.desk(0))
      isKnown = false
    } else if (dice <= 18) chance.pick(world.desks).receive()
    else {
      world.sync()
      isKnown = true
    }
  }
  world.sync()
  check(world, writers)
}

function check(world: World, writers: readonly Typist[]): void {
  const { doc } = world.desk(0).state
  doc.check()
  for (const desk of world.desks) expect(desk.state.doc.eq(doc), 'all read the same').toBe(true)
  const text = doc.textBetween(0, doc.content.size, '\n', '\n')
  const words = text.split(/\s+/)
  for (const word of [
    'Before',
    'Introduction',
    'Rationale',
    'Retries',
    'thing',
    'another',
    'written',
    'queue',
  ]) {
    expect(text.split(word).length - 1, `${word} in\n${text}`).toBe(1)
  }
  for (const { typed } of writers) {
    for (const token of typed)
      expect(
        words.filter((word) => word === token),
        `in\n${text}`,
      ).toEqual([token])
    for (const line of text.split('\n')) {
      const here = line.split(/\s+/).filter((word) => typed.includes(word))
      // By run: whoever goes back writes between what they wrote before.
      for (const name of new Set(here.map(Typist.runOf))) {
        const run = here.filter((token) => Typist.runOf(token) === name)
        const inOrder = typed.filter((token) => run.includes(token))
        expect(run, `in the order in which it was typed, in\n${text}`).toEqual(inOrder)
      }
    }
  }
}

const stories = Number(process.env.STORIES ?? 100)
test('what people type while others move the sections they type in stands once, in order', {
  timeout: 60_000,
}, () => {
  const { seed, between } = random()
  console.log(`moved sections: seed ${seed}, ${stories} stories`)
  for (let n = 0; n < stories; n += 1) {
    const own = between(0, 2 ** 31)
    try {
      tell(random(own))
    } catch (error) {
      throw new Error(`story ${n}, seed ${own}`, { cause: error })
    }
  }
})
