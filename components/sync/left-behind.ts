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
  // Opening a store would make one. Where stores cannot be listed (older Firefox), an empty one is made.
  const known = await indexedDB.databases?.().catch(() => null)
  const name = localStoreName(personId, documentId)
  const unkept =
    !known || known.some((database) => database.name === name) ? await empty(personId, documentId) : []
  return [...(await keptTexts(personId, documentId)), ...unkept]
}

/** @returns Words that could be kept nowhere else: the store stays for them, and a later visit tries again. */
async function empty(personId: string, documentId: string): Promise<readonly KeptText[]> {
  const doc = new Y.Doc()
  const store = openLocalStore(localStoreName(personId, documentId), doc, () => {})
  try {
    const memory = await store.loaded
    // A store that was not read may hold words all the same.
    if (memory === false) {
      store.close()
      return []
    }
    const atMs = Date.now()
    const text: KeptText = {
      id: `${doc.clientID}-${atMs}`,
      documentId,
      personId,
      title: 'a document',
      atMs,
      why: 'gone',
      words: new Unsaved(doc, memory).words(doc.getXmlFragment(fragmentName)),
    }
    if (text.words === '' || (await keepText(text))) {
      await store.clear()
      return []
    }
    store.close()
    return [text]
  } finally {
    doc.destroy()
  }
}
