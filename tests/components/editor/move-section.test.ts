import type { MarkType, NodeType, Node as ProseMirrorNode } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { holdUndoStep } from '../../../components/editor/binding/held-step'
import { stepOf } from '../../../components/editor/section/move-section'
import { anchorAt } from '../../../lib/content/anchor/anchor'
import { outlineOf } from '../../../lib/content/outline'
import { contentSchema } from '../../../lib/content/schema'
import { type Desk, markedElsewhere, rangeOf, World } from '../../lib/content/anchor-world'
import { block, body } from '../../lib/content/world'

const sample = () =>
  body(
    block(0, 'Before them all.', 'p0'),
    block(1, 'Introduction', 'h1'),
    block(3, 'Rationale', 'h2'),
    block(0, 'Retries are lost when a worker dies.', 'p2'),
    block(3, 'Background', 'h3'),
    block(0, 'They were written long ago.', 'p3'),
    block(1, 'Design', 'h4'),
    block(0, 'A queue with a lease.', 'p4'),
  )
const titles = (doc: ProseMirrorNode) =>
  outlineOf(doc)
    .filter(({ level }) => level > 0)
    .map(({ number, id }) => `${number} ${id}`)

const move = (desk: Desk, id: string, before: string | null): boolean => desk.move(id, before)
function step(desk: Desk, id: string, direction: 'up' | 'down'): boolean {
  const before = stepOf(outlineOf(desk.state.doc), id, direction)
  return before !== undefined && move(desk, id, before)
}

test('a section goes up and down among its neighbours, with all that is under it', () => {
  const desk = new World(sample(), 1).desk(0)
  expect(step(desk, 'h3', 'up')).toBe(true)
  expect(titles(desk.state.doc)).toEqual(['1 h1', '1.1 h3', '1.2 h2', '2 h4'])
  expect(step(desk, 'h3', 'up')).toBe(false)
  expect(step(desk, 'h3', 'down')).toBe(true)
  expect(titles(desk.state.doc)).toEqual(['1 h1', '1.1 h2', '1.2 h3', '2 h4'])
  expect(desk.state.doc.eq(sample())).toBe(true)
  expect(step(desk, 'h3', 'up')).toBe(true)
  expect(step(desk, 'h1', 'down')).toBe(true)
  expect(titles(desk.state.doc)).toEqual(['1 h4', '2 h1', '2.1 h3', '2.2 h2'])
  expect(step(desk, 'h1', 'down')).toBe(false)
  expect(desk.state.doc.firstChild?.textContent).toBe('Before them all.')
  expect(desk.state.doc.lastChild?.textContent).toBe('Retries are lost when a worker dies.')
})

test('it goes nowhere within itself, nor where it stands, nor before what is not there', () => {
  const desk = new World(sample(), 1).desk(0)
  const before = desk.state.doc
  for (const place of ['h1', 'h2', 'h3', 'h4', 'gone']) expect(move(desk, 'h1', place)).toBe(false)
  expect(move(desk, 'h4', null)).toBe(false)
  expect(move(desk, 'gone', 'h1')).toBe(false)
  expect(desk.state.doc.eq(before)).toBe(true)
})

test('a move while a long paste goes on is a step of its own: what is pasted before and behind it is taken back', () => {
  const desk = new World(sample(), 1).desk(0)
  const letters = (text: string) => desk.edit((tr) => tr.insertText(text, 1))
  const end = holdUndoStep(yUndoPluginKey.getState(desk.state)?.undoManager)
  letters('one ')
  expect(move(desk, 'h4', 'h1')).toBe(true)
  letters('two ')
  end()
  const seen = () => [desk.state.doc.firstChild?.textContent, titles(desk.state.doc)[0]]
  expect(seen()).toEqual(['two one Before them all.', '1 h4'])
  desk.undo()
  expect(seen()).toEqual(['one Before them all.', '1 h4'])
  desk.undo()
  expect(seen()).toEqual(['one Before them all.', '1 h1'])
  desk.undo()
  expect(seen()).toEqual(['Before them all.', '1 h1'])
})

test('two pages: threads go along, what the other types meanwhile stays, and one undo takes it back', () => {
  const world = new World(sample(), 2)
  const [ada, ben] = [world.desk(0), world.desk(1)]
  const quotes = ['Rationale', 'lost when a worker', 'dies.\nBackground', 'written', 'queue']
  const anchors = quotes.map((quote) => {
    const [first = '', second = first] = quote.split('\n')
    const made = anchorAt(ada.place, { from: ada.find(first).from, to: ada.find(second).to })
    if (!made) throw new Error(`no anchor for ${quote}`)
    return made
  })
  const seen = () => [
    ...world.desks.map((desk) => anchors.map((anchor) => desk.marked(anchor))),
    anchors.map((anchor) => markedElsewhere(ada.ydoc, anchor)),
  ]
  const everywhere = (marks: (string | null)[]) => [marks, marks, marks]
  expect(seen()).toEqual(everywhere(quotes))

  // Ben types in another section while Ada moves hers.
  move(ada, 'h3', 'h2')
  ben.edit((tr) => tr.insertText('simple ', ben.find('queue').from))
  world.sync()
  expect(ben.state.doc.eq(ada.state.doc)).toBe(true)
  expect(titles(ben.state.doc)).toEqual(['1 h1', '1.1 h3', '1.2 h2', '2 h4'])
  expect(ben.state.doc.textContent).toContain('A simple queue with')
  // What reached over the place where they were parted is told by what is left of it, or by nothing.
  const parted = quotes.map((quote, n) => (n === 2 ? seen()[2]?.[2] : quote) ?? null)
  expect(seen()).toEqual(everywhere(parted))

  ada.undo()
  world.sync()
  expect(titles(ben.state.doc)).toEqual(['1 h1', '1.1 h2', '1.2 h3', '2 h4'])
  expect(ben.state.doc.textContent).toContain('A simple queue with')
  expect(seen()).toEqual(everywhere(quotes))
})

