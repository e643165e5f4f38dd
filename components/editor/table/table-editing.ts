import { type AnyExtension, type Editor, Node as TiptapNode } from '@tiptap/core'
import { type EditorState, Plugin, TextSelection, type Transaction } from '@tiptap/pm/state'
import { CellSelection, cellAround, goToNextCell, tableEditing, toggleHeader } from '@tiptap/pm/tables'
import type { EditorView } from '@tiptap/pm/view'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { toast } from '../../ui/toast'
import { changesStructure } from '../binding/undo-steps'
import { changeTable, insertRow, maxTableCells, moveColumns, moveRows } from './table-commands'
import { fittedToCell, withoutHeadings } from './table-fit'
import { hasHeaderRow, repairOf, selectedCells, tableAround } from './table-grid'
import { tableView } from './table-view'
import { widen } from './table-widths'

/**
 * Tables as this editor has them: the extensions of the schema, of which the table gets its own view and keys, and
 * the library's editing of cells without what that writes by itself.
 */
export const withTables = (extensions: readonly AnyExtension[]): AnyExtension[] =>
  extensions.map((extension) =>
    extension instanceof TiptapNode && extension.name === 'table' ? asTable(extension) : extension,
  )

const asTable = (table: TiptapNode): TiptapNode =>
  table.extend({
    addNodeView() {
      const { editor } = this
      return ({ node }) => tableView(node, editor.options.editable)
    },
    addKeyboardShortcuts() {
      const inTable = (run: () => boolean) => () =>
        tableAround(this.editor.state.selection.$head) !== null && run()
      return {
        ...this.parent?.(),
        Tab: inTable(() => nextCell(this.editor)),
        'Mod-Enter': inTable(() => leaveBelow(this.editor)),
        'Alt-Shift-.': inTable(() => widen(this.editor, 1)),
        'Alt-Shift-,': inTable(() => widen(this.editor, -1)),
        'Alt-Shift-ArrowLeft': inTable(
          () =>
            changeTable(
              this.editor,
              moveColumns(({ left }) => left - 1),
            ) || true,
        ),
        'Alt-Shift-ArrowRight': inTable(
          () =>
            changeTable(
              this.editor,
              moveColumns(({ right }) => right + 1),
            ) || true,
        ),
        'Alt-Shift-ArrowUp': inTable(
          () =>
            changeTable(
              this.editor,
              moveRows(({ top }) => top - 1),
            ) || true,
        ),
        'Alt-Shift-ArrowDown': inTable(
          () =>
            changeTable(
              this.editor,
              moveRows(({ bottom }) => bottom + 1),
            ) || true,
        ),
      }
    },
    addProseMirrorPlugins: () => [cellEditing()],
  })

/** Behind the last cell a row is made. */
function nextCell(editor: Editor): boolean {
  const { state, view } = editor
  if (goToNextCell(1)(state, view.dispatch)) return true
  if (!changeTable(editor, (now, rect) => insertRow('below')(now, { ...rect, left: 0 }))) {
    toast({ text: `A table has at most ${maxTableCells.toLocaleString('en')} cells. Begin another one.` })
  }
  return true
}

/** Into the paragraph below the table, which is made where there is none. */
function leaveBelow({ state, view }: Editor): boolean {
  const place = tableAround(state.selection.$head)
  if (!place) return false
  const behind = place.position + place.node.nodeSize
  const { tr } = state
  const next = state.doc.resolve(behind).nodeAfter
  const paragraph = state.schema.nodes.paragraph?.create()
  if (next?.type.name !== 'paragraph' && paragraph) tr.insert(behind, paragraph)
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, behind + 1)).scrollIntoView())
  return true
}

/**
 * The library repairs tables whenever the document changes, on every page that has it open; all of them would write
 * the same missing cell. Here a table is repaired as part of what its own person does to its structure.
 */
export function cellEditing(): Plugin {
  const { spec } = tableEditing()
  const { props } = spec
  return new Plugin({
    ...spec,
    props: {
      ...props,
      handleKeyDown(view, event) {
        if (view.state.selection instanceof CellSelection && isDeletion(event)) repairNow(view)
        return props?.handleKeyDown?.call(this, view, event) ?? false
      },
      handlePaste(view, event, slice) {
        if (!view.editable || tableAround(view.state.selection.$head) === null) return false
        repairNow(view)
        const isHeaded = headerRowOf(view.state)
        if (props?.handlePaste?.call(this, view, event, withoutHeadings(slice))) {
          if (isHeaded && !headerRowOf(view.state)) toggleHeader('row')(view.state, view.dispatch)
          return true
        }
        const cell = cellAround(view.state.selection.$head)?.nodeAfter
        const fitted = cell && fittedToCell(slice, cell)
        if (!fitted) return false
        view.dispatch(view.state.tr.replaceSelection(fitted).scrollIntoView().setMeta('paste', true))
        return true
      },
    },
    appendTransaction(transactions, before, after) {
      const isOurs = transactions.every(
        (tr) => tr.getMeta(ySyncPluginKey) === undefined && !tr.getMeta('composition'),
      )
      const isStructure = transactions.some((tr) => tr.docChanged && changesStructure(tr, tr.before))
      const repair = isOurs && isStructure && before.doc !== after.doc ? repairOf(after) : null
      // Given the same state twice, it looks at the selection alone.
      return repair ?? selectionOnly(spec, transactions, after)
    },
  })
}

const selectionOnly = (
  spec: Plugin['spec'],
  transactions: readonly Transaction[],
  state: EditorState,
): Transaction | null | undefined =>
  spec.appendTransaction?.call(null as unknown as Plugin, transactions, state, state)

const isDeletion = ({ key }: KeyboardEvent): boolean => key === 'Backspace' || key === 'Delete'

/** In a table with missing cells, a rectangle of cells may name one that is not there. */
function repairNow(view: EditorView): void {
  const repair = view.editable ? repairOf(view.state) : null
  if (repair) view.dispatch(repair)
}

/** True where the table at the selection has a heading row. */
function headerRowOf(state: EditorState): boolean {
  const rect = selectedCells(state)
  return rect !== null && hasHeaderRow(rect)
}
