import type { Editor } from '@tiptap/core'
import { maxColumnWidth, minColumnWidth } from '../../../lib/content/attribute'
import { dispatchAsStep } from '../binding/structural'
import type { BlockPlace } from '../block/block-around'
import { keepWidths, selectedCells, widthsOf } from './table-grid'

/** One press of a key, in CSS pixels. */
const widthStep = 20

/** How wide the columns of a table are drawn, in CSS pixels: what the first row says, and the rest measured. */
export function drawnWidths(editor: Editor, { node, position }: BlockPlace): number[] {
  const box = editor.view.nodeDOM(position)
  const row = box instanceof HTMLElement ? box.querySelector('tr') : null
  const measured = [...(row?.cells ?? [])].flatMap((cell) => {
    const width = cell.offsetWidth / cell.colSpan
    return Array.from({ length: cell.colSpan }, () => width)
  })
  return widthsOf(node).map((width, column) => legalWidth(width ?? measured[column] ?? minColumnWidth))
}

export const legalWidth = (width: number): number =>
  Math.round(Math.min(maxColumnWidth, Math.max(minColumnWidth, width)))

/**
 * Writes how wide the columns are, as one step of undo. All of them, so that they stay as they are seen when one of
 * them changes.
 */
export function setWidths(editor: Editor, { position }: BlockPlace, widths: readonly number[]): void {
  const tr = keepWidths(editor.state.tr, position, widths)
  if (tr.docChanged) dispatchAsStep(editor, tr)
}

/** The selected columns by one step wider or narrower. True: there is a table. */
export function widen(editor: Editor, by: 1 | -1): boolean {
  const rect = selectedCells(editor.state)
  if (!rect) return false
  const place = { node: rect.table, position: rect.tableStart - 1 }
  const widths = drawnWidths(editor, place)
  setWidths(
    editor,
    place,
    widths.map((width, column) =>
      column >= rect.left && column < rect.right ? legalWidth(width + by * widthStep) : width,
    ),
  )
  return true
}

/** The columns are as wide as their text makes them. */
export function fitWidths(editor: Editor): void {
  const rect = selectedCells(editor.state)
  if (!rect) return
  const tr = editor.state.tr
  rect.table.firstChild?.forEach(({ attrs }, offset) => {
    if (attrs.width !== null) tr.setNodeAttribute(rect.tableStart + 1 + offset, 'width', null)
  })
  if (tr.docChanged) dispatchAsStep(editor, tr)
}
