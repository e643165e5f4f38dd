import 'fake-indexeddb/auto'
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { vi } from 'vitest'
import * as Y from 'yjs'
import { localStoreName, openLocalStore } from '../../../components/sync/local-store'
import type { KeptText, LocalStore, StoreMemory } from '../../../components/sync/session-ports'
import { Unsaved } from '../../../components/sync/unsaved'
import { ada, documentOf, typeInto } from './session-world'

export const storeName = localStoreName(ada.id, documentOf().id)

/** The stores of one browser on one device, empty at first. */
export function freshDevice(): void {
  vi.stubGlobal('indexedDB', new IDBFactory())
}

export const textOfAda = (given: Partial<KeptText> = {}): KeptText => ({
  id: '7-1000000',
  documentId: documentOf().id,
  personId: ada.id,
  title: 'Payment retries',
  atMs: 1_000_000,
  why: 'gone',
  words: 'My own words.',
  ...given,
})

/** Opens a database as it stands, runs `work` in one transaction of its store and waits until that is done. */
export async function inStore<T>(
  name: string,
  store: string,
  work: (store: globalThis.IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
  })
  const transaction = db.transaction(store, 'readwrite')
  const request = work(transaction.objectStore(store))
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve
    transaction.onabort = () => reject(transaction.error)
  })
  db.close()
  return request.result
}

/** From here on nothing more fits into stores of this name: the write is taken, then its transaction aborts. */
export function fullDisk(storeName: string): void {
  const { put } = IDBObjectStore.prototype
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...given) {
    const request = put.apply(this, given)
    if (this.name === storeName) request.addEventListener('success', () => this.transaction.abort())
    return request
  })
}

/** From here on nothing that is asked of stores of this name is answered. Resolves once something was asked. */
export function deadStore(storeName: string): Promise<void> {
  const { getAll } = IDBObjectStore.prototype
  return new Promise((asked) => {
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (
      this: IDBObjectStore,
      ...given
    ) {
      if (this.name !== storeName) return getAll.apply(this, given)
      asked()
      return {} as ReturnType<typeof getAll>
    })
  })
}

/** One page of Ada on this device, with the store and the count of a session and no socket. */
export class DevicePage {
  readonly doc: Y.Doc
  readonly memory: StoreMemory
  readonly #unsaved: Unsaved
  readonly #store: LocalStore
  /** What this page sent and nobody has acknowledged yet. */
  #sent = 0

  private constructor(doc: Y.Doc, store: LocalStore, memory: StoreMemory) {
    this.doc = doc
    this.memory = memory
    this.#store = store
    this.#unsaved = new Unsaved(doc, memory)
    doc.on('update', (_, origin, __, transaction: Y.Transaction) => {
      if (origin === 'server') this.#unsaved.cameFromServer(transaction)
      else this.#unsaved.changedHere()
      if (origin !== 'server') this.note()
    })
  }

  static async open(onFailed: () => void = () => {}): Promise<DevicePage> {
    const doc = new Y.Doc()
    const store = openLocalStore(storeName, doc, onFailed)
    const memory = await store.loaded
    if (memory === false) throw new Error('this device keeps nothing')
    return new DevicePage(doc, store, memory)
  }

  note(): void {
    this.#store.remember(this.#unsaved.pending, () => this.#unsaved.memory())
  }
  type(words: string): void {
    typeInto(this.doc, words)
  }
  receive(server: Y.Doc): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(server), 'server')
  }
  /** Sends all that it has, and the server commits it. */
  save(server: Y.Doc): void {
    this.#unsaved.sent('step2', 0)
    Y.applyUpdate(server, Y.encodeStateAsUpdate(this.doc))
    this.#sent += 1
    this.#unsaved.acknowledged(this.#sent)
    this.note()
  }
  clear(): Promise<boolean> {
    return this.#store.clear()
  }
  /** Goes in the way of a page that is navigated away from. */
  leave(): void {
    this.#store.close()
  }
}

/** The notes of all pages, as they stand in the store. */
export const notes = async (): Promise<readonly (StoreMemory & { readonly key: string })[]> => {
  const keys = await inStore(storeName, 'custom', (custom) => custom.getAllKeys())
  const values: readonly StoreMemory[] = await inStore(storeName, 'custom', (custom) => custom.getAll())
  return values.map((value, index) => ({ ...value, key: String(keys[index]) }))
}
