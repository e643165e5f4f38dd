import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { Selection } from '@tiptap/pm/state'
import type { EditorView, NodeView } from '@tiptap/pm/view'
import { containerView, drawnButton } from './container-view'
import { isRemembered, remember, setFold } from './details-open'

/** Blocks behind a first one. The triangle opens and closes them for this reader alone, and writes nothing. */
export function detailsView(
  first: ProseMirrorNode,
  view: EditorView,
  getPos: () => number | undefined,
): NodeView {
  const dom = document.createElement('div')
  dom.className = 'details'
  dom.setAttribute('role', 'group')
  dom.setAttribute('aria-label', 'Details')
  const contentDOM = document.createElement('div')
  contentDOM.className = 'container-body'
  let node = first
  let open = isRemembered(first.attrs.id)
  const draw = () => {
    dom.classList.toggle('is-open', open)
    toggle.setAttribute('aria-expanded', String(open))
  }
  const set = (next: boolean) => {
    if (open === next) return
    open = next
    remember(node.attrs.id, next)
    draw()
  }
  const toggle = drawnButton('details-toggle', true, () => {
    if (open) leaveFold(view, getPos(), node)
    set(!open)
  })
  toggle.setAttribute('aria-label', 'Details')
  dom.append(toggle, contentDOM)
  setFold(dom, { isOpen: () => open, set })
  return containerView(first, {
    dom,
    contentDOM,
    draw: (now) => {
      node = now
      draw()
    },
  })
}

/** A caret does not stay where nobody can see it. */
function leaveFold(view: EditorView, position: number | undefined, node: ProseMirrorNode): void {
  const { firstChild } = node
  if (position === undefined || !firstChild) return
  const { from, to } = view.state.selection
  const end = position + 1 + firstChild.nodeSize
  if (to <= end || from >= position + node.nodeSize) return
  view.dispatch(view.state.tr.setSelection(Selection.near(view.state.doc.resolve(end - 1), -1)))
}
