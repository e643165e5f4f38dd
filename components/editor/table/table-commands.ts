import type { Editor } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import {
  addColumn,
  addRow,
  CellSelection,
  deleteTable,
  mergeCells,
  removeColumn,
  removeRow,
  splitCell,
  TableMap,
  type TableRect,
  toggleHeader,
} from '@tiptap/pm/tables'
import { pasteLimits } from '../../../lib/content/paste/limits'
import { endUndoStep } from '../binding/structural'
import {
  hasHeaderColumn,
  hasHeaderRow,
  isColumnLineFree,
  isRowLineFree,
  keepWidths,
  repairOf,
  selectedCells,
  widthsOf,
} from './table-grid'

/** What is done to the table at the selection; null: it cannot be done there. */
export type TableChange = (state: EditorState, rect: TableRect) => Transaction | null

/** The most cells that a table may be made to have: as many as one that is pasted. */
export const maxTableCells: number = pasteLimits.cells

/** What a change does, as a transaction of a state in which the table is whole; null: nothing. */
export function tableChange(state: EditorState, change: TableChange): Transaction | null {
  const rect = selectedCells(state)
  return rect && change(state, rect)
}

/** Does it as one step of undo, in a table that is made whole before. True: it was done. */
export function changeTable(editor: Editor, change: TableChange): boolean {
  if (!editor.isEditable) return false
  endUndoStep(editor)
  const repair = repairOf(editor.state)
  if (repair) editor.view.dispatch(repair)
  const tr = tableChange(editor.state, change)
  if (tr) editor.view.dispatch(tr.scrollIntoView())
  endUndoStep(editor)
  editor.view.focus()
  return tr !== null
}

/** One of the library's commands as such a change. */
const byCommand =
  (command: (state: EditorState, dispatch: (tr: Transaction) => void) => boolean): TableChange =>
  (state) => {
    let made: Transaction | null = null
    command(state, (tr) => {
      made = tr
    })
    return made
  }

const area = ({ map }: TableRect): number => map.width * map.height

/** A row above or below what is selected, its cells aligned as those beside it. None stands above the heading row. */
export const insertRow =
  (side: 'above' | 'below'): TableChange =>
  ({ tr }, rect) => {
    const row = side === 'above' ? rect.top : rect.bottom
    if (row === 0 && hasHeaderRow(rect)) return null
    if (area(rect) + rect.map.width > maxTableCells) return null
    const widths = widthsOf(rect.table)
    addRow(tr, rect, row)
    const table = tr.doc.nodeAt(rect.tableStart - 1)
    if (!table) return null
    const map = TableMap.get(table)
    const beside = row > 0 ? row - 1 : row + 1
    for (let column = 0; column < map.width; column += 1) {
      const cell = map.map[row * map.width + column]
      const other = map.map[beside * map.width + column]
      if (cell === undefined || other === undefined || cell === other) continue
      const align: unknown = table.nodeAt(other)?.attrs.align ?? null
      if (align !== null) tr.setNodeAttribute(rect.tableStart + cell, 'align', align)
    }
    keepWidths(tr, rect.tableStart - 1, widths)
    return intoCell(tr, rect.tableStart, row, rect.left)
  }

/** A column before or behind what is selected. */
export const insertColumn =
  (side: 'before' | 'after'): TableChange =>
  ({ tr }, rect) => {
    const column = side === 'before' ? rect.left : rect.right
    if (area(rect) + rect.map.height > maxTableCells) return null
    addColumn(tr, rect, column)
    return intoCell(tr, rect.tableStart, rect.top, column)
  }

/** The selected rows; with the last of them the table. */
export const removeRows: TableChange = (state, rect) => {
  if (rect.top === 0 && rect.bottom === rect.map.height) return removeTable(state, rect)
  const { tr } = state
  const widths = widthsOf(rect.table)
  for (let row = rect.bottom - 1; row >= rect.top; row -= 1) {
    const table = row === rect.bottom - 1 ? rect.table : tr.doc.nodeAt(rect.tableStart - 1)
    if (table) removeRow(tr, { ...rect, table, map: TableMap.get(table) }, row)
  }
  keepWidths(tr, rect.tableStart - 1, widths)
  return intoCell(tr, rect.tableStart, rect.top, rect.left)
}

/** The selected columns; with the last of them the table. */
export const removeColumns: TableChange = (state, rect) => {
  if (rect.left === 0 && rect.right === rect.map.width) return removeTable(state, rect)
  const { tr } = state
  for (let column = rect.right - 1; column >= rect.left; column -= 1) {
    const table = column === rect.right - 1 ? rect.table : tr.doc.nodeAt(rect.tableStart - 1)
    if (table) removeColumn(tr, { ...rect, table, map: TableMap.get(table) }, column)
  }
  return intoCell(tr, rect.tableStart, rect.top, rect.left)
}

export const removeTable: TableChange = byCommand(deleteTable)
export const joinCells: TableChange = byCommand(mergeCells)
export const splitCells: TableChange = byCommand(splitCell)
export const toggleHeaderRow: TableChange = byCommand(toggleHeader('row'))
export const toggleHeaderColumn: TableChange = byCommand(toggleHeader('column'))

