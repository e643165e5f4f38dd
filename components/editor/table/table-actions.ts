import type { Editor } from '@tiptap/core'
import type { EditorState } from '@tiptap/pm/state'
import {
  alignColumns,
  changeTable,
  insertColumn,
  insertRow,
  joinCells,
  moveColumns,
  moveRows,
  removeColumns,
  removeRows,
  removeTable,
  splitCells,
  type TableChange,
  tableChange,
  toggleHeaderColumn,
  toggleHeaderRow,
} from './table-commands'
import { selectedCells, widthsOf } from './table-grid'
import { fitWidths, widen } from './table-widths'

/** Something that can be done to the cells that are selected, or to the one at the caret. */
export interface TableAction {
  readonly id: string
  readonly label: string
  readonly group: 'row' | 'column' | 'cells' | 'table'
  readonly shortcut?: string
  /** It takes words away. */
  readonly danger?: boolean
  readonly isPossible: (state: EditorState) => boolean
  readonly run: (editor: Editor) => void
}

type Named = Pick<TableAction, 'id' | 'label' | 'shortcut' | 'danger'>

const action = (group: TableAction['group'], named: Named, change: TableChange): TableAction => ({
  ...named,
  group,
  isPossible: (state) => tableChange(state, change) !== null,
  run: (editor) => changeTable(editor, change),
})

const inTable = (state: EditorState): boolean => selectedCells(state) !== null

const hasWidths = (state: EditorState): boolean =>
  widthsOf(selectedCells(state)?.table ?? state.doc).some((width) => width !== null)

export const tableActions: readonly TableAction[] = [
  action('row', { id: 'row-above', label: 'Row above' }, insertRow('above')),
  action('row', { id: 'row-below', label: 'Row below' }, insertRow('below')),
  action(
    'row',
    { id: 'row-up', label: 'Move row up', shortcut: 'Alt-Shift-↑' },
    moveRows(({ top }) => top - 1),
  ),
  action(
    'row',
    { id: 'row-down', label: 'Move row down', shortcut: 'Alt-Shift-↓' },
    moveRows(({ bottom }) => bottom + 1),
  ),
  action('row', { id: 'header-row', label: 'Heading row on or off' }, toggleHeaderRow),
  action('row', { id: 'row-delete', label: 'Delete row', danger: true }, removeRows),
  action('column', { id: 'column-before', label: 'Column before' }, insertColumn('before')),
  action('column', { id: 'column-after', label: 'Column after' }, insertColumn('after')),
  action(
    'column',
    { id: 'column-left', label: 'Move column left', shortcut: 'Alt-Shift-←' },
    moveColumns(({ left }) => left - 1),
  ),
  action(
    'column',
    { id: 'column-right', label: 'Move column right', shortcut: 'Alt-Shift-→' },
    moveColumns(({ right }) => right + 1),
  ),
  action('column', { id: 'align-left', label: 'Align left' }, alignColumns('left')),
  action('column', { id: 'align-center', label: 'Align centre' }, alignColumns('center')),
  action('column', { id: 'align-right', label: 'Align right' }, alignColumns('right')),
  {
    id: 'column-wider',
    label: 'Wider column',
    group: 'column',
    shortcut: 'Alt-Shift-.',
    isPossible: inTable,
    run: (editor) => void widen(editor, 1),
  },
  {
    id: 'column-narrower',
    label: 'Narrower column',
    group: 'column',
    shortcut: 'Alt-Shift-,',
    isPossible: inTable,
    run: (editor) => void widen(editor, -1),
  },
  action('column', { id: 'header-column', label: 'Heading column on or off' }, toggleHeaderColumn),
  action('column', { id: 'column-delete', label: 'Delete column', danger: true }, removeColumns),
  action('cells', { id: 'cells-join', label: 'Merge cells' }, joinCells),
  action('cells', { id: 'cells-split', label: 'Split cell' }, splitCells),
  {
    id: 'fit',
    label: 'Fit columns to text',
    group: 'table',
    isPossible: hasWidths,
    run: fitWidths,
  },
  action('table', { id: 'table-delete', label: 'Delete table', danger: true }, removeTable),
]
