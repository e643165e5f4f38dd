import * as idb from 'lib0/indexeddb'
import type { KeptText } from './session-ports'

const database = 'rationale-kept'
const store = 'texts'

const open = (): Promise<IDBDatabase> =>
  idb.openDB(database, (db) => idb.createStores(db, [[store, { keyPath: 'id' }]]))

async function within<T>(
  mode: 'readonly' | 'readwrite',
  run: (texts: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const db = await open()
  try {
    const [texts] = idb.transact(db, [store], mode)
    if (!texts) throw new Error('This browser has no store for kept texts.')
    return await run(texts)
  } finally {
    db.close()
  }
}

/** Keeps words that a document did not take. A browser that keeps nothing loses them with the page. */
export async function keepText(text: KeptText): Promise<void> {
  await within('readwrite', (texts) => idb.rtop(texts.put(text))).catch(() => {})
}

/** What was kept on this device for this person and document, oldest first. */
export async function keptTexts(personId: string, documentId: string): Promise<readonly KeptText[]> {
  const all = await within('readonly', (texts) => idb.getAll(texts)).catch(() => [])
  return (all as KeptText[])
    .filter((text) => text.personId === personId && text.documentId === documentId)
    .sort((a, b) => a.atMs - b.atMs)
}

export async function forgetText(id: string): Promise<void> {
  await within('readwrite', (texts) => idb.del(texts, id)).catch(() => {})
}
