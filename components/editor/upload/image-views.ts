import { Extension } from '@tiptap/core'
import { NodeSelection, Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { fileView } from './file-view'
import { ImageView } from './image-view'

/** How images and files are drawn, for who reads and who writes. */
export const ImageViews = Extension.create<{ canWrite: boolean }>({
  name: 'imageViews',
  addOptions: () => ({ canWrite: false }),
  addProseMirrorPlugins() {
    const { canWrite } = this.options
    const views = new WeakMap<Node, ImageView>()
    const imageView = (view: ImageView) => {
      views.set(view.dom, view)
      return view
    }
    return [
      new Plugin({
        key: new PluginKey('imageViews'),
        props: {
          nodeViews: {
            image: (node, view, getPos) => imageView(new ImageView(node, view, { getPos, canWrite })),
            file: (node) => fileView(node),
          },
          // The Tab key goes on to what belongs to the selected image.
          handleKeyDown(view, event) {
            if (event.key !== 'Tab' || event.shiftKey || !canWrite) return false
            const dom = selectedDom(view)
            const image = dom && views.get(dom)
            if (!image) return false
            image.focusField()
            event.preventDefault()
            return true
          },
        },
      }),
    ]
  },
})

const selectedDom = (view: EditorView): Node | null =>
  view.state.selection instanceof NodeSelection ? view.nodeDOM(view.state.selection.from) : null
