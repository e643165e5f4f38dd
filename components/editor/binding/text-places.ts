import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import { giveText } from '../../../lib/content/empty-text'

/**
 * Gives each empty block that is made here its text, in the transaction that makes it (why: `empty-text.ts`).
 * The binding offers no place for that, so the one function with which it writes is wrapped.
 */
export const TextPlaces = Extension.create({
  name: 'textPlaces',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('textPlaces'),
      view(view) {
        const binding: ProsemirrorBinding | undefined = ySyncPluginKey.getState(view.state)?.binding
        if (binding) giveTextsWith(binding)
        return {}
      },
    }),
  ],
})

/** Makes the binding give a text to each empty block that it writes. */
export function giveTextsWith(binding: Pick<ProsemirrorBinding, 'doc' | '_prosemirrorChanged'>): void {
  const write = binding._prosemirrorChanged.bind(binding)
  binding._prosemirrorChanged = (doc) => {
    binding.doc.transact((transaction) => {
      write(doc)
      for (const element of madeBy(transaction)) giveText(element)
    }, ySyncPluginKey)
  }
}

/** The elements that this client has made in a transaction so far. */
function madeBy(transaction: Y.Transaction): Y.XmlElement[] {
  const { doc, beforeState } = transaction
  const structs = doc.store.clients.get(doc.clientID) ?? []
  const from = beforeState.get(doc.clientID) ?? 0
  if (Y.getState(doc.store, doc.clientID) === from) return []
  const made: Y.XmlElement[] = []
  for (const struct of structs.slice(Y.findIndexSS(structs, from))) {
    if (!(struct instanceof Y.Item) || struct.deleted || !(struct.content instanceof Y.ContentType)) continue
    if (struct.content.type instanceof Y.XmlElement) made.push(struct.content.type)
  }
  return made
}
