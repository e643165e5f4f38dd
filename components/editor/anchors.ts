import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'

/** The rectangle of the selected words; null while nothing is selected. */
export function selectionRect(editor: Editor): DOMRect | null {
  const { from, to, empty } = editor.state.selection
  return empty ? null : rectBetween(editor, from, to)
}

/** The rectangle of the link that the caret is in; null: it is in none. */
export function linkRect(editor: Editor): DOMRect | null {
  const range = linkRange(editor)
  return range && rectBetween(editor, range.from, range.to)
}

/** The link around the caret, from its first to its last letter. */
export function linkRange(editor: Editor): { from: number; to: number; href: string } | null {
  const { $from, empty } = editor.state.selection
  const type = editor.schema.marks.link
  if (!empty || !type) return null
  const mark = type.isInSet($from.marks())
  if (!mark) return null
  const start = $from.start()
  let from = $from.pos
  let to = $from.pos
  $from.parent.forEach((node, offset) => {
    const here = start + offset
    const touches = here <= $from.pos && here + node.nodeSize >= $from.pos
    if (touches && mark.isInSet(node.marks)) {
      from = Math.min(from, here)
      to = Math.max(to, here + node.nodeSize)
    }
  })
  return { from, to, href: typeof mark.attrs.href === 'string' ? mark.attrs.href : '' }
}

/** The empty top-level paragraph that the caret is in: where something can be put. Null: it is in none. */
export function emptyParagraph(editor: Editor): HTMLElement | null {
  const { selection } = editor.state
  const { $head } = selection
  const here = $head.parent
  if (!(selection instanceof TextSelection) || !selection.empty || $head.depth !== 1) return null
  if (here.type.name !== 'paragraph' || here.content.size > 0) return null
  const dom = editor.view.nodeDOM($head.before())
  return dom instanceof HTMLElement ? dom : null
}

/** The first line of an element, so that what stands beside it does not hang at its middle. */
export function firstLine(element: HTMLElement): DOMRect {
  const { left, top, width } = element.getBoundingClientRect()
  const line = Number.parseFloat(getComputedStyle(element).lineHeight)
  return new DOMRect(left, top, width, Number.isFinite(line) ? line : 24)
}

function rectBetween(editor: Editor, from: number, to: number): DOMRect {
  const start = editor.view.coordsAtPos(from)
  const end = editor.view.coordsAtPos(to, -1)
  const left = Math.min(start.left, end.left)
  const right = start.top === end.top ? Math.max(start.right, end.right) : Math.max(start.left, end.right)
  return new DOMRect(left, start.top, Math.max(0, right - left), end.bottom - start.top)
}