test('where somebody writes nothing is made anew: what the section moves over goes the other way', () => {
  const world = new World(sample(), 2)
  const [ada, ben] = [world.desk(0), world.desk(1)]
  const at = ada.find('long ago').from
  const items = () => ada.fragment.toArray().map((block) => (block as Y.XmlElement)._item?.id.client)
  expect(ada.move('h3', 'h2', [at])).toBe(true)
  // Of Ada's making are only the blocks of the other section.
  expect(items()).toEqual([1000, 1000, 1000, 1000, 1, 1, 1000, 1000])
  ben.edit((tr) => tr.insertText('very ', ben.find('long ago').from))
  world.sync()
  expect(ben.state.doc.textContent).toContain('They were written very long ago.')
  expect(titles(ben.state.doc)).toEqual(['1 h1', '1.1 h3', '1.2 h2', '2 h4'])
})

test('what somebody types, marks, sets and begins in a section that is moved at that moment goes along, once', () => {
  const world = new World(sample(), 2)
  const [ada, ben] = [world.desk(0), world.desk(1)]
  const { bold } = contentSchema.marks
  ada.move('h2', null)
  ben.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, ben.find('dies.').to)))
  for (const letter of ' At once.') ben.edit((tr) => tr.insertText(letter))
  ben.edit((tr) => tr.addMark(ben.find('At').from, ben.find('At').to, (bold as MarkType).create()))
  ben.edit((tr) => tr.setNodeAttribute(ben.find('Rationale').from - 1, 'level', 4))
  ben.edit((tr) => tr.delete(ben.find('when a worker ').from, ben.find('when a worker ').to))
  ben.edit((tr) => tr.split(tr.selection.head))
  for (const letter of 'A new line.') ben.edit((tr) => tr.insertText(letter))
  world.sync()
  // Whoever types goes on where they were.
  for (const letter of ' And on.') ben.edit((tr) => tr.insertText(letter))
  world.sync()
  for (const { state } of world.desks) {
    const blocks = state.doc.content.content.map((node) => node.textContent)
    expect(blocks.slice(-3)).toEqual(['Rationale', 'Retries are lost dies. At once.', 'A new line. And on.'])
    expect(blocks).toHaveLength(9)
    const { from } = rangeOf(state.doc, 'At')
    expect(state.doc.rangeHasMark(from, from + 2, bold as MarkType)).toBe(true)
    expect(state.doc.nodeAt(rangeOf(state.doc, 'Rationale').from - 1)?.attrs.level).toBe(4)
  }
  // One's own undo takes back what one typed, wherever it went.
  ben.undo()
  world.sync()
  expect(ada.state.doc.textContent).not.toContain('And on.')
})

test('undo of a move brings it back as it reads by then, and redo does so again', () => {
  const world = new World(sample(), 2)
  const [ada, ben] = [world.desk(0), world.desk(1)]
  ada.edit((tr) => tr.insertText('My own. ', ada.find('They were').from))
  ada.move('h3', 'h2')
  world.sync()
  ben.edit((tr) => tr.insertText('nearly ', ben.find('long ago').from))
  world.sync()
  ada.undo()
  world.sync()
  expect(titles(ben.state.doc)).toEqual(['1 h1', '1.1 h2', '1.2 h3', '2 h4'])
  expect(ben.state.doc.textContent).toContain('My own. They were written nearly long ago.')
  ada.redo()
  world.sync()
  expect(titles(ben.state.doc)).toEqual(['1 h1', '1.1 h3', '1.2 h2', '2 h4'])
  ada.undo()
  ada.undo()
  world.sync()
  expect(ben.state.doc.textContent).toContain('BackgroundThey were written nearly long ago.')
  expect(titles(ben.state.doc)).toEqual(['1 h1', '1.1 h2', '1.2 h3', '2 h4'])
})

test('undo of another kind of block keeps what somebody else typed in it', () => {
  const world = new World(sample(), 2)
  const [ada, ben] = [world.desk(0), world.desk(1)]
  const at = ada.find('A queue').from
  ada.endStep()
  ada.edit((tr) => tr.setBlockType(at, at, contentSchema.nodes.heading as NodeType, { level: 2, id: 'p4' }))
  ada.endStep()
  world.sync()
  ben.edit((tr) => tr.insertText('simple ', ben.find('queue').from))
  world.sync()
  ada.undo()
  world.sync()
  for (const { state } of world.desks) {
    expect(state.doc.lastChild?.type.name).toBe('paragraph')
    expect(state.doc.lastChild?.textContent).toBe('A simple queue with a lease.')
  }
})
