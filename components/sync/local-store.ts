import * as idb from 'lib0/indexeddb'
import { IndexeddbPersistence } from 'y-indexeddb'
import type { Doc } from 'yjs'
import { committed } from './committed'
import type { LocalStore, StoreMemory } from './session-ports'

/** A browser that does not answer for this long (a blocked upgrade, a broken profile) keeps nothing. */
const loadTimeoutMs = 4_000
/** Counts are written at most this often while somebody types. */
const rememberEveryMs = 500

const memoryKey = 'rationale.memory'

/** One store per document and person: on a shared computer nobody is shown what another one left. */
export const localStoreName = (personId: string, documentId: string): string =>
  `rationale:${personId}:${documentId}`

/** The text on this device, in IndexedDB, with the count of what was not known to be committed. */
export function openLocalStore(name: string, doc: Doc, onFailed: () => void): LocalStore {
  const persistence = new IndexeddbPersistence(name, doc)
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
    custom?.put(memory(), memoryKey)
  }

  // A full disk aborts the transaction of a write; nothing else would tell.
  persistence._db.then(
    (db) => db.addEventListener('abort', onFailed),
    () => {},
  )

  return {
    loaded: load(persistence),
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
      const emptied = empty(persistence.db)
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

/** Emptied, not deleted: deleting waits for every other page of this person that has it open. */
async function empty(db: IDBDatabase | null): Promise<boolean> {
  if (db === null) return false
  try {
    const transaction = db.transaction(['updates', 'custom'], 'readwrite')
    for (const name of ['updates', 'custom']) transaction.objectStore(name).clear()
    await committed(transaction)
    return true
  } catch {
    return false
  }
}

async function load(persistence: IndexeddbPersistence): Promise<StoreMemory | false> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), loadTimeoutMs)
  })
  const failed: Promise<false> = persistence._db.then(
    () => new Promise<never>(() => {}),
    () => false,
  )
  const whole = persistence.whenSynced.then(async () => {
    const memory: unknown = await persistence.get(memoryKey)
    return asMemory(memory)
  })
  try {
    return await Promise.race([whole, failed, late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** What stands in the store is as old as the page that wrote it: anything unexpected is "nothing known". */
function asMemory(value: unknown): StoreMemory {
  if (typeof value !== 'object' || value === null) return { changes: 0, saved: null }
  const { changes, saved } = value as { changes?: unknown; saved?: unknown }
  return {
    changes: typeof changes === 'number' && Number.isSafeInteger(changes) && changes > 0 ? changes : 0,
    saved: saved instanceof Uint8Array ? saved : null,
  }
}
