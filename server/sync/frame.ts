/**
 * A message and, once it is needed, the websocket frame that carries it. Frames from a server are not masked
 * (RFC 6455, 5.1), so that one frame is built for a whole document and the same bytes go to every socket.
 */
export class Frame {
  readonly message: Uint8Array
  #wire: Uint8Array | null = null

  constructor(message: Uint8Array) {
    this.message = message
  }

  /** Header and message: final, binary, unmasked, uncompressed (RFC 6455, 5.2). */
  get wire(): Uint8Array {
    this.#wire ??= wireOf(this.message)
    return this.#wire
  }
}

const finalBinary = 0x82

function wireOf(message: Uint8Array): Uint8Array {
  const { length } = message
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const wire = Buffer.allocUnsafe(headerBytes + length)
  wire[0] = finalBinary
  if (headerBytes === 2) wire[1] = length
  else if (headerBytes === 4) {
    wire[1] = 126
    wire.writeUInt16BE(length, 2)
  } else {
    wire[1] = 127
    wire.writeBigUInt64BE(BigInt(length), 2)
  }
  wire.set(message, headerBytes)
  return wire
}
