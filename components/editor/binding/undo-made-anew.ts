import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { idOfElement } from '../../../lib/content/copy-block'

/**
 * Undo of what made a block anew (it was moved, or became one of another kind) brings the old block back and takes the
 * new one away. y-tiptap spares a paragraph in which somebody else has written by then: with the old one back, their
 * words alone would stand beside it, in a paragraph without an id. Here the new one goes whole, and what others wrote
 * in it is carried into the old one (sync/carried-words.ts) in the same event. Wherever nothing came back in its place
 * it is spared as before.
 */
export const UndoMadeAnew = Extension.create({
  name: 'undoMadeAnew',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('undoMadeAnew'),
      view(view) {
        const steps: Y.UndoManager | undefined = yUndoPluginKey.getState(view.state)?.undoManager
        if (steps) takeAwayWhole(steps)
        return {}
      },
    }),
  ],
})

/** From now on this undo manager takes away whole what it has brought another one back for. */
function takeAwayWhole(steps: Y.UndoManager): void {
  const { deleteFilter } = steps
  let known = { transaction: null as Y.Transaction | null, clock: 0, ids: new Set<string>() }
  /** Ids of the blocks that this undo has brought back: it does so before it takes anything away. */
  const broughtBack = (transaction: Y.Transaction): ReadonlySet<string> => {
    const { doc } = steps
    const clock = Y.getState(doc.store, doc.clientID)
    if (known.transaction === transaction && known.clock === clock) return known.ids
    known = { transaction, clock, ids: blocksSince(transaction, doc) }
    return known.ids
  }
  steps.deleteFilter = (item) => {
    if (deleteFilter(item)) return true
    const type = item.content instanceof Y.ContentType ? item.content.type : null
    const transaction = steps.doc._transaction
    if (!(type instanceof Y.XmlElement) || !transaction) return false
    // Its id was written with it, and so was taken away before it.
    const id = idOfElement(type, ({ left }) => left === null)
    return id !== null && broughtBack(transaction).has(id)
  }
}

function blocksSince({ beforeState }: Y.Transaction, { store, clientID }: Y.Doc): Set<string> {
  const from = beforeState.get(clientID) ?? 0
  const structs = store.clients.get(clientID)
  const ids = new Set<string>()
  if (!structs || from >= Y.getState(store, clientID)) return ids
  for (let at = Y.findIndexSS(structs, from); at < structs.length; at += 1) {
    const struct = structs[at]
    const type =
      struct instanceof Y.Item && struct.content instanceof Y.ContentType ? struct.content.type : null
    const id = type instanceof Y.XmlElement ? idOfElement(type) : null
    if (id !== null) ids.add(id)
  }
  return ids
}
