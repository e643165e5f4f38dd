import { promisify } from 'node:util'
import { deflate, inflateSync } from 'node:zlib'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { PersonId } from '../../lib/id'

/** One update of a body's history. */
export interface HistoryEntry {
  /** Its place in the log. */
  readonly seq: number
  /** Whose text. Null: the server's. */
  readonly personId: PersonId | null
  /** Who brought it back, where that is somebody else. */
  readonly relayedBy: PersonId | null
  /** Yjs client id; 0 when it only deletes. */
  readonly clientId: number
  readonly writeEpoch: number
  /** When it was stored, in ms since the epoch. */
  readonly at: number
  /** Yjs 13 update, format 1. */
  readonly data: Uint8Array
}

/*
 * A block before it is deflated (zlib, RFC 1950); varUint, varInt and bytes as lib0 writes them:
 *
 *   block  = varUint(1) varUint(persons) uuid*persons varUint(n) entry*n
 *   entry  = varInt(seq - seq before) varUint(person) varUint(person) varUint(clientId) varUint(writeEpoch)
 *            varInt(at - at before) bytes(data)
 *   person = 0: nobody; else its place among the persons, from 1
 *   uuid   = 16 bytes
 */
const format = 1

/** In the thread pool. */
const deflated = promisify(deflate)

/** @param entries in any order, which is kept. */
export async function packBlock(entries: readonly HistoryEntry[]): Promise<Buffer> {
  const persons = [...new Set(entries.flatMap(({ personId, relayedBy }) => [personId, relayedBy]))].filter(
    (id) => id !== null,
  )
  const placeOf = new Map<PersonId | null, number>([
    [null, 0],
    ...persons.map((id, i) => [id, i + 1] as const),
  ])
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, format)
  encoding.writeVarUint(encoder, persons.length)
  for (const id of persons) encoding.writeUint8Array(encoder, Buffer.from(id.replaceAll('-', ''), 'hex'))
  encoding.writeVarUint(encoder, entries.length)
  let [seq, at] = [0, 0]
  for (const entry of entries) {
    encoding.writeVarInt(encoder, entry.seq - seq)
    encoding.writeVarUint(encoder, placeOf.get(entry.personId) ?? 0)
    encoding.writeVarUint(encoder, placeOf.get(entry.relayedBy) ?? 0)
    encoding.writeVarUint(encoder, entry.clientId)
    encoding.writeVarUint(encoder, entry.writeEpoch)
    encoding.writeVarInt(encoder, entry.at - at)
    encoding.writeVarUint8Array(encoder, entry.data)
    seq = entry.seq
    at = entry.at
  }
  return deflated(encoding.toUint8Array(encoder))
}

/** @throws Error for bytes that are no block. */
export function unpackBlock(block: Uint8Array): HistoryEntry[] {
  const decoder = decoding.createDecoder(inflateSync(block))
  if (decoding.readVarUint(decoder) !== format) throw new Error('This archive is of a newer version.')
  const persons: (PersonId | null)[] = [null]
  for (let left = decoding.readVarUint(decoder); left > 0; left--) {
    persons.push(uuidOf(decoding.readUint8Array(decoder, 16)))
  }
  const person = () => persons[decoding.readVarUint(decoder)] ?? null
  let [seq, at] = [0, 0]
  return Array.from({ length: decoding.readVarUint(decoder) }, () => {
    seq += decoding.readVarInt(decoder)
    const [personId, relayedBy] = [person(), person()]
    const clientId = decoding.readVarUint(decoder)
    const writeEpoch = decoding.readVarUint(decoder)
    at += decoding.readVarInt(decoder)
    return { seq, personId, relayedBy, clientId, writeEpoch, at, data: decoding.readVarUint8Array(decoder) }
  })
}

const uuidOf = (bytes: Uint8Array): PersonId =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') as PersonId
