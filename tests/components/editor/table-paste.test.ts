import { Fragment, Slice } from '@tiptap/pm/model'
import type { Plugin } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { cellEditing } from '../../../components/editor/table/table-editing'
import { contentSchema } from '../../../lib/content/schema'
import type { Desk } from '../../lib/content/anchor-world'
import { block, body } from '../../lib/content/world'
import { goTo, selectCells, tableIn, tableOf, tableWorld, wordsIn } from './table-world'

const sample = [
  ['NAM', 'KIN'],
  ['A1', 'B1'],
  ['A2', 'B2'],
]

/** As the editor pastes; true: it was taken. */
function paste(desk: Desk, slice: Slice): boolean {
  Object.assign(desk.view, { editable: true })
  const plugin: Plugin = cellEditing()
  const handle = plugin.props.handlePaste as (...given: unknown[]) => boolean
  return handle.call(plugin, desk.view, {}, slice)
}
const tableSlice = (rows: readonly (readonly string[])[]) => new Slice(Fragment.from(tableOf(rows)), 0, 0)

test('a table fills the cells from the caret on, and the table grows; its head is a row like others', () => {
  const desk = tableWorld(sample, 1).desk(0)
  goTo(desk, 'B1')
  const pasted = [
    ['x', 'y'],
    ['1', '2'],
  ]
  expect(paste(desk, tableSlice(pasted))).toBe(true)
  expect(wordsIn(desk)).toEqual([
    ['NAM', 'KIN', ''],
    ['A1', 'x', 'y'],
    ['A2', '1', '2'],
  ])
  expect(
    tableIn(desk)
      .child(1)
      .children.map(({ type: { name } }) => name),
  ).toEqual(Array(3).fill('tableCell'))
})

test('into the heading row it is headings, and among selected cells no more than there are', () => {
  const desk = tableWorld(sample, 1).desk(0)
  selectCells(desk, 'NAM', 'A1')
  expect(
    paste(
      desk,
      tableSlice([
        ['x', 'y'],
        ['1', '2'],
        ['3', '4'],
      ]),
    ),
  ).toBe(true)
  expect(wordsIn(desk)).toEqual([
    ['x', 'KIN'],
    ['1', 'B1'],
    ['A2', 'B2'],
  ])
  expect(tableIn(desk).firstChild?.firstChild?.type.name).toBe('tableHeader')
})

test('what a cell cannot hold is taken apart, and the table stays one', () => {
  const desk = tableWorld(sample, 1).desk(0)
  goTo(desk, 'A1')
  const callout = { type: 'callout', attrs: { id: 'c' }, content: [block(0, 'Mind it.', 'm')] }
  const blocks = body(block(1, 'Heading', 'h'), callout, block(0, 'Text.', 'p'))
  expect(paste(desk, new Slice(blocks.content, 0, 1))).toBe(true)
  expect(desk.state.doc.childCount).toBe(3)
  expect(
    tableIn(desk)
      .child(1)
      .firstChild?.children.map(({ textContent }) => textContent),
  ).toEqual(['A1Heading', 'Mind it.', 'Text.'])
  expect(() => desk.state.doc.check()).not.toThrow()
  expect(contentSchema.nodes.tableCell).toBe(tableIn(desk).child(1).firstChild?.type)
})
