import { TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { blockFrom, movedBlocks, steppedBlocks } from '../../../components/editor/block/block-range'
import { type Desk, World } from '../../lib/content/anchor-world'
import { block, body } from '../../lib/content/world'

const sample = () =>
  body(
    block(0, 'First of all.', 'p0'),
    block(0, 'Second of all.', 'p1'),
    block(0, 'Third of all.', 'p2'),
    { type: 'callout', attrs: { id: 'c1' }, content: [block(0, 'Within.', 'p3'), block(0, 'Also.', 'p4')] },
    {
      type: 'bulletList',
      attrs: { id: 'l1' },
      content: [
        { type: 'listItem', attrs: { id: 'i1' }, content: [block(0, 'One more.', 'p5')] },
        { type: 'listItem', attrs: { id: 'i2' }, content: [block(0, 'And another.', 'p6')] },
      ],
    },
    block(0, 'Last of all.', 'p7'),
  )

const goTo = (desk: Desk, words: string) =>
  desk.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, desk.find(words).to)))

const type = (desk: Desk, words: string) => {
  for (const letter of words) desk.edit((tr) => tr.insertText(letter))
}

/** As the page does it: one step of undo. */
function step(desk: Desk, direction: 'up' | 'down', words: string): void {
  goTo(desk, words)
  desk.endStep()
  const tr = steppedBlocks(desk.state, direction)
  if (!tr) throw new Error('nowhere to go')
  desk.dispatch(tr)
  desk.endStep()
}

const blocksIn = ({ state }: Desk): string[] => state.doc.content.content.map((node) => node.textContent)

test('what somebody types in a block that is moved at that moment goes along, once, and undo leaves it', () => {
  for (const direction of ['up', 'down'] as const) {
    for (const words of ['Second of all.', 'Third of all.', 'Within.', 'One more.', 'And another.']) {
      const world = new World(sample(), 2)
      const [ada, ben] = [world.desk(0), world.desk(1)]
      if (words === 'One more.' && direction === 'up') continue
      if (words === 'And another.' && direction === 'down') continue
      const said = `${words} ${direction}`
      goTo(ben, words)
      step(ada, direction, words)
      type(ben, ' Ben.')
      world.sync()
      type(ben, ' More.')
      world.sync()
      for (const desk of world.desks) {
        const text = blocksIn(desk).join('|')
        expect(text.split(`${words} Ben. More.`).length - 1, `${said}: ${text}`).toBe(1)
        for (const one of ['First', 'Second', 'Third', 'Within', 'One more', 'another', 'Last'])
          expect(text.split(one).length - 1, `${said}: ${text}`).toBe(1)
      }
      ada.undo()
      world.sync()
      for (const desk of world.desks) {
        const text = blocksIn(desk).join('|')
        expect(text.split(`${words} Ben. More.`).length - 1, `${said}, undone: ${text}`).toBe(1)
      }
      const before = sample().content.content.map((node) =>
        node.textContent.replace(words, `${words} Ben. More.`),
      )
      expect(blocksIn(ada), said).toEqual(before)
      ada.redo()
      world.sync()
      for (const desk of world.desks) {
        const text = blocksIn(desk).join('|')
        expect(text.split(`${words} Ben. More.`).length - 1, `${said}, done again: ${text}`).toBe(1)
        expect(blocksIn(desk)).not.toEqual(before)
      }
      ada.undo()
      world.sync()
      expect(blocksIn(ben), `${said}, undone again`).toEqual(before)
    }
  }
})

test('so it does far away', () => {
  for (const id of ['First of all.', 'Second of all.']) {
    const world = new World(sample(), 2)
    const [ada, ben] = [world.desk(0), world.desk(1)]
    goTo(ben, id)
    ada.endStep()
    const range = blockFrom(ada.state, ada.find(id).from - 1)
    const tr = range && movedBlocks(ada.state, range, ada.state.doc.content.size)
    if (!tr) throw new Error('no')
    ada.dispatch(tr)
    type(ben, ' Ben.')
    world.sync()
    expect(blocksIn(ada)).toEqual(blocksIn(ben))
    expect(blocksIn(ada).at(-1)).toBe(`${id} Ben.`)
  }
})

test('in a text of two blocks, which others have changed before, the one that is moved is made anew', () => {
  const world = new World(body(block(0, 'One.', 'p0'), block(0, 'Two.', 'p1')), 2)
  const [ada, ben] = [world.desk(0), world.desk(1)]
  goTo(ben, 'Two.')
  type(ben, ' Ben.')
  world.sync()
  const stays = ada.fragment.get(0)
  step(ada, 'up', 'Two. Ben.')
  type(ben, ' More.')
  world.sync()
  expect(ada.fragment.get(1)).toBe(stays)
  expect([blocksIn(ada), blocksIn(ben)]).toEqual([
    ['Two. Ben. More.', 'One.'],
    ['Two. Ben. More.', 'One.'],
  ])
})
