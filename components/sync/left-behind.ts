import { openHeld } from './held-store'
import { keepText, keptTexts } from './kept-texts'
import type { KeptText } from './session-ports'

/**
 * What somebody wrote here, perhaps days ago, in a document that they cannot open any more: their own unsent
 * words are put aside for them, and everything else that this device held of it is deleted.
 *
 * @returns Their words in this document that this device holds, oldest first.
 */
export async function leftBehind(personId: string, documentId: string): Promise<readonly KeptText[]> {
  const unkept = await empty(personId, documentId)
  return [...(await keptTexts(personId, documentId)), ...unkept]
}

/** @returns Words that could be kept nowhere else: the store stays for them, and a later visit tries again. */
async function empty(personId: string, documentId: string): Promise<readonly KeptText[]> {
  const store = await openHeld(personId, documentId)
  // A store that was not read may hold words all the same.
  if (!store) return []
  const { doc, words } = store.held
  try {
    const atMs = Date.now()
    const text: KeptText = {
      id: `${doc.clientID}-${atMs}`,
      documentId,
      personId,
      title: 'a document',
      atMs,
      why: 'gone',
      words,
    }
    if (words === '' || (await keepText(text))) {
      await store.clear()
      return []
    }
    store.close()
    return [text]
  } finally {
    doc.destroy()
  }
}
