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
  const all: readonly (KeptText | OldText)[] = await within('readonly', (texts) => idb.getAll(texts)).catch(
    () => [],
  )
  if (all.some((text) => 'update' in text)) await dropBodies().catch(() => {})
  return all
    .filter((text) => text.personId === personId && text.documentId === documentId)
    .map(ownWords)
    .sort((a, b) => a.atMs - b.atMs)
}

/** As an earlier release kept it: with the whole body, in which others wrote. */
interface OldText extends KeptText {
  readonly update: Uint8Array
}

function ownWords(text: KeptText | OldText): KeptText {
  if (!('update' in text)) return text
  const { update: _, ...own } = text
  return own
}

/** Access to it has ended, so the text of others must not stay on this device, whosever words it was kept with. */
const dropBodies = (): Promise<void> =>
  within('readwrite', async (texts) => {
    const all: (KeptText | OldText)[] = await idb.getAll(texts)
    for (const text of all) if ('update' in text) await idb.rtop(texts.put(ownWords(text)))
  })

export async function forgetText(id: string): Promise<void> {
  await within('readwrite', (texts) => idb.del(texts, id)).catch(() => {})
}
