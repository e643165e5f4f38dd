/**
 * Resolves once everything in a transaction of IndexedDB is on disk: a full disk takes each write, and says no to
 * all of them at the end.
 */
export const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('The browser did not store it.'))
  })
