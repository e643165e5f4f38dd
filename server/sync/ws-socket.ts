import type { Duplex } from 'node:stream'
import { type RawData, WebSocket } from 'ws'
import type { Frame } from './frame'
import type { Socket, SocketListener } from './socket'

/**
 * The websocket of `ws`, which closes by itself for what it cannot read: 1009 for a message beyond
 * `maxPayload`, 1002, 1007 or 1008 for what is no websocket frame. Clients take these for accidents and send
 * the same again, for ever. Calls of its own come without a reason, ours and the other side's with one.
 */
export class ReportingWebSocket extends WebSocket {
  listener: SocketListener | null = null

  override close(code?: number, reason?: string | Buffer): void {
    if (reason !== undefined || code === undefined || this.readyState !== WebSocket.OPEN) {
      super.close(code, reason)
    } else if (code === 1009) {
      this.listener?.tooLarge()
      if (this.readyState === WebSocket.OPEN) super.close(4413, 'too_large')
    } else if (this.listener) {
      // It closes it, at once or when it is known whose it is; nothing more is read meanwhile.
      this.listener.badFrame()
    } else super.close(code, '')
  }
}

// Listeners that find out for whom they were called: closures would be made four times for each socket.
function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  const { listener } = this as ReportingWebSocket
  if (isBinary) listener?.message(data as Buffer)
  else listener?.badFrame()
}
function onPing(this: WebSocket, data: Buffer): void {
  ;(this as ReportingWebSocket).listener?.control(data)
  // Unless that was one too many.
  if (this.readyState === WebSocket.OPEN) this.pong(data)
}
function onPong(this: WebSocket, data: Buffer): void {
  ;(this as ReportingWebSocket).listener?.control(data)
}
function onClose(this: WebSocket): void {
  ;(this as ReportingWebSocket).listener?.closed()
}
/** Said by `close`, which follows; an unheard `error` would end the process. */
function onError(): void {}

/** Whom a connection tells that it has been read. */
const drains = Symbol('drains')
type Connection = Duplex & { [drains]?: SocketListener }
function onDrain(this: Connection): void {
  this[drains]?.drained()
}

/** A socket of the network. `listen` must be called in the turn in which it was opened. */
export class WsSocket implements Socket {
  readonly #ws: ReportingWebSocket
  readonly #raw: Connection
  #listener: SocketListener | null = null
  #stopCounting: (() => void) | null = null

  /** @param raw the connection below it: frames that are built once for many sockets are written there. */
  constructor(ws: ReportingWebSocket, raw: Duplex) {
    this.#ws = ws
    this.#raw = raw
  }

  listen(listener: SocketListener): void {
    this.#ws.listener = listener
    this.#listener = listener
    this.#ws
      .on('message', onMessage)
      .on('ping', onPing)
      .on('pong', onPong)
      .on('close', onClose)
      .on('error', onError)
    this.#raw[drains] = listener
    this.#raw.on('drain', onDrain)
  }

  send(frame: Frame): void {
    // Beside `ws`' own writes: without compression those are synchronous, so that frames never mix.
    if (this.#ws.readyState === WebSocket.OPEN) this.#raw.write(frame.wire)
  }

  close(code: number, reason: string): void {
    // A paused socket would never read the other side's goodbye.
    this.#ws.resume()
    this.#ws.close(code, reason)
  }

  terminate(): void {
    this.#ws.terminate()
  }

  ping(): void {
    if (this.#ws.readyState === WebSocket.OPEN) this.#ws.ping()
  }

  pause(): void {
    this.#ws.pause()
  }

  resume(): void {
    this.#ws.resume()
  }

  get unsentBytes(): number {
    return this.#raw.writableLength
  }

  limitReading(bytes: number | null): void {
    this.#stopCounting?.()
    this.#stopCounting = null
    if (bytes === null) return
    let left = bytes
    const count = (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) this.#listener?.tooMuch()
    }
    this.#raw.on('data', count)
    this.#stopCounting = () => this.#raw.off('data', count)
  }
}
