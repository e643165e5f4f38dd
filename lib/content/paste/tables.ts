import { maxColumnWidth, maxSpan, minColumnWidth } from '../attribute'
import { type DocumentJson, element, elementWith } from '../document-json'
import { cellBlocks, filled, lightened } from './fitting'
import { mind } from './limits'
import { attributeOf, elementsIn, type MarkupElement, styleOf } from './markup'

interface Cell {
  readonly isHeader: boolean
  readonly colspan: number
  readonly rowspan: number
  readonly align: string | null
  readonly blocks: DocumentJson[]
}

/**
 * A table with a cell at each place: what is missing is filled in, since whoever opens an irregular one first would
 * repair, and so change it. Empty columns and rows at its end, which spreadsheets copy along, are left out.
 *
 * @returns null where it is no table but a way to place things: one cell, or none.
 * @throws PasteExcess beyond the limits of a table.
 */
export function tableOf(
  table: MarkupElement,
  read: (cell: MarkupElement) => DocumentJson[],
): DocumentJson | null {
  const written = rowsOf(table)
  const sizes = written.map((row) => row.reduce((sum, cell) => sum + spanOf(cell, 'colspan'), 0))
  const widest = sizes.reduce((most, size) => Math.max(most, size), 0)
  mind('cells', widest * written.length)
  const cells = written.map((row) =>
    row.map((cell): Cell => {
      const blocks = filled(cellBlocks(read(cell)))
      return {
        isHeader: cell.tag === 'th',
        colspan: spanOf(cell, 'colspan'),
        rowspan: spanOf(cell, 'rowspan'),
        align: alignOf(cell),
        blocks,
      }
    }),
  )
  const grid = gridOf(cells)
  const rows = trimmedRows(grid)
  const width = rows.reduce((most, row) => Math.max(most, lastSaid(row)), 0)
  if (rows.length * width <= 1) return null
  mind('cells', rows.length * width)
  const hasBoldHead = rows.length > 1 && !cells.flat().some(({ isHeader }) => isHeader) && isBoldHead(rows)
  const widths = widthsOf(table, width)
  return element(
    'table',
    rows.map((row, rowIndex) => {
      const drawn: DocumentJson[] = []
      for (let column = 0; column < width; column += 1) {
        const slot = row[column]
        if (slot === 'covered') continue
        const isHeader = slot?.isHeader === true || (hasBoldHead && rowIndex === 0)
        const blocks = slot?.blocks ?? [element('paragraph')]
        const attrs = {
          align: slot?.align ?? null,
          colspan: Math.min(slot?.colspan ?? 1, width - column),
          rowspan: Math.min(slot?.rowspan ?? 1, rows.length - rowIndex),
          width: widths?.[column] ?? null,
        }
        const content = isHeader ? blocks.map(lightBlock) : blocks
        drawn.push(elementWith(isHeader ? 'tableHeader' : 'tableCell', attrs, content))
      }
      return element('tableRow', drawn)
    }),
  )
}

const lightBlock = (block: DocumentJson): DocumentJson =>
  block.type === 'paragraph' ? { ...block, content: lightened(block.content) } : block

const rowsOf = (table: MarkupElement): MarkupElement[][] =>
  elementsIn(table)
    .flatMap((part) => (/^(?:thead|tbody|tfoot)$/.test(part.tag) ? elementsIn(part) : [part]))
    .filter(({ tag }) => tag === 'tr')
    .map((row) => elementsIn(row).filter(({ tag }) => tag === 'td' || tag === 'th'))

function spanOf(cell: MarkupElement, name: 'colspan' | 'rowspan'): number {
  const span = Number.parseInt(attributeOf(cell, name), 10)
  return span >= 1 ? Math.min(span, maxSpan) : 1
}

function alignOf(cell: MarkupElement): string | null {
  const said = styleOf(cell)['text-align'] ?? attributeOf(cell, 'align').toLowerCase()
  return said === 'center' || said === 'right' ? said : null
}

/** A place in the grid: a cell begins there, one from above or beside covers it, or nothing does. */
type Slot = Cell | 'covered' | undefined

function gridOf(rows: readonly (readonly Cell[])[]): Slot[][] {
  const grid: Slot[][] = rows.map(() => [])
  rows.forEach((row, rowIndex) => {
    const line = grid[rowIndex] as Slot[]
    let column = 0
    for (const cell of row) {
      while (line[column] !== undefined) column += 1
      const height = Math.min(cell.rowspan, rows.length - rowIndex)
      let width = 1
      while (width < cell.colspan && line[column + width] === undefined) width += 1
      for (let down = 0; down < height; down += 1) {
        for (let across = 0; across < width; across += 1) {
          ;(grid[rowIndex + down] as Slot[])[column + across] = 'covered'
        }
      }
      line[column] = { ...cell, colspan: width, rowspan: height }
      column += width
    }
  })
  return grid
}

const saysSomething = (slot: Slot): boolean =>
  slot === 'covered' ||
  slot?.blocks.some(({ type, content }) => type !== 'paragraph' || (content?.length ?? 0) > 0) === true

/** One more than the last column that says something. */
const lastSaid = (row: readonly Slot[]): number => row.findLastIndex(saysSomething) + 1

/** Without empty rows at the end. */
function trimmedRows(grid: readonly Slot[][]): Slot[][] {
  const last = grid.findLastIndex((row) => row.some((slot) => slot !== 'covered' && saysSomething(slot)))
  return grid.slice(0, last + 1)
}

/** The first row is bold throughout and the others are not: programs without a head row say it in this way. */
function isBoldHead([head, ...rest]: readonly (readonly Slot[])[]): boolean {
  const said = (row: readonly Slot[] = []) =>
    row
      .flatMap((slot) => (slot === undefined || slot === 'covered' ? [] : slot.blocks))
      .flatMap(({ content }) => content ?? [])
      .filter(({ type }) => type === 'text')
  const isBold = (part: DocumentJson) => part.marks?.some(({ type }) => type === 'bold') ?? false
  const words = said(head)
  return (
    words.length > 0 && words.every(isBold) && rest.some((row) => said(row).some((part) => !isBold(part)))
  )
}

/** Widths that somebody gave to columns, in CSS pixels; null: none, or all the same, which is a program's own. */
function widthsOf(table: MarkupElement, width: number): (number | null)[] | null {
  const columns = elementsIn(table)
    .flatMap((part) => (part.tag === 'colgroup' ? elementsIn(part) : [part]))
    .filter(({ tag }) => tag === 'col')
    .flatMap((column) => {
      const span = Math.min(Math.max(Number.parseInt(attributeOf(column, 'span'), 10) || 1, 1), maxSpan)
      return Array<number>(span).fill(Number.parseFloat(attributeOf(column, 'width')))
    })
    .slice(0, width)
  if (columns.length < width || new Set(columns).size < 2) return null
  return columns.map((pixels) =>
    pixels > 0 ? Math.min(Math.max(Math.round(pixels), minColumnWidth), maxColumnWidth) : null,
  )
}
