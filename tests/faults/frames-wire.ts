import type { Outcome } from './attacker'

/** Bytes on an upgraded connection that are no frames, or such as only a hostile client sends. */
export interface WireAttack {
  readonly name: string
  readonly chunks: readonly Uint8Array[]
  readonly expected: readonly Outcome[]
}

/** A frame as a client sends it, with any first byte, and masked with zeros unless told otherwise. */
function frame(first: number, payload: Uint8Array, { masked = true, length = payload.length } = {}): Buffer {
  const header = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10)
  header[0] = first
  const mask = masked ? 0x80 : 0
  if (header.length === 2) header[1] = mask | length
  else if (header.length === 4) {
    header[1] = mask | 126
    header.writeUInt16BE(length, 2)
  } else {
    header[1] = mask | 127
    header.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([header, ...(masked ? [Buffer.alloc(4)] : []), payload])
}

const query = Uint8Array.of(3)
const badFrame = [1007] as const
const many = (count: number, of: Buffer) => Buffer.concat(new Array<Buffer>(count).fill(of))

/** A header that promises this many bytes, in 64 bits, and nothing behind it. */
function promise(length: bigint): Buffer {
  const header = Buffer.alloc(14)
  header[0] = 0x82
  header[1] = 0xff
  header.writeBigUInt64BE(length, 2)
  return header
}

export const wireAttacks: readonly WireAttack[] = [
  { name: 'a frame that is not masked', chunks: [frame(0x82, query, { masked: false })], expected: badFrame },
  ...[0xc2, 0xa2, 0x92, 0xf2].map((first) => ({
    name: `reserved bits ${first.toString(16)}`,
    chunks: [frame(first, query)],
    expected: badFrame,
  })),
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode) => ({
    name: `opcode ${opcode}`,
    chunks: [frame(0x80 | opcode, query)],
    expected: badFrame,
  })),
  { name: 'a fragmented ping', chunks: [frame(0x09, query)], expected: badFrame },
  { name: 'a ping of 126 bytes', chunks: [frame(0x89, new Uint8Array(126))], expected: badFrame },
  { name: 'a continuation of nothing', chunks: [frame(0x80, query)], expected: badFrame },
  {
    name: 'a message inside a message',
    chunks: [frame(0x02, query), frame(0x82, query)],
    expected: badFrame,
  },
  { name: 'text that is no UTF-8', chunks: [frame(0x81, Uint8Array.of(0xff, 0xfe))], expected: badFrame },
  { name: 'a close frame of one byte', chunks: [frame(0x88, Uint8Array.of(3))], expected: badFrame },
  { name: 'a close code that is none', chunks: [frame(0x88, Uint8Array.of(0, 5))], expected: badFrame },
  { name: 'a length of 2^63', chunks: [promise(2n ** 63n)], expected: [1007, 4413] },
  { name: 'a length of 2^53', chunks: [promise(2n ** 53n)], expected: [1007, 4413] },
  { name: 'a length of 1 GB', chunks: [promise(2n ** 30n)], expected: [4413] },
  {
    name: 'fragments without end, one byte each',
    chunks: [frame(0x02, query), many(200_000, frame(0x00, query))],
    expected: badFrame,
  },
  {
    name: 'empty fragments without end',
    chunks: [frame(0x02, query), many(200_000, frame(0x00, new Uint8Array()))],
    expected: badFrame,
  },
  {
    name: 'fragments of 20 MB together',
    chunks: [frame(0x02, query), many(20, frame(0x00, new Uint8Array(1_000_000)))],
    expected: [4413],
  },
  {
    name: 'HTTP instead of frames',
    chunks: [Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    expected: badFrame,
  },
]
