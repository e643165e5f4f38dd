import { Extension } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { NodeView } from '@tiptap/pm/view'

/**
 * Draws code blocks as their schema does, and lets the keyboard into them: a long line scrolls, and a region
 * that scrolls must be reachable (WCAG 2.1.1). Where one writes, the caret gets there; saying so on the element
 * itself changes nothing about it. Where one reads, it is a stop of the Tab key.
 */
export const CodeView = Extension.create({
  name: 'codeView',
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        key: new PluginKey('codeView'),
        props: { nodeViews: { codeBlock: (node) => codeView(node, editor.options.editable) } },
      }),
    ]
  },
})

function codeView(first: ProseMirrorNode, canWrite: boolean): NodeView {
  const dom = document.createElement('pre')
  const contentDOM = document.createElement('code')
  dom.append(contentDOM)
  if (canWrite) dom.contentEditable = 'true'
  else dom.tabIndex = 0
  const draw = ({ attrs }: ProseMirrorNode) => {
    const { id, language } = attrs as { id: unknown; language: unknown }
    if (typeof id === 'string') dom.dataset.id = id
    else delete dom.dataset.id
    if (typeof language === 'string') contentDOM.className = `language-${language.split(/\s/, 1)[0]}`
    else contentDOM.removeAttribute('class')
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
  }
}
