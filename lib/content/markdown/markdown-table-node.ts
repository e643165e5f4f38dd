import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { AlignType, PhrasingContent, Table, TableCell } from 'mdast'
import { maxSpan } from '../attribute'
import { fileNode, imageNode } from './markdown-file'
import { type Labels, phrasingOf } from './markdown-marks'
import { maxTableCells } from './markdown-table'

/**
 * A table as GitHub's Markdown can say it: a first row that is the head (an empty one where there is none),
 * cells of one line. Spanned places become empty cells; blocks in a cell are parted by `<br>`.
 */
export function tableNode(table: ProseMirrorNode, labels: Labels): Table {
  const grid = gridOf(table)
  const width = grid.reduce((widest, row) => Math.max(widest, row.length), 1)
  const first = table.firstChild
  const hasHead = first !== null && first.childCount > 0 && everyChild(first, isHeaderCell)
  const align = Array.from({ length: width }, (_, column) => alignOf(grid[0]?.[column] ?? null))
  const rows = (hasHead ? grid : [[], ...grid]).map((row) => ({
    type: 'tableRow' as const,
    children: Array.from({ length: width }, (_, column): TableCell => {
      const cell = row[column]
      return { type: 'tableCell', children: cell ? cellContent(cell, labels) : [] }
    }),
  }))
  return { type: 'table', align, children: rows }
}

const isHeaderCell = (node: ProseMirrorNode): boolean => node.type.name === 'tableHeader'

function everyChild(parent: ProseMirrorNode, test: (node: ProseMirrorNode) => boolean): boolean {
  for (let index = 0; index < parent.childCount; index++) if (!test(parent.child(index))) return false
  return true
}

const alignOf = (cell: ProseMirrorNode | null): AlignType => {
  const align: unknown = cell?.attrs.align
  return align === 'left' || align === 'center' || align === 'right' ? align : null
}

/** Cells by row and column; null where a cell from the left or from above reaches, nothing where there is none. */
function gridOf(table: ProseMirrorNode): (ProseMirrorNode | null | undefined)[][] {
  const grid: (ProseMirrorNode | null | undefined)[][] = Array.from({ length: table.childCount }, () => [])
  let places = 0
  table.forEach((row, _, index) => {
    let column = 0
    row.forEach((cell) => {
      const line = grid[index] as (ProseMirrorNode | null | undefined)[]
      while (line[column] !== undefined) column += 1
      const colspan = span(cell.attrs.colspan)
      const rowspan = span(cell.attrs.rowspan)
      places += colspan * rowspan
      // Spans are bounded one by one; together they could still multiply.
      const reach = places > maxTableCells ? { across: 1, down: 1 } : { across: colspan, down: rowspan }
      for (let down = 0; down < reach.down && index + down < grid.length; down++) {
        const target = grid[index + down] as (ProseMirrorNode | null | undefined)[]
        for (let across = 0; across < reach.across; across++) {
          target[column + across] = down === 0 && across === 0 ? cell : null
        }
      }
      column += reach.across
    })
  })
  return grid
}

const span = (value: unknown): number => Math.min(Math.max(Number(value) || 1, 1), maxSpan)

/** The blocks of a cell on one line. */
function cellContent(cell: ProseMirrorNode, labels: Labels): PhrasingContent[] {
  const lines = linesOf(cell, '', labels).filter((line) => line.length > 0)
  return lines.flatMap((line, index) => (index > 0 ? [lineBreak(), ...line] : line))
}

const lineBreak = (): PhrasingContent => ({ type: 'html', value: '<br>' })

function linesOf(parent: ProseMirrorNode, prefix: string, labels: Labels): PhrasingContent[][] {
  const lines: PhrasingContent[][] = []
  let number = Number(parent.attrs.start ?? 1)
  parent.forEach((block, _, index) => {
    const name = block.type.name
    if (block.inlineContent && name !== 'codeBlock') {
      const line = phrasingOf(block, 'html', labels)
      const before = index === 0 ? prefix : ''
      if (line.length > 0) lines.push(before === '' ? line : [{ type: 'text', value: before }, ...line])
    } else if (name === 'codeBlock') {
      for (const value of block.textContent.split('\n')) {
        if (/\S/.test(value)) lines.push([{ type: 'inlineCode', value: value.trim() }])
      }
    } else if (name === 'image') lines.push([imageNode(block)])
    else if (name === 'file') lines.push(fileNode(block).children)
    else if (name === 'listItem' || name === 'taskItem') {
      const sign = name === 'taskItem' ? (block.attrs.checked === true ? '☑ ' : '☐ ') : '• '
      lines.push(...linesOf(block, parent.type.name === 'orderedList' ? `${number++}. ` : sign, labels))
    } else lines.push(...linesOf(block, '', labels))
  })
  return lines
}
