import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import WebSocket from 'ws'
import * as Y from 'yjs'
import { encodeStep1, isUpdateMessage } from '../../lib/sync/message'

/** How a connection stands after what was sent on it. `open`: it answers as before. */
export type Outcome = 'open' | `HTTP ${number}` | number

const emptyStep1 = encodeStep1(Y.encodeStateVector(new Y.Doc()))
export const isStep1 = (frame: Uint8Array) => frame[0] === 0 && frame[1] === 0
const isStep2 = (frame: Uint8Array) => frame[0] === 0 && frame[1] === 1

/** What one attacker needs to connect. */
export interface Door {
  readonly origin: string
  readonly documentId: string
  /** Null: without one. */
  readonly token: string | null
  /** Whether the server asks whoever comes in here for what they have: then nothing is sent before. */
  readonly asks: boolean
  /** Null: as stock clients come. */
  readonly caps?: string | null
}

const pathOf = ({ documentId, caps = 'saved' }: Door) =>
  `/collab/${documentId}${caps === null ? '' : `?caps=${caps}`}`

/** A websocket that says what it is told to. */
export class Attacker {
  readonly opened: Promise<Outcome>
  readonly closed: Promise<Outcome>
  readonly heard: Uint8Array[] = []
  readonly #ws: WebSocket
  #waiting: (() => void)[] = []

  constructor(door: Door) {
    this.#ws = new WebSocket(`${door.origin.replace(/^http/, 'ws')}${pathOf(door)}`, {
      headers: door.token === null ? {} : { authorization: `Bearer ${door.token}` },
    })
    this.#ws.on('error', () => {})
    this.closed = new Promise((resolve) => {
      this.#ws.once('close', (code) => resolve(code))
      this.#ws.once('unexpected-response', (_request, response) =>
        resolve(`HTTP ${response.statusCode ?? 0}`),
      )
    })
    this.opened = Promise.race([once(this.#ws, 'open').then((): Outcome => 'open'), this.closed])
    this.#ws.on('message', (data: Buffer) => {
      this.heard.push(data)
      for (const wake of this.#waiting.splice(0)) wake()
    })
    void this.closed.then(() => {
      for (const wake of this.#waiting.splice(0)) wake()
    })
  }

  /** A message once it has come; null: the connection has ended. */
  async hears(which: (frame: Uint8Array) => boolean): Promise<Uint8Array | null> {
    for (;;) {
      const index = this.heard.findIndex(which)
      if (index >= 0) return this.heard.splice(index, 1)[0] ?? null
      if (this.#ws.readyState === WebSocket.CLOSED) return null
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  send(...frames: (Uint8Array | string)[]): void {
    for (const frame of frames) if (this.#ws.readyState === WebSocket.OPEN) this.#ws.send(frame)
  }

  /** A copy of the document under a client id of its own. */
  async copy(): Promise<Y.Doc> {
    this.send(emptyStep1)
    const base = await this.hears((frame) => frame[0] === 0 && frame[1] === 2)
    const rest = await this.hears(isStep2)
    const doc = new Y.Doc()
    const { clientID } = doc
    for (const frame of [base, rest]) if (frame && isUpdateMessage(frame)) Y.applyUpdate(doc, bodyOf(frame))
    doc.clientID = clientID
    return doc
  }

  /** Whether it is still served: asks for the document once more, and waits for that or for the end. */
  async outcome(): Promise<Outcome> {
    this.heard.length = 0
    this.send(emptyStep1)
    const answer = await this.hears(isStep2)
    return answer === null ? this.closed : 'open'
  }

  /** The connection below, for bytes that are no websocket frame. */
  get wire(): Socket {
    return (this.#ws as unknown as { _socket: Socket })._socket
  }

  leave(): void {
    this.#ws.terminate()
  }
}

/** The bytes behind two numbers and their length. */
function bodyOf(frame: Uint8Array): Uint8Array {
  let at = 2
  while (((frame[at] ?? 0) & 0x80) !== 0) at += 1
  return frame.subarray(at + 1)
}

/** Sends frames on a new connection once it is open. @returns how it stands then. */
export async function attack(door: Door, ...frames: (Uint8Array | string)[]): Promise<Outcome> {
  const attacker = new Attacker(door)
  try {
    const opened = await attacker.opened
    if (opened !== 'open') return opened
    if (door.asks) await attacker.hears(isStep1)
    attacker.send(...frames)
    return await attacker.outcome()
  } finally {
    attacker.leave()
  }
}

/** Sends bytes on a connection that has been upgraded, whatever they mean there. @returns its close code. */
export async function attackWire(door: Door, ...chunks: Uint8Array[]): Promise<Outcome> {
  const { hostname, port } = new URL(door.origin)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  const key = Buffer.alloc(16).toString('base64')
  const authorization = door.token === null ? '' : `Authorization: Bearer ${door.token}\r\n`
  socket.write(
    `GET ${pathOf(door)} HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n${authorization}\r\n`,
  )
  let received = Buffer.alloc(0)
  let isSent = false
  return new Promise((resolve) => {
    socket.on('data', (data) => {
      received = Buffer.concat([received, data])
      const head = received.indexOf('\r\n\r\n')
      if (head < 0) return
      // The first frame is the server's step 1.
      if (!isSent && !(door.asks && received.length === head + 4)) {
        isSent = true
        for (const chunk of chunks) socket.write(chunk)
      }
      const code = closeCodeIn(received.subarray(head + 4))
      if (code !== null) {
        resolve(code)
        socket.destroy()
      }
    })
    socket.on('close', () => resolve(0))
  })
}

/** The code of the close frame in what a server sent, unmasked; null: there is none yet. */
function closeCodeIn(bytes: Buffer): number | null {
  for (let at = 0; at + 2 <= bytes.length; ) {
    const opcode = (bytes[at] ?? 0) & 0x0f
    const short = (bytes[at + 1] ?? 0) & 0x7f
    const header = short < 126 ? 2 : short === 126 ? 4 : 10
    if (at + header > bytes.length) return null
    const length =
      short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2))
    if (at + header + length > bytes.length) return null
    if (opcode === 8) return length >= 2 ? bytes.readUInt16BE(at + header) : 1005
    at += header + length
  }
  return null
}
