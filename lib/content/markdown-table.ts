import type { Table } from 'mdast'
import { type DocumentJson, element, elementWith, textJson } from './document-json'
import { type Conversion, inlineJson } from './markdown-inline'
import { lineOf, tooDeep } from './markdown-source'
import { maxDepth } from './shape'

/** A table may have this many cells, filled-in ones counted: a wide head over many short rows multiplies. */
export const maxTableCells = 50_000

/**
 * A table. Short rows are filled with empty cells: an irregular table would be repaired, and so changed, by
 * whoever opens the document first. A head without any text means that there is no head (Markdown has no
 * other way to say so).
 */
export function tableJson(table: Table, conversion: Conversion, depth: number): DocumentJson {
  if (depth + 3 > maxDepth) throw tooDeep(lineOf(table))
  const width = table.children.reduce((widest, row) => Math.max(widest, row.children.length), 1)
  if (width * table.children.length > maxTableCells) {
    conversion.losses.add(
      lineOf(table),
      `A table of ${table.children.length} rows and ${width} columns is too large and was kept as text.`,
    )
    return asText(table, conversion)
  }
  const rows = table.children.map((row, index) => {
    const cells = Array.from({ length: width }, (_, column) => {
      const children = row.children[column]?.children ?? []
      const align = table.align?.[column] ?? null
      const content = [element('paragraph', inlineJson(children, conversion))]
      return elementWith(index === 0 ? 'tableHeader' : 'tableCell', { align }, content)
    })
    return element('tableRow', cells)
  })
  const [head, ...body] = rows
  const isHeadless = body.length > 0 && head?.content?.every((cell) => !cell.content?.[0]?.content?.length)
  return element('table', isHeadless ? body : rows)
}

/** The text of a table, a line for each row and a tab between cells. */
function asText(table: Table, conversion: Conversion): DocumentJson {
  const plain = (nodes: readonly DocumentJson[]) => nodes.map(({ text }) => text ?? ' ').join('')
  const lines = table.children.map((row) =>
    row.children.map((cell) => plain(inlineJson(cell.children, conversion))).join('\t'),
  )
  return elementWith('codeBlock', { language: null }, [textJson(lines.join('\n') || ' ')])
}
