import { Fragment, type Schema, Slice } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'

/**
 * Text with tabs, as spreadsheets and terminals copy it, as a slice of cells: it is put into the cells from the one at
 * the caret on. Null: the text has none, or a table came with it.
 */
export function pastedText(state: EditorState, data: DataTransfer | null): Slice | null {
  const text = data?.getData('text/plain') ?? ''
  if (!text.includes('\t') || /<table[\s>]/i.test(data?.getData('text/html') ?? '')) return null
  return cellsOf(state.schema, text)
}

/** Rows by line, cells by tab. A cell in quotation marks may hold both of them (RFC 4180, with tabs). */
export function cellsOf(schema: Schema, text: string): Slice | null {
  const { table, tableRow, tableCell, paragraph } = schema.nodes
  if (!table || !tableRow || !tableCell || !paragraph) return null
  const rows = rowsOf(text)
  const width = Math.max(...rows.map((row) => row.length))
  const nodes = rows.map((row) =>
    tableRow.create(
      null,
      Array.from({ length: width }, (_, column) => {
        const lines = (row[column] ?? '').split('\n')
        return tableCell.create(
          null,
          lines.map((line) => paragraph.create(null, line === '' ? null : schema.text(line))),
        )
      }),
    ),
  )
  return new Slice(Fragment.from(table.create(null, nodes)), 0, 0)
}

/** The values of tab-separated text. */
export function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  const values = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/gy
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (const [, quoted, plain = '', end] of source.matchAll(values)) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '\n') rows.push([])
    if (end === '') break
  }
  return rows
}
