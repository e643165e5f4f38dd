import * as Y from 'yjs'
import type { Struct } from './decode-update'

/** What of a Y.Doc's store the guard reads; yjs has it public, though its structures carry little typing. */
export type StructStore = Y.Doc['store']

/** The next clock that is expected of a client: everything below is in the store. */
export const stateOf = (store: StructStore, client: number): number => Y.getState(store, client)

/** Position of the struct that holds `clock`. The clock must be in the store (`stateOf` says so). */
export const indexAt = (structs: readonly Struct[], clock: number): number => {
  let low = 0
  let high = structs.length - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    const struct = structs[middle]
    if (struct !== undefined && struct.id.clock <= clock) low = middle
    else high = middle - 1
  }
  return low
}

/** The struct that holds an id, or undefined when the store does not have it. */
export const structAt = (store: StructStore, id: Y.ID): Struct | undefined => {
  const structs = store.clients.get(id.client)
  if (structs === undefined || id.clock >= stateOf(store, id.client)) return undefined
  return structs[indexAt(structs, id.clock)]
}

/** True when everything in `[clock, end)` that the store has is deleted already. */
export const isDeletedThrough = (store: StructStore, client: number, clock: number, end: number): boolean => {
  const structs = store.clients.get(client)
  if (structs === undefined) return true
  for (let i = indexAt(structs, clock); i < structs.length; i++) {
    const struct = structs[i]
    if (struct === undefined || struct.id.clock >= end) return true
    if (!struct.deleted) return false
  }
  return true
}
