import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

/** A struct as it stands in an update: text, a node, an attribute, a mark, or a tombstone. */
export type Struct = Y.Item | Y.GC

/** A range of deleted clocks of one client: `[clock, clock + len)`. */
export interface DeleteRange {
  readonly clock: number
  readonly len: number
}

export interface DecodedUpdate {
  /** Structs by client id, each list contiguous and ascending. */
  readonly structs: ReadonlyMap<number, readonly Struct[]>
  readonly deletes: ReadonlyMap<number, readonly DeleteRange[]>
}

/** How many of each one update may hold. */
export interface DecodeLimits {
  readonly structs: number
  readonly deletes: number
}

/**
 * yjs' own decoder, counting and kept at hand: the numbers of structs and of deleted ranges are limited while
 * they are read (a frame of 16 MiB holds eight million two-byte ones, half a gigabyte as objects), and
 * afterwards the position says whether anything stands behind the update. Decoding is synchronous, hence
 * static fields.
 */
class CountingDecoder extends Y.UpdateDecoderV1 {
  static latest: decoding.Decoder
  static left = { structs: 0, deletes: 0 }

  constructor(decoder: decoding.Decoder) {
    super(decoder)
    CountingDecoder.latest = decoder
  }

  override readInfo(): number {
    if (CountingDecoder.left.structs-- <= 0) throw new RangeError('too many structs')
    return super.readInfo()
  }

  override readDsClock(): number {
    if (CountingDecoder.left.deletes-- <= 0) throw new RangeError('too many deleted ranges')
    return super.readDsClock()
  }
}

/**
 * An update in parts, or null when it is none: bytes that do not parse, bytes left over, a Skip (a hole that
 * its sender knows of), a client listed twice (yjs keeps only the second list), or too much of anything.
 */
export function decodeUpdate(update: Uint8Array, most: DecodeLimits): DecodedUpdate | null {
  CountingDecoder.left = { ...most }
  let decoded: ReturnType<typeof Y.decodeUpdateV2>
  let declaredClients: number
  try {
    declaredClients = decoding.readVarUint(decoding.createDecoder(update))
    decoded = Y.decodeUpdateV2(update, CountingDecoder)
    if (decoding.hasContent(CountingDecoder.latest)) return null
  } catch {
    // The end of the array, an unknown content number, JSON that is none, values nested beyond the stack.
    return null
  }
  const structs = byClient(decoded.structs)
  // Two neighbouring lists of one client look like one: only the declared number of lists tells.
  if (structs === null || structs.size !== declaredClients) return null
  return { structs, deletes: decoded.ds.clients }
}

function byClient(all: readonly (Struct | Y.Skip)[]): Map<number, Struct[]> | null {
  const lists = new Map<number, Struct[]>()
  let current: Struct[] = []
  let client = -1
  for (const struct of all) {
    if (struct instanceof Y.Skip) return null
    if (struct.id.client !== client) {
      client = struct.id.client
      if (lists.has(client)) return null
      current = []
      lists.set(client, current)
    }
    current.push(struct)
  }
  return lists
}
