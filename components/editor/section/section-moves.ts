import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { planMoves } from './move-section'
import { undoMoves } from './move-steps'
import { sectionsOf } from './sections'

/** Undo and redo of moved sections. */
export const SectionMoves = Extension.create({
  name: 'sectionMoves',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('sectionMoves'),
      view(view) {
        const state = () => view.state
        undoMoves(
          state,
          planMoves(state, () => sectionsOf(view.state)),
        )
        return {}
      },
    }),
  ],
})
