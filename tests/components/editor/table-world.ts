import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'
import { CellSelection, TableMap } from '@tiptap/pm/tables'
import type { TableChange } from '../../../components/editor/table/table-commands'
import { tableChange } from '../../../components/editor/table/table-commands'
import { cellEditing } from '../../../components/editor/table/table-editing'
import { repairOf } from '../../../components/editor/table/table-grid'
import { contentSchema } from '../../../lib/content/schema'
import { type Desk, World } from '../../lib/content/anchor-world'

const node = (type: string, attrs: object, ...content: ProseMirrorNode[]) =>
  contentSchema.node(type, attrs, content)

/** A table of these words; the first row is of headings. Ids say where a cell stood: `r1c2`. */
export const tableOf = (rows: readonly (readonly string[])[]): ProseMirrorNode =>
  node(
    'table',
    { id: 't' },
    ...rows.map((cells, row) =>
      node(
        'tableRow',
        { id: `r${row}` },
        ...cells.map((words, column) => {
          const id = `r${row}c${column}`
          const text = words === '' ? [] : [contentSchema.text(words)]
          const cell = row === 0 ? 'tableHeader' : 'tableCell'
          return node(cell, { id }, node('paragraph', { id: `${id}p` }, ...text))
        }),
      ),
    ),
  )

/** Between two paragraphs, as tables stand. */
export const tableWorld = (rows: readonly (readonly string[])[], people = 2): World =>
  new World(
    node(
      'doc',
      {},
      node('paragraph', { id: 'above' }, contentSchema.text('Above.')),
      tableOf(rows),
      node('paragraph', { id: 'below' }, contentSchema.text('Below.')),
    ),
    people,
    () => [cellEditing()],
  )

export const tableIn = ({ state: { doc } }: Desk): ProseMirrorNode => {
  const table = doc.children.find(({ type }) => type.name === 'table')
  if (!table) throw new Error('no table')
  return table
}

/** What its cells say, row by row. */
export const wordsIn = (desk: Desk): string[][] =>
  tableIn(desk).children.map((row) => row.children.map(({ textContent }) => textContent))

export const isWhole = (desk: Desk): boolean => TableMap.get(tableIn(desk)).problems === null

/** Puts the caret into the cell that says so. */
export const goTo = (desk: Desk, words: string): void =>
  desk.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, desk.find(words).to)))

/** Puts the caret into the first cell, whatever it says. */
export const goToStart = (desk: Desk): void =>
  desk.edit((tr) => {
    const [above] = tr.doc.children
    return tr.setSelection(TextSelection.near(tr.doc.resolve((above?.nodeSize ?? 0) + 1)))
  })

/** Selects all cells between two of them. */
export function selectCells(desk: Desk, first: string, last: string): void {
  const cell = (words: string) => desk.find(words).from - 2
  desk.edit((tr) => tr.setSelection(CellSelection.create(tr.doc, cell(first), cell(last))))
}

/** Does it as the page does: in a table that is whole, one step of undo. False: it could not be done. */
export function change(desk: Desk, what: TableChange): boolean {
  desk.endStep()
  const repair = repairOf(desk.state)
  if (repair) desk.dispatch(repair)
  const tr = tableChange(desk.state, what)
  if (tr) desk.dispatch(tr)
  desk.endStep()
  return tr !== null
}

export const type = (desk: Desk, words: string): void => desk.edit((tr) => tr.insertText(words))
