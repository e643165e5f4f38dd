import type { Editor } from '@tiptap/core'
import { CellSelection, TableMap } from '@tiptap/pm/tables'
import { GripHorizontal, GripVertical } from 'lucide-react'
import { type PointerEvent, useCallback, useRef, useState } from 'react'
import { keepFocus } from '../action-button'
import type { BlockPlace } from '../block/block-around'
import { EditorMenu } from '../editor-menu'
import { followPointer } from '../pointer-drag'
import { useHovered } from '../use-hovered'
import { changeTable, moveColumns, moveRows } from './table-commands'
import { tableAround } from './table-grid'
import { TableItems } from './table-menu'
import { drawWidths } from './table-view'
import { drawnWidths, legalWidth, setWidths } from './table-widths'

type Axis = 'row' | 'column'

/** How near the pointer is to the edge of a column that it takes, in CSS pixels. */
const edgeReach = 5

/** How far outside a table its handles can still be reached, in CSS pixels. */
const handleReach = 30

/** The handles of the row and the column under the mouse, and the edge by which a column is made wider. */
export function TableHandles({ editor }: { readonly editor: Editor }) {
  const [menu, setMenu] = useState<Axis | null>(null)
  const [dragging, setDragging] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const find = useCallback(
    (target: Element, x: number, y: number): HTMLTableCellElement | null | undefined => {
      if (box.current?.contains(target)) return undefined
      const cell = target.closest('td, th')
      if (cell instanceof HTMLTableCellElement && editor.view.dom.contains(cell)) return cell
      const near = nearTable(box.current, x, y)
      return near ? undefined : null
    },
    [editor],
  )
  const cell = useHovered(editor, menu !== null || dragging, find)
  const line = useRef<HTMLDivElement>(null)
  const rowHandle = useRef<HTMLButtonElement>(null)
  const columnHandle = useRef<HTMLButtonElement>(null)

  const drawn = cell?.isConnected ? placesOf(cell, editor) : null
  if (!cell || !drawn) return null

  const press = (axis: Axis) => (event: PointerEvent) => {
    if (event.button !== 0) return
    event.preventDefault()
    const place = placeOfCell(editor, cell)
    if (!place) return
    let target: number | null = null
    followPointer(event, {
      onMove(x, y) {
        setDragging(true)
        target = drawDrop(line.current, cell, axis, axis === 'row' ? y : x)
      },
      onEnd(moved) {
        setDragging(false)
        hide(line.current)
        if (!selectLine(editor, cell, axis)) return
        const to = target
        if (!moved) setMenu(axis)
        else if (to !== null) changeTable(editor, axis === 'row' ? moveRows(() => to) : moveColumns(() => to))
      },
      onCancel() {
        setDragging(false)
        hide(line.current)
      },
    })
  }
  const pressEdge = (column: number) => (event: PointerEvent) => {
    const place = placeOfCell(editor, cell)
    const table = cell.closest('table')
    if (event.button !== 0 || !place || !table) return
    event.preventDefault()
    const before = drawnWidths(editor, place)
    const start = event.clientX
    let widths = before
    followPointer(event, {
      onMove(x) {
        setDragging(true)
        widths = before.map((width, index) => (index === column ? legalWidth(width + x - start) : width))
        drawWidths(table, widths)
      },
      onEnd(moved) {
        setDragging(false)
        const now = placeOfCell(editor, cell)
        // Somebody else has changed its columns meanwhile: theirs are other ones.
        const isSame = now !== null && TableMap.get(now.node).width === widths.length
        if (moved && isSame) setWidths(editor, now, widths)
        else drawWidths(table, before)
      },
      onCancel() {
        setDragging(false)
        drawWidths(table, before)
      },
    })
  }
  const handle =
    'absolute z-10 grid place-items-center rounded-[5px] border border-line bg-raised text-ink-3 hover:bg-sunk hover:text-ink aria-expanded:bg-accent-soft aria-expanded:text-accent'
  return (
    <div ref={box} data-table-handles className="print:hidden">
      <button
        ref={columnHandle}
        type="button"
        tabIndex={-1}
        aria-label="This column"
        aria-haspopup="menu"
        aria-expanded={menu === 'column'}
        onPointerDown={press('column')}
        onMouseDown={keepFocus}
        className={`${handle} h-4 w-7 cursor-grab`}
        style={{ left: drawn.column.x - 14, top: drawn.top - 17 }}
      >
        <GripHorizontal size={13} aria-hidden="true" />
      </button>
      <button
        ref={rowHandle}
        type="button"
        tabIndex={-1}
        aria-label="This row"
        aria-haspopup="menu"
        aria-expanded={menu === 'row'}
        onPointerDown={press('row')}
        onMouseDown={keepFocus}
        className={`${handle} h-7 w-4 cursor-grab`}
        style={{ left: drawn.left - 18, top: drawn.row.y - 14 }}
      >
        <GripVertical size={13} aria-hidden="true" />
      </button>
      {drawn.edges.map(({ x, column }) => (
        <div
          key={column}
          aria-hidden="true"
          onPointerDown={pressEdge(column)}
          className="absolute z-10 cursor-col-resize after:absolute after:inset-y-0 after:left-1/2 after:w-0.5 after:-translate-x-1/2 after:bg-accent after:opacity-0 hover:after:opacity-100 active:after:opacity-100"
          style={{ left: x - edgeReach, top: drawn.top, width: 2 * edgeReach, height: drawn.height }}
        />
      ))}
      <div ref={line} aria-hidden="true" hidden className="pointer-events-none absolute z-10 bg-accent" />
      <EditorMenu
        editor={editor}
        anchor={menu === 'row' ? rowHandle.current : columnHandle.current}
        open={menu !== null}
        onOpenChange={(open) => {
          if (!open) setMenu(null)
        }}
      >
        {menu && <TableItems editor={editor} groups={[menu, 'cells']} />}
      </EditorMenu>
    </div>
  )
}

