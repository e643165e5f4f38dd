import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { EditorView } from '@tiptap/pm/view'
import { blockHolders } from './block-range'

/** Where a block would be put down: a position between two blocks, and where to draw that, in the window. */
export interface Drop {
  readonly position: number
  readonly left: number
  readonly width: number
  readonly y: number
}

/** The element that draws the block before which `position` is; null: it is drawn by none. */
const drawnAt = (view: EditorView, position: number): HTMLElement | null => {
  const dom = view.nodeDOM(position)
  return dom instanceof HTMLElement ? dom : null
}

/** The top-level block that is drawn at a height of the window, with its element; null: none is. */
export function blockAtHeight(view: EditorView, y: number): { position: number; dom: HTMLElement } | null {
  const { left } = view.dom.getBoundingClientRect()
  let dom: Element | null | undefined = document
    .elementsFromPoint(left + 4, y)
    .find((one) => view.dom.contains(one))
  while (dom && dom.parentElement !== view.dom) dom = dom.parentElement
  if (!(dom instanceof HTMLElement)) return null
  const position = positionOf(view, dom)
  return position === null ? null : { position, dom }
}

/** Before the top-level block that an element draws; null: the element draws none, as the buttons at a heading. */
export function positionOf(view: EditorView, dom: HTMLElement): number | null {
  if (dom.classList.contains('ProseMirror-widget')) return null
  const inner = view.posAtDOM(dom, 0)
  const $inner = view.state.doc.resolve(Math.min(Math.max(inner, 0), view.state.doc.content.size))
  const position = $inner.depth > 0 ? $inner.before(1) : $inner.pos
  return view.nodeDOM(position) === dom ? position : null
}

/** Where the dragged blocks would stand if they were put down at this height; null: nowhere there. */
export function dropAt(view: EditorView, y: number, x: number, dragged: ProseMirrorNode): Drop | null {
  const found = blockAtHeight(view, y)
  return found && dropBeside(view, found.position, { x, y }, dragged)
}

function dropBeside(
  view: EditorView,
  position: number,
  at: { x: number; y: number },
  dragged: ProseMirrorNode,
): Drop | null {
  const { doc } = view.state
  const node = doc.nodeAt(position)
  const dom = drawnAt(view, position)
  if (!node || !dom) return null
  const box = dom.getBoundingClientRect()
  if (blockHolders.includes(node.type.name) && at.x > box.left + 16) {
    const within = dropWithin(view, position, at, dragged)
    if (within) return within
  }
  const isBefore = at.y < box.top + box.height / 2
  const target = isBefore ? position : position + node.nodeSize
  const $target = doc.resolve(target)
  if (!$target.parent.canReplaceWith($target.index(), $target.index(), dragged.type)) return null
  return { position: target, left: box.left, width: box.width, y: isBefore ? box.top : box.bottom }
}

function dropWithin(
  view: EditorView,
  position: number,
  at: { x: number; y: number },
  dragged: ProseMirrorNode,
): Drop | null {
  let inner = position + 1
  for (const child of view.state.doc.nodeAt(position)?.children ?? []) {
    const box = drawnAt(view, inner)?.getBoundingClientRect()
    if (box && at.y >= box.top && at.y <= box.bottom) return dropBeside(view, inner, at, dragged)
    inner += child.nodeSize
  }
  return null
}
