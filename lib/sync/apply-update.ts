import * as Y from 'yjs'
import { decodeUpdate, type Struct } from './decode-update'

/** Shorter updates cannot cut often enough to be felt, in bytes. */
const shortBytes = 1_024

/** Cuts times structs of one client below which Yjs is as fast, a few milliseconds at most. */
const fewMoves = 1_000_000

/**
 * `Y.applyUpdate`, in time that grows with the update and the document and not with their product.
 *
 * Where an update deletes from the middle of a struct, or writes there, Yjs (13.6) splits the struct and moves
 * every later one of that client along, 3 ns each: 20,000 ranges in a document of 400,000 structs take 23 s, and
 * the update is 80 KB. Here all structs are split in one pass before Yjs looks at them. The document that comes
 * out is the same: splitting is no change, and what nobody needed split grows together as the transaction ends.
 */
export function applyUpdate(doc: Y.Doc, update: Uint8Array): void {
  if (update.length < shortBytes) {
    Y.applyUpdate(doc, update)
    return
  }
  doc.transact((transaction) => {
    for (const [client, clocks] of cutsOf(update)) {
      const structs = doc.store.clients.get(client)
      if (structs && structs.length * clocks.length > fewMoves)
        splitAt(transaction, client, ascending(clocks))
    }
    Y.applyUpdate(doc, update)
  })
}

/** Clocks at which structs must begin, by client: the ends of deleted ranges, and where new items stand. */
function cutsOf(update: Uint8Array): ReadonlyMap<number, readonly number[]> {
  const cuts = new Map<number, number[]>()
  const cut = (client: number, clock: number) => {
    const clocks = cuts.get(client)
    if (clocks) clocks.push(clock)
    else cuts.set(client, [clock])
  }
  const unlimited = { structs: Number.POSITIVE_INFINITY, deletes: Number.POSITIVE_INFINITY }
  const decoded = decodeUpdate(update, unlimited)
  // What cannot be read here Yjs reads alone, as slowly as it does.
  if (typeof decoded === 'string') return cuts
  for (const [client, ranges] of decoded.deletes) {
    for (const { clock, len } of ranges) {
      cut(client, clock)
      cut(client, clock + len)
    }
  }
  for (const structs of decoded.structs.values()) {
    for (const struct of structs) {
      if (!(struct instanceof Y.Item)) continue
      if (struct.origin !== null) cut(struct.origin.client, struct.origin.clock + 1)
      if (struct.rightOrigin !== null) cut(struct.rightOrigin.client, struct.rightOrigin.clock)
    }
  }
  return cuts
}

const ascending = (clocks: readonly number[]): Float64Array => Float64Array.from(clocks).sort()

/** Splits the structs of one client, as Yjs would one by one. @param cuts ascending. */
function splitAt(transaction: Y.Transaction, client: number, cuts: Float64Array): void {
  const { clients } = transaction.doc.store
  const whole = (clients.get(client) ?? []) as Struct[]
  const split: Struct[] = []
  let next = 0
  for (const struct of whole) {
    const { clock } = struct.id
    const end = clock + struct.length
    while ((cuts[next] ?? end) <= clock) next++
    const pieces = [struct]
    if (struct instanceof Y.Item && (cuts[next] ?? end) < end) {
      // Yjs splits within the list that stands in the store: a list of this struct alone, where nothing else
      // has to move.
      clients.set(client, pieces)
      for (; (cuts[next] ?? end) < end; next++) {
        Y.getItemCleanStart(transaction, Y.createID(client, cuts[next] as number))
      }
    }
    for (const piece of pieces) split.push(piece)
  }
  clients.set(client, split)
}
