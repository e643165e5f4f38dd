import * as idb from 'lib0/indexeddb'
import { committed } from './committed'
import type { KeptText } from './session-ports'

const database = 'rationale-kept'
const store = 'texts'

const open = (): Promise<IDBDatabase> =>
  idb.openDB(database, (db) => idb.createStores(db, [[store, { keyPath: 'id' }]]))

/** A browser that does not answer for this long keeps nothing; a page must not wait for it. */
const answerTimeoutMs = 4_000

async function within<T>(
  mode: 'readonly' | 'readwrite',
  run: (texts: IDBObjectStore) => Promise<T>,
): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('This browser does not answer.')), answerTimeoutMs)
  })
  try {
    return await Promise.race([late, transact(mode, run)])
  } finally {
    clearTimeout(timer)
  }
}

async function transact<T>(
  mode: 'readonly' | 'readwrite',
  run: (texts: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const db = await open()
  try {
    // Strict: what these words were kept from is deleted next, in another database.
    const transaction = db.transaction(store, mode, { durability: 'strict' })
    const [result] = await Promise.all([run(transaction.objectStore(store)), committed(transaction)])
    return result
  } finally {
    db.close()
  }
}

/**
 * Keeps words that a document did not take.
 *
 * @returns True once they are on disk. False: this browser has not kept them, so whatever else holds them must stay.
 */
export const keepText = (text: KeptText): Promise<boolean> =>
  within('readwrite', (texts) => idb.rtop(texts.put(text))).then(
    () => true,
    () => false,
  )

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
