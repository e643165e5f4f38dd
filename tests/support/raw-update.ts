import * as encoding from 'lib0/encoding'
import type * as Y from 'yjs'

/** Where a struct written by hand stands: beside others, or in a parent, as one of its attributes or not. */
export type RawPlace =
  | { readonly origin?: Y.ID; readonly rightOrigin?: Y.ID }
  | { readonly parent: Y.ID | string; readonly sub?: string }

/** Content of a struct, as its number and its bytes. */
export interface RawContent {
  readonly number: number
  readonly write: (encoder: encoding.Encoder) => void
}

/** The kinds of content that Yjs knows, by what they hold. */
export const content = {
  deleted: (length: number): RawContent => ({ number: 1, write: (e) => encoding.writeVarUint(e, length) }),
  json: (...texts: string[]): RawContent => ({
    number: 2,
    write: (e) => {
      encoding.writeVarUint(e, texts.length)
      for (const text of texts) encoding.writeVarString(e, text)
    },
  }),
  binary: (bytes: Uint8Array): RawContent => ({
    number: 3,
    write: (e) => encoding.writeVarUint8Array(e, bytes),
  }),
  string: (text: string): RawContent => ({ number: 4, write: (e) => encoding.writeVarString(e, text) }),
  embed: (json: string): RawContent => ({ number: 5, write: (e) => encoding.writeVarString(e, json) }),
  format: (key: string, json: string): RawContent => ({
    number: 6,
    write: (e) => {
      encoding.writeVarString(e, key)
      encoding.writeVarString(e, json)
    },
  }),
  /** @param kind 0 array, 1 map, 2 text, 3 element, 4 fragment, 5 hook, 6 text of XML. */
  type: (kind: number, name?: string): RawContent => ({
    number: 7,
    write: (e) => {
      encoding.writeVarUint(e, kind)
      if (name !== undefined) encoding.writeVarString(e, name)
    },
  }),
  element: (name: string): RawContent => content.type(3, name),
  any: (...values: unknown[]): RawContent => ({
    number: 8,
    write: (e) => {
      encoding.writeVarUint(e, values.length)
      for (const value of values) encoding.writeAny(e, value as never)
    },
  }),
  document: (guid: string): RawContent => ({
    number: 9,
    write: (e) => {
      encoding.writeVarString(e, guid)
      encoding.writeAny(e, {})
    },
  }),
  /** Any number and bytes. */
  bytes: (number: number, bytes: Uint8Array): RawContent => ({
    number,
    write: (e) => encoding.writeUint8Array(e, bytes),
  }),
}

export type RawStruct = { readonly place: RawPlace; readonly content: RawContent } | { readonly gone: number }

/** One client's structs, from a clock on. */
export interface RawLane {
  readonly client: number
  readonly clock: number
  readonly structs: readonly RawStruct[]
}

/** By client, clock and length. */
export type RawDeletes = readonly (readonly [number, readonly (readonly [number, number])[]])[]

const left = 0x80
const right = 0x40
const named = 0x20

/** An update as its sender wants it, whatever Yjs would write. */
export function rawUpdate(lanes: readonly RawLane[], deletes: RawDeletes = []): Uint8Array {
  const encoder = encoding.createEncoder()
  const put = (...numbers: number[]) => {
    for (const number of numbers) encoding.writeVarUint(encoder, number)
  }
  put(lanes.length)
  for (const { client, clock, structs } of lanes) {
    put(structs.length, client, clock)
    for (const struct of structs) {
      if ('gone' in struct) {
        encoding.writeUint8(encoder, 0)
        put(struct.gone)
      } else putItem(encoder, struct.place, struct.content)
    }
  }
  put(deletes.length)
  for (const [client, ranges] of deletes) {
    put(client, ranges.length)
    for (const range of ranges) put(...range)
  }
  return encoding.toUint8Array(encoder)
}

function putItem(encoder: encoding.Encoder, place: RawPlace, { number, write }: RawContent): void {
  const putId = ({ client, clock }: Y.ID) => {
    encoding.writeVarUint(encoder, client)
    encoding.writeVarUint(encoder, clock)
  }
  if ('parent' in place) {
    const { parent, sub } = place
    encoding.writeUint8(encoder, number | (sub === undefined ? 0 : named))
    encoding.writeVarUint(encoder, typeof parent === 'string' ? 1 : 0)
    if (typeof parent === 'string') encoding.writeVarString(encoder, parent)
    else putId(parent)
    if (sub !== undefined) encoding.writeVarString(encoder, sub)
  } else {
    const { origin, rightOrigin } = place
    encoding.writeUint8(encoder, number | (origin ? left : 0) | (rightOrigin ? right : 0))
    if (origin) putId(origin)
    if (rightOrigin) putId(rightOrigin)
  }
  write(encoder)
}
