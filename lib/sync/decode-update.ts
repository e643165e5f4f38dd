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

/** How many of each one update may hold; of values of attributes as many as of structs. */
export interface DecodeLimits {
  readonly structs: number
  readonly deletes: number
}

/** Why bytes are not read to their end. `undecodable`: they are no update, or too much of one. */
export type DecodeRule = 'undecodable' | 'content' | 'attribute'

/** Thrown inside yjs' decoder to end it, and caught below. */
class Unread extends Error {
  constructor(readonly rule: DecodeRule) {
    super(rule)
  }
}

/** The number in the low bits of a struct's first byte, and what content it stands for. */
const contentBits = 0b11111
const contents: ReadonlySet<number> = new Set([
  0, // a tombstone
  1, // something deleted
  4, // text
  6, // a mark's begin or end
  7, // a shared type
  8, // values
  10, // a Skip
])

/** In front of a value of these kinds, lib0 (`readAny`) writes a number up to this: bytes, array, object. */
const lastCompound = 118

/** Longest JSON of a mark, in UTF-16 units: a link's address and title, every character of them escaped. */
const maxMarkLength = 20_000

/**
 * yjs' own decoder, refusing what is dear before it is built: 16 MiB hold eight million structs, half a
 * gigabyte as objects; a value that is an array of sixteen million; JSON that takes seconds to parse; 700,000
 * documents in the document. Afterwards its position says whether anything stands behind the update. Decoding is
 * synchronous, hence static fields.
 */
class CarefulDecoder extends Y.UpdateDecoderV1 {
  static latest: decoding.Decoder
  static left = { structs: 0, values: 0, deletes: 0 }

  constructor(decoder: decoding.Decoder) {
    super(decoder)
    CarefulDecoder.latest = decoder
  }

  override readInfo(): number {
    if (CarefulDecoder.left.structs-- <= 0) throw new Unread('undecodable')
    const info = super.readInfo()
    if (!contents.has(info & contentBits)) throw new Unread('content')
    return info
  }

  override readAny(): unknown {
    if (CarefulDecoder.left.values-- <= 0) throw new Unread('undecodable')
    const { arr, pos } = this.restDecoder
    if ((arr[pos] ?? 255) <= lastCompound) throw new Unread('attribute')
    return super.readAny()
  }

  override readJSON(): unknown {
    const json = decoding.readVarString(this.restDecoder)
    if (json.length > maxMarkLength) throw new Unread('attribute')
    return JSON.parse(json)
  }

  override readDsClock(): number {
    if (CarefulDecoder.left.deletes-- <= 0) throw new Unread('undecodable')
    return super.readDsClock()
  }
}

/**
 * An update in parts, or why it is none: bytes that do not parse, bytes left over, a Skip (a hole that its
 * sender knows of), a client listed twice (yjs keeps only the second list), too much of anything; content and
 * values that no body has.
 */
export function decodeUpdate(update: Uint8Array, most: DecodeLimits): DecodedUpdate | DecodeRule {
  CarefulDecoder.left = { ...most, values: most.structs }
  let decoded: ReturnType<typeof Y.decodeUpdateV2>
  let declaredClients: number
  try {
    declaredClients = decoding.readVarUint(decoding.createDecoder(update))
    decoded = Y.decodeUpdateV2(update, CarefulDecoder)
    if (decoding.hasContent(CarefulDecoder.latest)) return 'undecodable'
  } catch (error) {
    // Or the end of the array, JSON that is none.
    return error instanceof Unread ? error.rule : 'undecodable'
  }
  const structs = byClient(decoded.structs)
  // Two neighbouring lists of one client look like one: only the declared number of lists tells.
  if (structs === null || structs.size !== declaredClients) return 'undecodable'
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
