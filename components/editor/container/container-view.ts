import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { NodeView } from '@tiptap/pm/view'
import { drawId } from '../block/block-name'

/** How a block that holds blocks is drawn: a frame, something at its top that is not text, and the blocks. */
export interface ContainerLook {
  readonly dom: HTMLElement
  readonly contentDOM: HTMLElement
  /** Draws what the attributes say. */
  readonly draw: (node: ProseMirrorNode) => void
}

/** The node view of such a block. Nothing in it writes; what is drawn beside the content is not read back. */
export function containerView(first: ProseMirrorNode, { dom, contentDOM, draw }: ContainerLook): NodeView {
  const drawAll = (node: ProseMirrorNode) => {
    drawId(dom, node)
    draw(node)
  }
  drawAll(first)
  return {
    dom,
    contentDOM,
    update(node) {
      if (node.type !== first.type) return false
      drawAll(node)
      return true
    },
    stopEvent: ({ target }) => target instanceof Node && !contentDOM.contains(target) && target !== dom,
    ignoreMutation: (mutation) =>
      mutation.type === 'selection'
        ? false
        : mutation.target !== contentDOM && !contentDOM.contains(mutation.target),
  }
}

/** A button that stands in the text and is none of it; a plain sign for who only reads. */
export function drawnButton(
  className: string,
  canPress: boolean,
  onPress: (button: HTMLElement) => void,
): HTMLElement {
  const element = document.createElement(canPress ? 'button' : 'span')
  element.className = className
  element.contentEditable = 'false'
  if (element instanceof HTMLButtonElement) {
    element.type = 'button'
    // The caret stays where it is, and a phone's keyboard with it.
    element.addEventListener('mousedown', (event) => event.preventDefault())
    element.addEventListener('click', () => onPress(element))
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') element.closest<HTMLElement>('.ProseMirror')?.focus()
    })
  }
  return element
}
