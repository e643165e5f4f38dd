import { decodeUpdate } from './decode-update'

const unlimited = { structs: Number.POSITIVE_INFINITY, deletes: Number.POSITIVE_INFINITY }

/**
 * How much an update deletes, in Yjs' units: characters, and one for each node, mark and attribute. Cheap for what
 * most updates are: a letter that was typed.
 */
export function deletedUnits(update: Uint8Array): number {
  // What deletes nothing ends with the number of clients of whom something is deleted: none.
  if (update.at(-1) === 0) return 0
  const decoded = decodeUpdate(update, unlimited)
  if (typeof decoded === 'string') return 0
  let units = 0
  for (const ranges of decoded.deletes.values()) for (const { len } of ranges) units += len
  return units
}
