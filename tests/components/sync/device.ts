import 'fake-indexeddb/auto'
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { vi } from 'vitest'
import type { KeptText } from '../../../components/sync/session-ports'
import { ada, documentOf } from './session-world'

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
