import type { StoredPart } from './update-log'

const kinds = ['snapshot', 'update', 'archive'] as const
/** SHA-256. */
const checksumBytes = 32

/**
 * Parts of a body in a few long pieces of memory, which are handed to another thread as they are. A log of 100,000
 * short updates, copied one object after another, held everybody up for 0.1 s.
 */
export interface PackedParts {
  /** Index into `kinds`, one byte a part. */
  readonly kinds: Uint8Array
  /** One a line. */
  readonly ids: string
  /** In bytes. */
  readonly lengths: Uint32Array
  readonly checksums: Uint8Array
  readonly data: Uint8Array
}

export function packParts(parts: readonly StoredPart[]): PackedParts {
  const packed: PackedParts = {
    kinds: Uint8Array.from(parts, ({ kind }) => kinds.indexOf(kind)),
    ids: parts.map(({ id }) => id).join('\n'),
    lengths: Uint32Array.from(parts, ({ data }) => data.length),
    checksums: new Uint8Array(parts.length * checksumBytes),
    data: new Uint8Array(parts.reduce((bytes, { data }) => bytes + data.length, 0)),
  }
  let at = 0
  parts.forEach(({ data, checksum }, i) => {
    packed.checksums.set(checksum.subarray(0, checksumBytes), i * checksumBytes)
    packed.data.set(data, at)
    at += data.length
  })
  return packed
}

/** @returns views of what was packed. */
export function unpackParts(packed: PackedParts): StoredPart[] {
  const ids = packed.ids.split('\n')
  let at = 0
  return Array.from(packed.lengths, (length, i) => {
    const data = packed.data.subarray(at, at + length)
    at += length
    return {
      kind: kinds[packed.kinds[i] ?? 0] ?? 'snapshot',
      id: ids[i] ?? '',
      data,
      checksum: packed.checksums.subarray(i * checksumBytes, (i + 1) * checksumBytes),
    }
  })
}

/** What is handed over, and gone from here. */
export const memoryOf = ({ kinds: kindBytes, lengths, checksums, data }: PackedParts): ArrayBuffer[] =>
  [kindBytes, lengths, checksums, data].map(({ buffer }) => buffer as ArrayBuffer)
