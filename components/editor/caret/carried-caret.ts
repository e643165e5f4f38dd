import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { type ProsemirrorBinding, ySyncPluginKey, yUndoPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { positionOf } from '../../../lib/content/anchor/anchor-position'
import { type CarriedPlaces, carriedPlaces, carriedWords } from '../../sync/origins'
import { placeOfState } from '../binding/state-place'
import { followInSteps } from '../section/carried-steps'
import { relativePosition } from './own-caret'

/**
 * Where somebody types in a block that another person moves at that moment, their words are carried into the new one
 * (sync/carried-words.ts), and the caret goes with its letter: what is typed on stands behind what was typed before.
 */
export const CarriedCaret = Extension.create({
  name: 'carriedCaret',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('carriedCaret'),
      view(view) {
        const binding: ProsemirrorBinding | undefined = ySyncPluginKey.getState(view.state)?.binding
        const steps: Y.UndoManager | undefined = yUndoPluginKey.getState(view.state)?.undoManager
        steps?.trackedOrigins.add(carriedWords)
        return binding ? { destroy: followCarried(view, binding, steps) } : {}
      },
    }),
  ],
})

/** @returns what stops it. */
function followCarried(
  view: EditorView,
  binding: ProsemirrorBinding,
  steps: Y.UndoManager | undefined,
): () => void {
  const { doc } = binding
  /** As it was before the last change of others: the letter at which it stood. */
  let caret: Y.RelativePosition | null = null
  const before = (transaction: Y.Transaction) => {
    const { origin } = transaction
    // Without an origin Yjs tidies up behind a change that may not be drawn yet: nobody's caret is told by that.
    if (origin === carriedWords || origin === ySyncPluginKey || origin === null) return
    const { empty, head } = view.state.selection
    caret = empty ? relativePosition(view.state, head, binding) : null
  }
  const after = (transaction: Y.Transaction) => {
    const places = (transaction.meta.get(carriedPlaces) ?? []) as CarriedPlaces
    if (steps && places.length > 0) followInSteps(steps, places)
    if (transaction.origin !== carriedWords || !caret?.item) return
    const { item, assoc } = caret
    caret = null
    const run = places.find(
      ({ client, clock, length }) =>
        item.client === client && item.clock >= clock && item.clock < clock + length,
    )
    const place = placeOfState(view.state)
    if (!run || !place) return
    const index = run.index + item.clock - run.clock + (assoc < 0 ? 1 : 0)
    const position = positionOf(place, Y.createRelativePositionFromTypeIndex(run.text, index, -1))
    if (position === null) return
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, position)))
  }
  doc.on('beforeTransaction', before)
  doc.on('afterTransaction', after)
  return () => {
    doc.off('beforeTransaction', before)
    doc.off('afterTransaction', after)
  }
}
