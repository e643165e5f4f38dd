import { Extension } from '@tiptap/core'
import { NodeSelection, Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { blockAround } from '../block/block-around'
import { footnoteMarks } from './footnote-marks'
import { backToReference, footnoteReferenceView, footnoteView } from './footnote-view'

/** Draws footnotes and their references; Enter on a reference shows its text, Escape in a footnote leads back. */
export const Footnotes = Extension.create({
  name: 'footnotes',
  addProseMirrorPlugins: () => [
    footnoteMarks(),
    new Plugin({
      key: new PluginKey('footnotes'),
      props: {
        nodeViews: {
          footnote: (node, view, _, decorations) => footnoteView(node, view, decorations),
          footnoteReference: (node, _, __, decorations) => footnoteReferenceView(node, decorations),
        },
        handleKeyDown(view, event) {
          if (event.isComposing || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)
            return false
          if (event.key === 'Enter') return showSelected(view)
          return event.key === 'Escape' && leave(view)
        },
      },
    }),
  ],
})

function showSelected(view: EditorView): boolean {
  const { selection } = view.state
  if (!(selection instanceof NodeSelection) || selection.node.type.name !== 'footnoteReference') return false
  const dom = view.nodeDOM(selection.from)
  if (dom instanceof HTMLElement) dom.querySelector('button')?.click()
  return true
}

function leave(view: EditorView): boolean {
  const footnote = blockAround(view.state.selection.$head, 'footnote')
  if (footnote) backToReference(view, String(footnote.node.attrs.label))
  return footnote !== null
}
