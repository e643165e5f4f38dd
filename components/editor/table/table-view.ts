import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { NodeView } from '@tiptap/pm/view'
import { drawId } from '../block/block-name'
import { widthsOf } from './table-grid'

/** A column of a table in which others have a width, in CSS pixels. */
const usualColumnWidth = 140

/** From this many cells on all columns are equally wide: to fit them to their text, each of them would be measured. */
const measuredCells = 2_000

/**
 * A table in a region of its own, which scrolls where it is wider than the text. The keyboard gets there with the
 * caret where one writes, and as a stop of the Tab key where one reads (WCAG 2.1.1).
 */
export function tableView(first: ProseMirrorNode, canWrite: boolean): NodeView {
  const dom = document.createElement('div')
  dom.className = 'table-box'
  if (canWrite) dom.contentEditable = 'true'
  else {
    dom.tabIndex = 0
    dom.setAttribute('role', 'group')
    dom.setAttribute('aria-label', 'Table')
  }
  const table = document.createElement('table')
  const columns = document.createElement('colgroup')
  const contentDOM = document.createElement('tbody')
  table.append(columns, contentDOM)
  dom.append(table)
  let drawn: ProseMirrorNode | null = null
  const draw = (node: ProseMirrorNode) => {
    drawId(dom, node)
    // The first row says all; while somebody types below it, nothing is looked at.
    if (drawn?.firstChild !== node.firstChild || drawn?.childCount !== node.childCount) {
      const widths = widthsOf(node)
      const isLarge = widths.length * node.childCount > measuredCells
      drawWidths(table, widths.every((width) => width === null) && !isLarge ? null : widths)
    }
    drawn = node
  }
  draw(first)
  return {
    dom,
    contentDOM,
    update(node) {
      if (node.type !== first.type) return false
      draw(node)
      return true
    },
    // Its own parts are drawn by us and by whoever drags the edge of a column; they are no text.
    ignoreMutation: (change) => change.type !== 'selection' && !contentDOM.contains(change.target),
  }
}

/** Draws how wide the columns of a table are. @param widths null: as wide as their text makes them. */
export function drawWidths(table: HTMLTableElement, widths: readonly (number | null)[] | null): void {
  const columns = table.querySelector('colgroup')
  if (!columns) return
  table.classList.toggle('has-widths', widths !== null)
  table.style.width =
    widths === null ? '' : `${widths.reduce<number>((sum, width) => sum + (width ?? usualColumnWidth), 0)}px`
  const wanted = widths ?? []
  while (columns.children.length > wanted.length) columns.lastElementChild?.remove()
  for (const [index, width] of wanted.entries()) {
    const column = columns.children[index] ?? columns.appendChild(document.createElement('col'))
    if (column instanceof HTMLElement) column.style.width = `${width ?? usualColumnWidth}px`
  }
}
