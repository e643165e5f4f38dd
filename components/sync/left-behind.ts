import * as Y from 'yjs'
import { fragmentName } from '../../lib/content/shape'
import { keepText, keptTexts } from './kept-texts'
import { localStoreName, openLocalStore } from './local-store'
import type { KeptText } from './session-ports'
import { Unsaved } from './unsaved'

/**
 * What somebody wrote here, perhaps days ago, in a document that they cannot open any more: their own unsent
 * words are put aside for them, and everything else that this device held of it is deleted.
 *
 * @returns Their words in this document that this device holds, oldest first.
 */
export async function leftBehind(personId: string, documentId: string): Promise<readonly KeptText[]> {
  const name = localStoreName(personId, documentId)
  const unkept: KeptText[] = []
  // Opening a store would make one. Where stores cannot be listed (older Firefox), an empty one is made.
  const known = await indexedDB.databases?.().catch(() => null)
  if (!known || known.some((database) => database.name === name)) {
    const doc = new Y.Doc()
    const store = openLocalStore(name, doc, () => {})
    const memory = await store.loaded
    const words = memory === false ? '' : new Unsaved(doc, memory).words(doc.getXmlFragment(fragmentName))
    const text: KeptText = {
      id: `${doc.clientID}-${Date.now()}`,
      documentId,
      personId,
      title: 'a document',
      atMs: Date.now(),
      why: 'gone',
      words,
    }
    if (words === '' || (await keepText(text))) {
      await store.clear()
    } else {
      // The store has the only copy: a later visit tries again.
      store.close()
      unkept.push(text)
    }
    doc.destroy()
  }
  return [...(await keptTexts(personId, documentId)), ...unkept]
}
