import { expect, test } from 'vitest'
import {
  alignColumns,
  insertColumn,
  insertRow,
  joinCells,
  moveColumns,
  moveRows,
  removeColumns,
  removeRows,
  splitCells,
  toggleHeaderRow,
} from '../../../components/editor/table/table-commands'
import { widthsOf } from '../../../components/editor/table/table-grid'
import { change, goTo, isWhole, selectCells, tableIn, tableWorld, type, wordsIn } from './table-world'

const sample = [
  ['NAM', 'KIN', 'SIZ'],
  ['A1', 'B1', 'C1'],
  ['A2', 'B2', 'C2'],
]
const up = moveRows(({ top }) => top - 1)
const down = moveRows(({ bottom }) => bottom + 1)
const left = moveColumns(({ left: first }) => first - 1)
const right = moveColumns(({ right: last }) => last + 1)

test('rows and columns come beside the caret, which goes into them; the alignment of a column goes on', () => {
  const desk = tableWorld(sample, 1).desk(0)
  goTo(desk, 'B1')
  change(desk, alignColumns('right'))
  change(desk, insertRow('below'))
  type(desk, 'new')
  expect(wordsIn(desk)).toEqual([sample[0], sample[1], ['', 'new', ''], sample[2]])
  expect(tableIn(desk).child(2).child(1).attrs.align).toBe('right')
  goTo(desk, 'B1')
  change(desk, insertColumn('before'))
  type(desk, 'more')
  expect(wordsIn(desk)[1]).toEqual(['A1', 'more', 'B1', 'C1'])
  expect(tableIn(desk).child(0).child(1).type.name, 'of a column with a heading').toBe('tableHeader')
  desk.undo()
  desk.undo()
  expect(wordsIn(desk)[1]).toEqual(['A1', 'B1', 'C1'])
})

test('nothing stands above the heading row, and with the last row or column the table goes', () => {
  const desk = tableWorld(sample, 1).desk(0)
  goTo(desk, 'KIN')
  expect(change(desk, insertRow('above'))).toBe(false)
  expect(change(desk, down)).toBe(false)
  goTo(desk, 'A1')
  expect(change(desk, up)).toBe(false)
  selectCells(desk, 'NAM', 'A2')
  expect(change(desk, removeColumns)).toBe(true)
  expect(wordsIn(desk)[0]).toEqual(['KIN', 'SIZ'])
  selectCells(desk, 'KIN', 'B2')
  expect(change(desk, removeRows)).toBe(true)
  expect(desk.state.doc.children.map(({ type: { name } }) => name)).toEqual(['paragraph', 'paragraph'])
})

test('rows and columns are moved with what they hold, and the caret with them', () => {
  const desk = tableWorld(sample, 1).desk(0)
  goTo(desk, 'B2')
  expect(change(desk, up)).toBe(true)
  expect(wordsIn(desk)).toEqual([sample[0], sample[2], sample[1]])
  type(desk, '!')
  expect(wordsIn(desk)[1]).toEqual(['A2', 'B2!', 'C2'])
  expect(change(desk, right)).toBe(true)
  expect(wordsIn(desk)).toEqual([
    ['NAM', 'SIZ', 'KIN'],
    ['A2', 'C2', 'B2!'],
    ['A1', 'C1', 'B1'],
  ])
  type(desk, '?')
  expect(wordsIn(desk)[1]).toEqual(['A2', 'C2', 'B2!?'])
  expect(change(desk, right)).toBe(false)
  selectCells(desk, 'SIZ', 'C1')
  expect(change(desk, left)).toBe(true)
  expect(wordsIn(desk)[1]).toEqual(['C2', 'A2', 'B2!?'])
})

test('widths stay with the table, whatever row is the first', () => {
  const desk = tableWorld(sample, 1).desk(0)
  const name = desk.find('KIN').from - 2
  desk.edit((tr) => tr.setNodeAttribute(name, 'width', 200))
  const widths = () => widthsOf(tableIn(desk))
  expect(widths()).toEqual([null, 200, null])
  goTo(desk, 'KIN')
  change(desk, toggleHeaderRow)
  change(desk, insertRow('above'))
  expect(widths()).toEqual([null, 200, null])
  goTo(desk, 'KIN')
  change(desk, removeRows)
  goTo(desk, 'B2')
  change(desk, up)
  change(desk, up)
  expect(wordsIn(desk)[0]).toEqual(['A2', 'B2', 'C2'])
  expect(widths()).toEqual([null, 200, null])
  change(desk, left)
  expect(widths()).toEqual([200, null, null])
})

test('cells are merged and split, and over a merged one no row or column is parted', () => {
  const desk = tableWorld(sample, 1).desk(0)
  selectCells(desk, 'A1', 'B2')
  expect(change(desk, joinCells)).toBe(true)
  expect(tableIn(desk).child(1).child(0).attrs).toMatchObject({ colspan: 2, rowspan: 2 })
  expect(isWhole(desk)).toBe(true)
  goTo(desk, 'C1')
  expect(change(desk, down), 'its row is part of the merged cell').toBe(false)
  goTo(desk, 'C2')
  expect(change(desk, left)).toBe(false)
  goTo(desk, 'C1')
  expect(change(desk, insertRow('below'))).toBe(true)
  expect(tableIn(desk).child(1).child(0).attrs.rowspan).toBe(3)
  goTo(desk, 'A1')
  expect(change(desk, splitCells)).toBe(true)
  expect(isWhole(desk)).toBe(true)
  expect(wordsIn(desk).map((row) => row.length)).toEqual([3, 3, 3, 3])
  const ids = new Set<unknown>()
  desk.state.doc.descendants((block) => {
    if (block.isBlock) expect(ids.has(block.attrs.id), `${block.attrs.id} once`).toBe(false)
    ids.add(block.attrs.id)
  })
})
