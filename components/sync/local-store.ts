import * as idb from 'lib0/indexeddb'
import { IndexeddbPersistence } from 'y-indexeddb'
import type { Doc } from 'yjs'
import { committed } from './committed'
import type { LocalStore, StoreMemory } from './session-ports'
import { asMemory, hasUnsaved, mergedMemory } from './store-memory'

/** A browser that does not answer for this long (a blocked upgrade, a broken profile) keeps nothing. */
const loadTimeoutMs = 4_000
/** Counts are written at most this often while somebody types. */
const rememberEveryMs = 500

/**
 * Each page notes its own: the pages of one person share the store, and one where everything is saved must not
 * say so of another. An earlier release had one note for all, under the bare key.
 */
const memoryKey = 'rationale.memory'
const allMemories = () => IDBKeyRange.bound(memoryKey, `${memoryKey}.\uffff`)

/** One store per document and person: on a shared computer nobody is shown what another one left. */
export const localStoreName = (personId: string, documentId: string): string =>
  `rationale:${personId}:${documentId}`

/** The text on this device, in IndexedDB, with the count of what was not known to be committed. */
export function openLocalStore(name: string, doc: Doc, onFailed: () => void): LocalStore {
  const persistence = new IndexeddbPersistence(name, doc)
  const ownKey = `${memoryKey}.${doc.clientID}`
  let waiting: (() => StoreMemory) | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let lastPending = 0
  let open = true

  const write = () => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const memory = waiting
    waiting = null
    if (memory === null || !open || persistence.db === null) return
    const [custom] = idb.transact(persistence.db, ['custom'])
    // A refused write shows as an aborted transaction, for which `onFailed` stands.
    custom?.put(memory(), ownKey)
  }

  // A full disk aborts the transaction of a write; nothing else would tell.
  persistence._db.then(
    (db) => db.addEventListener('abort', onFailed),
    () => {},
  )

  return {
    loaded: load(persistence, ownKey),
    remember(changes, memory) {
      waiting = memory
      // The first unsaved change is noted at once: a reload must never call it saved.
      const first = lastPending === 0 && changes > 0
      lastPending = changes
      if (first) write()
      else timer ??= setTimeout(write, rememberEveryMs)
    },
    async clear() {
      open = false
      if (timer !== null) clearTimeout(timer)
      const emptied = empty(persistence.db, ownKey)
      await persistence.destroy().catch(() => {})
      return emptied
    },
    close() {
      write()
      open = false
      persistence.destroy().catch(() => {})
    },
  }
}

/**
 * Emptied, not deleted: deleting waits for every other page of this person that has it open. The last page whose
 * words it holds does it; the others take away what they noted.
 */
async function empty(db: IDBDatabase | null, ownKey: string): Promise<boolean> {
  if (db === null) return false
  try {
    const transaction = db.transaction(['updates', 'custom'], 'readwrite')
    const [emptied] = await Promise.all([emptyIn(transaction, ownKey), committed(transaction)])
    return emptied
  } catch {
    return false
  }
}

async function emptyIn(transaction: IDBTransaction, ownKey: string): Promise<boolean> {
  const custom = transaction.objectStore('custom')
  custom.delete(ownKey)
  const others: readonly unknown[] = await idb.rtop(custom.getAll(allMemories()))
  if (others.some((other) => hasUnsaved(asMemory(other)))) return false
  custom.clear()
  transaction.objectStore('updates').clear()
  return true
}

/**
 * A page that has read the store has the words of all pages before it, and answers for them from here on: their
 * notes become its own, at once. A page that still lives notes anew what it writes from then on.
 */
async function takeOver(db: IDBDatabase, ownKey: string): Promise<StoreMemory> {
  const transaction = db.transaction('custom', 'readwrite')
  const custom = transaction.objectStore('custom')
  const done = committed(transaction)
  // A full disk: the notes stay as they were, for the next page.
  done.catch(() => {})
  const memory = mergedMemory((await idb.rtop(custom.getAll(allMemories()))).map(asMemory))
  custom.delete(allMemories())
  if (hasUnsaved(memory) || memory.saved !== null) custom.put(memory, ownKey)
  await done.catch(() => {})
  return memory
}

async function load(persistence: IndexeddbPersistence, ownKey: string): Promise<StoreMemory | false> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), loadTimeoutMs)
  })
  const failed: Promise<false> = persistence._db.then(
    () => new Promise<never>(() => {}),
    () => false,
  )
  const whole = persistence.whenSynced.then(async () => takeOver(await persistence._db, ownKey))
  try {
    return await Promise.race([whole, failed, late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
