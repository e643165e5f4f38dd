import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { elementAround } from '../block/block-around'
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
            const details = elementAround(view, 'details')
            details?.querySelector<HTMLElement>('.details-toggle')?.click()
            return details !== null
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
