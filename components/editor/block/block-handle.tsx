import type { Editor } from '@tiptap/core'
import { GripVertical } from 'lucide-react'
import { type PointerEvent, useCallback, useRef, useState } from 'react'
import { keepFocus } from '../action-button'
import { emptyParagraph, firstLine } from '../anchors'
import { followPointer } from '../pointer-drag'
import { useHovered } from '../use-hovered'
import { runOnBlocks } from './block-commands'
import { blockAtHeight, type Drop, dropAt, positionOf } from './block-drop'
import { blockFrom, movedBlocks, selectBlock } from './block-range'

/** How near the upper or lower edge of the window a dragged block scrolls the page, in CSS pixels. */
const scrollReach = 70
/** By so much with each move of the pointer there, in CSS pixels. */
const scrollStep = 18

export interface BlockHandleProps {
  readonly editor: Editor
  /** The block's menu is open. */
  readonly isOpen: boolean
  /** The menu is asked for; the caret is in the block. */
  readonly onMenu: (handle: HTMLElement) => void
}

/** The handle beside the block under the mouse: it is dragged by it, and a click opens its menu. */
export function BlockHandle({ editor, isOpen, onMenu }: BlockHandleProps) {
  const [dragging, setDragging] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const line = useRef<HTMLDivElement>(null)
  const find = useCallback(
    (target: Element, _x: number, y: number): HTMLElement | null | undefined => {
      if (editor.isDestroyed || box.current?.contains(target)) return undefined
      const { view } = editor
      const frame = view.dom.closest('[data-writing]')
      // In the margin beside the text, too, and nowhere over other things.
      if (!view.dom.contains(target) && !target.contains(frame)) return undefined
      const found = blockAtHeight(view, y)
      // Between two blocks the last one keeps it: the way to the handle leads there.
      return found ? found.dom : undefined
    },
    [editor],
  )
  const block = useHovered(editor, isOpen || dragging, find)
  const frame = editor.isDestroyed ? null : editor.view.dom.closest('[data-sheet]')?.getBoundingClientRect()
  // Beside an empty line at the caret there is the button that puts something in.
  if (!block?.isConnected || !frame || emptyParagraph(editor) === block) return null
  const at = placeOf(block)

  const press = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return
    event.preventDefault()
    const handle = event.currentTarget
    const { view } = editor
    const rangeNow = () => {
      const position = block.isConnected ? positionOf(view, block) : null
      return position === null ? null : blockFrom(editor.state, position)
    }
    let drop: Drop | null = null
    const stop = () => {
      setDragging(false)
      if (line.current) line.current.hidden = true
    }
    followPointer(event, {
      onMove(x, y) {
        setDragging(true)
        scrollNear(y)
        const node = rangeNow()?.nodes[0]
        drop = node ? dropAt(view, y, x, node) : null
        drawLine(line.current, drop)
      },
      onEnd(moved) {
        stop()
        const range = rangeNow()
        if (!range) return
        if (moved) {
          if (drop) runOnBlocks(editor, movedBlocks(editor.state, range, drop.position))
          return
        }
        const select = selectBlock(editor.state, range)
        view.focus()
        if (select) view.dispatch(select)
        onMenu(handle)
      },
      onCancel: stop,
    })
  }
  return (
    <div ref={box} className="print:hidden">
      <button
        type="button"
        tabIndex={-1}
        aria-label="This block"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerDown={press}
        onMouseDown={keepFocus}
        className="absolute z-10 grid h-6 w-5 cursor-grab place-items-center rounded-[5px] text-ink-4 hover:bg-sunk hover:text-ink aria-expanded:bg-accent-soft aria-expanded:text-accent"
        style={{ left: at.left - frame.left - 24, top: at.y - frame.top - 12 }}
      >
        <GripVertical size={15} aria-hidden="true" />
      </button>
      <div
        ref={line}
        aria-hidden="true"
        hidden
        className="pointer-events-none absolute z-10 h-0.5 bg-accent"
      />
    </div>
  )
}

/** Left of the middle of a block's first line; of a table above it, where its rows have no handles. */
function placeOf(block: HTMLElement): { left: number; y: number } {
  if (block.classList.contains('table-box')) {
    const { left, top } = block.getBoundingClientRect()
    return { left, y: top + 8 }
  }
  const first = block.querySelector('p, li, pre, tr, h1, h2, h3, h4, h5, h6')
  const inner = first instanceof HTMLElement && !/^(P|H\d)$/.test(block.tagName) ? first : block
  const { top, height } = firstLine(inner)
  const { paddingTop } = getComputedStyle(inner)
  const { left } = block.getBoundingClientRect()
  return { left, y: top + Number.parseFloat(paddingTop) + height / 2 }
}

function drawLine(line: HTMLElement | null, drop: Drop | null): void {
  const frame = line?.closest('[data-sheet]')?.getBoundingClientRect()
  if (!line || !frame) return
  line.hidden = drop === null
  if (!drop) return
  line.style.left = `${drop.left - frame.left}px`
  line.style.top = `${drop.y - frame.top - 1}px`
  line.style.width = `${drop.width}px`
}

function scrollNear(y: number): void {
  if (y < scrollReach) window.scrollBy(0, -scrollStep)
  else if (y > window.innerHeight - scrollReach) window.scrollBy(0, scrollStep)
}
