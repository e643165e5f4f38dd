import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { calloutView } from './callout-view'
import { decisionView } from './decision-view'
import { revealAt } from './details-open'
import { detailsView } from './details-view'

/** Draws callouts, decisions and details. */
export const Containers = Extension.create<{ canWrite: boolean }>({
  name: 'containers',
  addOptions: () => ({ canWrite: false }),
  addProseMirrorPlugins() {
    const { canWrite } = this.options
    return [
      new Plugin({
        key: new PluginKey('containers'),
        props: {
          nodeViews: {
            callout: (node, _, getPos) => calloutView(node, getPos, canWrite),
            decision: (node, _, getPos) => decisionView(node, getPos, canWrite),
            details: (node, view, getPos) => detailsView(node, view, getPos),
          },
          handleKeyDown(view, event) {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return false
            const { $head } = view.state.selection
            for (let depth = $head.depth; depth > 0; depth -= 1) {
              if ($head.node(depth).type.name !== 'details') continue
              const dom = view.nodeDOM($head.before(depth))
              if (dom instanceof HTMLElement) dom.querySelector<HTMLElement>('.details-toggle')?.click()
              return true
            }
            return false
          },
        },
        view: () => ({
          update(view, before) {
            // Wherever the caret goes (by keys, a search, a link), it can be seen.
            if (!view.state.selection.eq(before.selection)) revealAt(view, view.state.selection.head)
          },
        }),
      }),
    ]
  },
})
