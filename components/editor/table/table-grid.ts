import type { Node as ProseMirrorNode, ResolvedPos } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { fixTables, isInTable, selectedRect, TableMap, type TableRect } from '@tiptap/pm/tables'
import { type BlockPlace, blockAround } from '../block/block-around'

/** The innermost table around a position; null: it is in none. */
export const tableAround = ($at: ResolvedPos): BlockPlace | null => blockAround($at, 'table')

/** The cells that the selection covers, as rows `top` to `bottom` and columns `left` to `right`; null: no table. */
export const selectedCells = (state: EditorState): TableRect | null =>
  isInTable(state) ? selectedRect(state) : null

/** Width of each column in CSS pixels, as the first row says it; null: as wide as its text makes it. */
export function widthsOf(table: ProseMirrorNode): (number | null)[] {
  const widths: (number | null)[] = []
  table.firstChild?.forEach(({ attrs }) => {
    const { width, colspan } = attrs as { width: unknown; colspan: number }
    widths.push(typeof width === 'number' ? width : null)
    for (let more = 1; more < colspan; more += 1) widths.push(null)
  })
  return widths
}

/** The first row says how wide columns are: whatever row is the first now says what the first one said. */
export function keepWidths(
  tr: Transaction,
  position: number,
  widths: readonly (number | null)[],
): Transaction {
  const table = tr.doc.nodeAt(position)
  if (table?.type.name !== 'table' || widths.every((width) => width === null)) return tr
  const map = TableMap.get(table)
  if (map.width !== widths.length) return tr
  for (const [column, width] of widths.entries()) {
    const cell = map.map[column]
    if (cell === undefined || (column > 0 && map.map[column - 1] === cell)) continue
    if (table.nodeAt(cell)?.attrs.width !== width) tr.setNodeAttribute(position + 1 + cell, 'width', width)
  }
  return tr
}

/** True where no cell reaches over the line before row `row`. */
export function isRowLineFree({ map, width, height }: TableMap, row: number): boolean {
  if (row <= 0 || row >= height) return true
  const line = map.slice(row * width, (row + 1) * width)
  return line.every((cell, column) => cell !== map[(row - 1) * width + column])
}

/** True where no cell reaches over the line before column `column`. */
export function isColumnLineFree({ map, width, height }: TableMap, column: number): boolean {
  if (column <= 0 || column >= width) return true
  for (let row = 0; row < height; row += 1) {
    if (map[row * width + column] === map[row * width + column - 1]) return false
  }
  return true
}

const isHeaderAt = ({ map, table }: TableRect, index: number): boolean =>
  table.nodeAt(map.map[index] ?? -1)?.type.name === 'tableHeader'

/** True where the whole first row is of heading cells. */
export const hasHeaderRow = (rect: TableRect): boolean =>
  Array.from({ length: rect.map.width }, (_, column) => column).every((column) => isHeaderAt(rect, column))

/** True where the whole first column is of heading cells. */
export const hasHeaderColumn = (rect: TableRect): boolean =>
  Array.from({ length: rect.map.height }, (_, row) => row * rect.map.width).every((index) =>
    isHeaderAt(rect, index),
  )

/**
 * What makes the table at the selection a rectangle again; null: it is one. Two people who change the rows and the
 * columns of a table at once leave rows of different lengths. It is part of what somebody does to the table next, and
 * no other table is looked at: a page that repaired by itself would do so on everybody's screen at once.
 */
export function repairOf(state: EditorState): Transaction | null {
  const $at = state.selection.$head
  const place = tableAround($at)
  if (!place || TableMap.get(place.node).problems === null) return null
  const blank = state.schema.nodes.paragraph?.create()
  if (!blank) return null
  // As if its top-level block had just come: the others are not visited.
  const before = state.doc.copy(state.doc.content.replaceChild($at.index(0), blank))
  return fixTables(state, { ...state, doc: before } as EditorState) ?? null
}