/** The selected rows come to stand before row `to` of the table as it is. The very same nodes: see `moveNodes`. */
export const moveRows =
  (to: (rect: TableRect) => number): TableChange =>
  ({ tr, selection }, rect) => {
    const target = to(rect)
    const { map, table, top, bottom, tableStart } = rect
    const first = hasHeaderRow(rect) ? 1 : 0
    if (top < first || target < first || target > map.height || (target >= top && target <= bottom))
      return null
    if (![top, bottom, target].every((row) => isRowLineFree(map, row))) return null
    const widths = widthsOf(table)
    const before = (row: number) => {
      let at = tableStart
      for (let index = 0; index < row; index += 1) at += table.child(index).nodeSize
      return at
    }
    const [from, end] = [before(top), before(bottom)]
    const rows = table.content.content.slice(top, bottom)
    const start = moveNodes(tr, { from, to: end, nodes: rows }, before(target))
    keepWidths(tr, tableStart - 1, widths)
    return tr.setSelection(shifted(tr, selection, start - from))
  }

/** The selected columns come to stand before column `to`. */
export const moveColumns =
  (to: (rect: TableRect) => number): TableChange =>
  ({ tr, selection }, rect) => {
    const target = to(rect)
    const { map, table, left, right, tableStart } = rect
    const first = hasHeaderColumn(rect) ? 1 : 0
    if (left < first || target < first || target > map.width || (target >= left && target <= right))
      return null
    if (![left, right, target].every((column) => isColumnLineFree(map, column))) return null
    const caretRow = map.findCell(map.map[rect.top * map.width + left] ?? 0).top
    let shift = 0
    // From the last row on, so that no move changes the place of the next.
    for (let row = map.height - 1; row >= 0; row -= 1) {
      const at = (column: number) => tableStart + map.positionAt(row, column, table)
      const [from, end] = [at(left), at(right)]
      const nodes: ProseMirrorNode[] = []
      table.nodesBetween(from - tableStart, end - tableStart, (node, position) => {
        const isCell = node.type.name === 'tableCell' || node.type.name === 'tableHeader'
        if (isCell && position >= from - tableStart && position < end - tableStart) nodes.push(node)
        return !isCell
      })
      if (nodes.length === 0) continue
      const start = moveNodes(tr, { from, to: end, nodes }, at(target))
      if (row === caretRow) shift = start - from
    }
    return selection instanceof CellSelection
      ? intoCell(tr, tableStart, rect.top, target > left ? target - (right - left) : target)
      : tr.setSelection(shifted(tr, selection, shift))
  }

/**
 * Puts whole nodes elsewhere. The binding knows what it has written by its identity, and of two that change places it
 * may write either anew: as copies these are the ones, and what others type meanwhile in the rest stays.
 *
 * @returns Where they begin now.
 */
function moveNodes(
  tr: Transaction,
  moved: { readonly from: number; readonly to: number; readonly nodes: readonly ProseMirrorNode[] },
  target: number,
): number {
  const { from, to, nodes } = moved
  tr.delete(from, to)
  const start = target > from ? target - (to - from) : target
  tr.insert(
    start,
    nodes.map(({ type, attrs, content, marks }) => type.create(attrs, content, marks)),
  )
  return start
}

function shifted({ doc }: Transaction, selection: Selection, by: number): Selection {
  if (selection instanceof CellSelection) {
    return CellSelection.create(doc, selection.$anchorCell.pos + by, selection.$headCell.pos + by)
  }
  const { anchor, head } = selection
  return TextSelection.between(doc.resolve(anchor + by), doc.resolve(head + by))
}

/** Puts the caret into a cell of the table that begins at `tableStart`, or into the nearest that there is. */
function intoCell(tr: Transaction, tableStart: number, row: number, column: number): Transaction {
  const table = tr.doc.nodeAt(tableStart - 1)
  if (table?.type.name !== 'table') return tr
  const map = TableMap.get(table)
  const index = Math.min(row, map.height - 1) * map.width + Math.min(column, map.width - 1)
  const cell = map.map[index]
  return cell === undefined ? tr : tr.setSelection(Selection.near(tr.doc.resolve(tableStart + cell + 1)))
}

/** Sets an attribute of all cells in the selected columns that differ. */
function setColumns(
  { tr }: EditorState,
  rect: TableRect,
  name: 'align' | 'width',
  value: string | number | null,
): Transaction | null {
  const { map, table, tableStart, left, right } = rect
  const rows = name === 'width' ? 1 : map.height
  for (const cell of map.cellsInRect({ left, right, top: 0, bottom: rows })) {
    if (table.nodeAt(cell)?.attrs[name] !== value) tr.setNodeAttribute(tableStart + cell, name, value)
  }
  return tr.docChanged ? tr : null
}

export const alignColumns =
  (align: 'left' | 'center' | 'right' | null): TableChange =>
  (state, rect) =>
    setColumns(state, rect, 'align', align)
