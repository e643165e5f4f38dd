import { Selection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { revealAt } from './container/details-open'

/** Brings a position into sight, with what it is folded away behind opened, and the caret there where there is one. */
export function goToPlace(view: EditorView, position: number): void {
  revealAt(view, position)
  const $at = view.state.doc.resolve(Math.min(position, view.state.doc.content.size))
  if (view.editable) {
    view.dispatch(view.state.tr.setSelection(Selection.near($at)))
    view.focus()
  }
  const { node } = view.domAtPos($at.pos)
  const element = node instanceof Element ? node : node.parentElement
  element?.scrollIntoView({ block: 'center' })
}
