import type { EditorView } from '@tiptap/pm/view'
import type { Place } from './upload-place'
import { positionOf } from './upload-place'

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false

/** @returns ends it. */
export function guardFiles(): () => void {
  const refuse = (event: DragEvent) => {
    if (event.defaultPrevented || !carriesFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'none'
  }
  window.addEventListener('dragover', refuse)
  window.addEventListener('drop', refuse)
  return () => {
    window.removeEventListener('dragover', refuse)
    window.removeEventListener('drop', refuse)
  }
}

/**
 * Files that are held over the text show between which blocks they would stand, and stand there when they are let go.
 * Caught before the editor sees them: it would show a place within a line.
 *
 * @returns ends it.
 */
export function receiveDrops(
  view: EditorView,
  onFiles: (files: readonly File[], place: Place) => void,
): () => void {
  const line = document.createElement('div')
  line.className = 'upload-drop-line'
  const over = (event: DragEvent) => {
    // A block that is dragged here from another place of the text may have a picture of itself with it.
    if (!carriesFiles(event) || view.dragging) return
    event.preventDefault()
    event.stopPropagation()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
    const position = positionAtPoint(view, event)
    if (position === null) return line.remove()
    drawLine(view, line, position)
  }
  const leave = (event: DragEvent) => {
    if (!(event.relatedTarget instanceof Node && view.dom.contains(event.relatedTarget))) line.remove()
  }
  const drop = (event: DragEvent) => {
    line.remove()
    if (!carriesFiles(event) || view.dragging) return
    event.preventDefault()
    event.stopPropagation()
    const files = [...(event.dataTransfer?.files ?? [])]
    const position = positionAtPoint(view, event)
    if (files.length > 0 && position !== null) onFiles(files, { kind: 'at', position })
  }
  const capture = { capture: true }
  view.dom.addEventListener('dragover', over, capture)
  view.dom.addEventListener('dragleave', leave, capture)
  view.dom.addEventListener('drop', drop, capture)
  return () => {
    line.remove()
    view.dom.removeEventListener('dragover', over, capture)
    view.dom.removeEventListener('dragleave', leave, capture)
    view.dom.removeEventListener('drop', drop, capture)
  }
}

/** Between which blocks a point lies: above the middle of a block is before it. */
function positionAtPoint(view: EditorView, { clientX, clientY }: MouseEvent): number | null {
  const { doc, schema } = view.state
  const type = schema.nodes.image
  const found = view.posAtCoords({ left: clientX, top: clientY })
  if (!type || !found) return null
  const $at = doc.resolve(found.pos)
  const leaf = found.inside >= 0 ? doc.nodeAt(found.inside) : null
  const atoms = leaf?.isBlock && leaf.isAtom ? [found.inside] : []
  const around = Array.from({ length: $at.depth }, (_, up) => $at.before($at.depth - up))
  for (const before of [...atoms, ...around]) {
    const $before = doc.resolve(before)
    const rect = rectOf(view, before)
    const node = $before.nodeAfter
    if (!rect || !node) continue
    const isAbove = clientY < (rect.top + rect.bottom) / 2
    const index = $before.index() + (isAbove ? 0 : 1)
    if ($before.parent.canReplaceWith(index, index, type)) return isAbove ? before : before + node.nodeSize
  }
  return positionOf(doc, { kind: 'at', position: $at.depth === 0 ? $at.pos : doc.content.size }, type)
}

function drawLine(view: EditorView, line: HTMLElement, position: number): void {
  const $at = view.state.doc.resolve(position)
  const above = $at.nodeBefore && rectOf(view, position - $at.nodeBefore.nodeSize)
  const below = $at.nodeAfter && rectOf(view, position)
  const beside = above ?? below
  if (!beside) return
  const top = above && below ? (above.bottom + below.top) / 2 : above ? above.bottom : (below?.top ?? 0)
  line.style.cssText = `left:${beside.left}px;top:${top - 1}px;width:${beside.width}px`
  if (!line.isConnected) document.body.append(line)
}

function rectOf(view: EditorView, before: number): DOMRect | null {
  const dom = view.nodeDOM(before)
  return dom instanceof HTMLElement ? dom.getBoundingClientRect() : null
}
