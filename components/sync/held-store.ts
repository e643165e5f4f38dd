import { fragmentName } from '../../lib/content/shape'
import { exactDoc } from '../../lib/sync/exact-doc'
import { localStoreName, openLocalStore } from './local-store'
import type { HeldStore } from './session-ports'
import { Unsaved } from './unsaved'

/**
 * What earlier pages of somebody left of a document on this device, for a page that writes nothing itself. Null: there
 * is nothing, or it could not be read and stays.
 */
export async function openHeld(personId: string, documentId: string): Promise<HeldStore | null> {
  // Opening a store would make one. Where stores cannot be listed (older Firefox), an empty one is made.
  const known = await indexedDB.databases?.().catch(() => null)
  const name = localStoreName(personId, documentId)
  if (known && !known.some((database) => database.name === name)) return null
  const doc = exactDoc()
  const store = openLocalStore(name, doc, () => {})
  const memory = await store.loaded
  if (memory === false) {
    store.close()
    doc.destroy()
    return null
  }
  return {
    held: new Unsaved(doc, memory).held(doc.getXmlFragment(fragmentName)),
    clear: store.clear,
    close: store.close,
  }
}