/** Where the handles of a cell stand, in coordinates of the sheet. */
function placesOf(cell: HTMLTableCellElement, editor: Editor) {
  const table = cell.closest('table')?.getBoundingClientRect()
  const region = cell.closest('.table-box')?.getBoundingClientRect()
  const frame = editor.view.dom.closest('[data-sheet]')?.getBoundingClientRect()
  if (!table || !region || !frame) return null
  const at = cell.getBoundingClientRect()
  const column = columnOf(editor, cell)
  const isSeen = (x: number) => x > region.left - 1 && x <= region.right + 1
  const edges = [
    { x: at.right, column: column + cell.colSpan - 1 },
    ...(column > 0 ? [{ x: at.left, column: column - 1 }] : []),
  ].filter(({ x }) => isSeen(x))
  const middle = Math.min(Math.max(at.left + at.width / 2, region.left + 14), region.right - 14)
  return {
    left: region.left - frame.left,
    top: table.top - frame.top,
    height: table.height,
    column: { x: middle - frame.left },
    row: { y: at.top + Math.min(at.height / 2, 20) - frame.top },
    edges: edges.map(({ x, column: index }) => ({ x: x - frame.left, column: index })),
  }
}

function nearTable(handles: HTMLElement | null, x: number, y: number): boolean {
  const rects = [...(handles?.children ?? [])].map((child) => child.getBoundingClientRect())
  return rects.some(
    ({ left, right, top, bottom, width }) =>
      width > 0 &&
      x >= left - handleReach &&
      x <= right + handleReach &&
      y >= top - handleReach &&
      y <= bottom + handleReach,
  )
}

/** Before the cell that an element draws. */
const positionOf = (editor: Editor, cell: HTMLTableCellElement): number => editor.view.posAtDOM(cell, 0) - 1

function placeOfCell(editor: Editor, cell: HTMLTableCellElement): BlockPlace | null {
  return cell.isConnected ? tableAround(editor.state.doc.resolve(positionOf(editor, cell))) : null
}

function columnOf(editor: Editor, cell: HTMLTableCellElement): number {
  const position = positionOf(editor, cell)
  const place = tableAround(editor.state.doc.resolve(position))
  return place ? TableMap.get(place.node).colCount(position - place.position - 1) : 0
}

/** Selects the whole row or column of a cell. False: it is gone. */
function selectLine(editor: Editor, cell: HTMLTableCellElement, axis: Axis): boolean {
  if (!cell.isConnected) return false
  const { doc, tr } = editor.state
  const $cell = doc.resolve(positionOf(editor, cell))
  editor.view.dispatch(
    tr.setSelection(axis === 'row' ? CellSelection.rowSelection($cell) : CellSelection.colSelection($cell)),
  )
  return true
}

/** Draws where a row or column would stand. @returns before which one, counted from 0. */
function drawDrop(
  line: HTMLElement | null,
  cell: HTMLTableCellElement,
  axis: Axis,
  at: number,
): number | null {
  const table = cell.closest('table')
  const frame = line?.closest('[data-sheet]')?.getBoundingClientRect()
  const parts = axis === 'row' ? [...(table?.rows ?? [])] : [...(table?.rows[0]?.cells ?? [])]
  if (!line || !table || !frame || parts.length === 0) return null
  const starts = parts.map((part) => {
    const { left, top, width, height } = part.getBoundingClientRect()
    return axis === 'row'
      ? { start: top, middle: top + height / 2, end: top + height }
      : { start: left, middle: left + width / 2, end: left + width }
  })
  const before = starts.findIndex(({ middle }) => at < middle)
  const edge = before === -1 ? (starts.at(-1)?.end ?? 0) : (starts[before]?.start ?? 0)
  const whole = table.getBoundingClientRect()
  line.hidden = false
  const { style } = line
  style.left = `${(axis === 'row' ? whole.left : edge - 1) - frame.left}px`
  style.top = `${(axis === 'row' ? edge - 1 : whole.top) - frame.top}px`
  style.width = axis === 'row' ? `${whole.width}px` : '2px'
  style.height = axis === 'row' ? '2px' : `${whole.height}px`
  if (axis === 'row') return before === -1 ? starts.length : before
  const cells = parts as HTMLTableCellElement[]
  const spans = cells.slice(0, before === -1 ? cells.length : before)
  return spans.reduce((sum, { colSpan }) => sum + colSpan, 0)
}

function hide(line: HTMLElement | null): void {
  if (line) line.hidden = true
}
