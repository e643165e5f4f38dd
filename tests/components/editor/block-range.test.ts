import { TextSelection, type Transaction } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import {
  blockFrom,
  blocksAt,
  duplicatedBlocks,
  movedBlocks,
  removedBlocks,
  steppedBlocks,
} from '../../../components/editor/block/block-range'
import type { DocumentJson } from '../../../lib/content/document-json'
import { type Desk, World } from '../../lib/content/anchor-world'
import { block, body, idsOf } from '../../lib/content/world'

const holder = (type: string, id: string, ...content: DocumentJson[]): DocumentJson => ({
  type,
  attrs: { id },
  content,
})
const sample = () =>
  body(
    block(0, 'One.', 'one'),
    block(1, 'Heading', 'head'),
    block(0, 'Two.', 'two'),
    holder('callout', 'call', block(0, 'Within.', 'in1'), block(0, 'Also.', 'in2')),
    holder(
      'bulletList',
      'list',
      holder('listItem', 'i1', block(0, 'Apple.', 'a')),
      holder('listItem', 'i2', block(0, 'Banana.', 'b')),
    ),
    block(0, 'Last.', 'last'),
  )

const goTo = (desk: Desk, words: string) =>
  desk.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, desk.find(words).to)))

function run(desk: Desk, make: (desk: Desk) => Transaction | null): boolean {
  desk.endStep()
  const tr = make(desk)
  if (tr) desk.dispatch(tr)
  desk.endStep()
  return tr !== null
}
const step = (desk: Desk, direction: 'up' | 'down') =>
  run(desk, ({ state }) => steppedBlocks(state, direction))
const topIds = (desk: Desk) => desk.state.doc.children.map(({ attrs }) => attrs.id)

test('a block goes up and down with the caret in it; of a section its heading alone', () => {
  const desk = new World(sample(), 1).desk(0)
  goTo(desk, 'Heading')
  expect(step(desk, 'up')).toBe(true)
  expect(topIds(desk).slice(0, 3)).toEqual(['head', 'one', 'two'])
  desk.edit((tr) => tr.insertText('s'))
  expect(desk.state.doc.firstChild?.textContent).toBe('Headings')
  expect(step(desk, 'up')).toBe(false)
  expect(step(desk, 'down')).toBe(true)
  desk.undo()
  expect(topIds(desk)[0]).toBe('head')
})

test('items stay in their list, cells in their table; what stands in a callout leaves it at its edge', () => {
  const desk = new World(sample(), 1).desk(0)
  goTo(desk, 'Banana.')
  expect(blocksAt(desk.state)?.nodes[0]?.attrs.id, 'as a whole it is the list').toBe('list')
  expect(step(desk, 'up')).toBe(true)
  expect(desk.state.doc.child(4).textContent).toBe('Banana.Apple.')
  expect(step(desk, 'up')).toBe(false)
  goTo(desk, 'Within.')
  expect(step(desk, 'up')).toBe(true)
  expect(topIds(desk)).toEqual(['one', 'head', 'two', 'in1', 'call', 'list', 'last'])
  goTo(desk, 'Also.')
  expect(step(desk, 'down'), 'the last one leaves an empty line').toBe(true)
  expect(topIds(desk).slice(3)).toEqual(['in1', 'call', 'in2', 'list', 'last'])
  expect(desk.state.doc.child(4).childCount).toBe(1)
})

test('it is put down between any two blocks, and not within itself', () => {
  const desk = new World(sample(), 1).desk(0)
  const place = (id: string): number => {
    let found = -1
    desk.state.doc.descendants((node, position) => {
      if (node.attrs.id === id) found = position
    })
    return found
  }
  const drop = (id: string, target: number) =>
    run(desk, ({ state }) => {
      const range = blockFrom(state, place(id))
      return range && movedBlocks(state, range, target)
    })
  expect(drop('call', place('in2'))).toBe(false)
  expect(drop('one', place('i2')), 'a list holds items alone').toBe(false)
  expect(drop('last', place('in2'))).toBe(true)
  expect(desk.state.doc.child(3).textContent).toBe('Within.Last.Also.')
  expect(drop('head', desk.state.doc.content.size)).toBe(true)
  expect(topIds(desk)).toEqual(['one', 'two', 'call', 'list', 'head'])
})

test('a copy has ids of its own, and where all is deleted an empty line is left', () => {
  const desk = new World(sample(), 1).desk(0)
  goTo(desk, 'Apple.')
  const before = blocksAt(desk.state)
  expect(before).not.toBeNull()
  run(desk, ({ state }) => before && duplicatedBlocks(state, before))
  expect(desk.state.doc.child(5).textContent).toBe('Apple.Banana.')
  const ids = idsOf(desk.state.doc)
  expect(new Set(ids).size).toBe(ids.length)
  expect(topIds(desk)[4], 'the first one is still itself').toBe('list')
  desk.edit((tr) =>
    tr.setSelection(TextSelection.between(tr.doc.resolve(0), tr.doc.resolve(tr.doc.content.size))),
  )
  const all = blocksAt(desk.state)
  run(desk, ({ state }) => all && removedBlocks(state, all))
  expect(desk.state.doc.childCount).toBe(1)
  expect(desk.state.doc.textContent).toBe('')
})

test('while one moves a block, what the other types in its neighbour stays, and threads go along', () => {
  const world = new World(sample())
  const [ada, ben] = [world.desk(0), world.desk(1)]
  const anchors = ['Two.', 'One.'].map((quote) => ada.anchor(quote))
  goTo(ada, 'Two.')
  goTo(ben, 'Heading')
  step(ada, 'up')
  ben.edit((tr) => tr.insertText(' of it all'))
  world.sync()
  expect(topIds(ben).slice(0, 3)).toEqual(['one', 'two', 'head'])
  expect(ben.state.doc.child(2).textContent).toBe('Heading of it all')
  expect(ben.state.doc.eq(ada.state.doc)).toBe(true)
  for (const desk of world.desks)
    expect(anchors.map((anchor) => desk.marked(anchor))).toEqual(['Two.', 'One.'])
  ada.undo()
  world.sync()
  expect(topIds(ben).slice(0, 3)).toEqual(['one', 'head', 'two'])
  expect(ben.state.doc.child(1).textContent).toBe('Heading of it all')
})
