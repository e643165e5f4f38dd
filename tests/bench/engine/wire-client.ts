import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

export interface Address {
  readonly port: number
  /** Path and query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
}

const opcode = { binary: 2, close: 8, ping: 9, pong: 10 } as const

/**
 * The least that is a websocket client: the generator shares two cores with the server that it measures, and
 * must stand far below it. It trusts the server's framing, and masks with zeros, which servers unmask like
 * any other mask (RFC 6455, 5.3) and which leaves the bytes to be sent as they are.
 */
export class WireClient {
  readonly #socket: Socket
  /** Bytes of a frame that is not whole yet. */
  #rest: Buffer[] = []
  #restBytes = 0
  /** So many bytes are needed before it is worth looking again. */
  #wanted = 2
  /** Payloads of a message in several frames. */
  #fragments: Buffer[] = []
  onMessage: (message: Buffer) => void = () => {}
  /** The code of the close frame; null while open, 1006 when the connection went without one. */
  closeCode: number | null = null
  onClose: (code: number) => void = () => {}

  private constructor(socket: Socket) {
    this.#socket = socket
  }

  /** Resolves when the server has answered 101. */
  static open({ port, path, headers = {} }: Address): Promise<WireClient> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true })
      socket.on('error', reject)
      const lines = [
        `GET ${path} HTTP/1.1`,
        `Host: localhost:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ]
      socket.write(`${lines.join('\r\n')}\r\n\r\n`)
      let head = Buffer.alloc(0)
      const read = (chunk: Buffer) => {
        head = Buffer.concat([head, chunk])
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        socket.off('data', read)
        const status = head.subarray(0, head.indexOf('\r\n')).toString()
        if (!status.startsWith('HTTP/1.1 101')) {
          socket.destroy()
          return reject(new Error(`${path.split('?')[0]}: ${status}`))
        }
        const client = new WireClient(socket)
        client.#listen()
        resolve(client)
        // After `resolve`: whoever waits for it sets its listener in this same turn.
        const early = head.subarray(end + 4)
        if (early.length > 0) setImmediate(() => client.#read(early))
      }
      socket.on('data', read)
    })
  }

  send(message: Uint8Array): void {
    const { length } = message
    const headerBytes = (length < 126 ? 2 : length < 65_536 ? 4 : 10) + 4
    const frame = Buffer.alloc(headerBytes + length)
    frame[0] = 0x80 | opcode.binary
    if (length < 126) frame[1] = 0x80 | length
    else if (length < 65_536) {
      frame[1] = 0x80 | 126
      frame.writeUInt16BE(length, 2)
    } else {
      frame[1] = 0x80 | 127
      frame.writeBigUInt64BE(BigInt(length), 2)
    }
    frame.set(message, headerBytes)
    this.#socket.write(frame)
  }

  /** Reads nothing any more: what the server sends stays in its hands. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Bytes that were sent and have not left this process. */
  get unsentBytes(): number {
    return this.#socket.writableLength
  }

  end(): void {
    this.#socket.destroy()
  }

  #listen(): void {
    this.#socket.removeAllListeners('error')
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => this.#closed(1006))
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk))
  }

  #closed(code: number): void {
    if (this.closeCode !== null) return
    this.closeCode = code
    this.onClose(code)
  }

  #read(chunk: Buffer): void {
    this.#rest.push(chunk)
    this.#restBytes += chunk.length
    // Joined only once a whole frame is there: a document of a megabyte comes in many chunks.
    if (this.#restBytes < this.#wanted) return
    let bytes = this.#rest.length === 1 ? chunk : Buffer.concat(this.#rest)
    for (let frame = frameOf(bytes); ; frame = frameOf(bytes)) {
      if (frame.payload === null) {
        this.#rest = bytes.length > 0 ? [bytes] : []
        this.#restBytes = bytes.length
        this.#wanted = frame.bytes
        return
      }
      bytes = bytes.subarray(frame.bytes)
      this.#take(frame.head, frame.payload)
    }
  }

  #take(head: number, payload: Buffer): void {
    switch (head & 0x0f) {
      case opcode.close:
        this.#closed(payload.length >= 2 ? payload.readUInt16BE(0) : 1005)
        this.#socket.end()
        break
      case opcode.ping: {
        this.#socket.write(Buffer.from([0x80 | opcode.pong, 0x80, 0, 0, 0, 0]))
        break
      }
      case opcode.pong:
        break
      default: {
        const isFinal = (head & 0x80) !== 0
        if (isFinal && this.#fragments.length === 0) {
          this.onMessage(payload)
          break
        }
        this.#fragments.push(payload)
        if (!isFinal) break
        const message = Buffer.concat(this.#fragments)
        this.#fragments = []
        this.onMessage(message)
      }
    }
  }
}

/** The first frame of what was read; a null payload: it is not whole, and `bytes` are needed for it. */
function frameOf(bytes: Buffer): { head: number; payload: Buffer | null; bytes: number } {
  const head = bytes[0] ?? 0
  const short = (bytes[1] ?? 0) & 0x7f
  const headerBytes = short < 126 ? 2 : short === 126 ? 4 : 10
  if (bytes.length < headerBytes) return { head, payload: null, bytes: headerBytes }
  const length =
    short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2))
  const end = headerBytes + length
  if (bytes.length < end) return { head, payload: null, bytes: end }
  return { head, payload: bytes.subarray(headerBytes, end), bytes: end }
}
