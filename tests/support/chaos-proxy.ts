import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { Random } from './random'

/** What a network does to a connection. Everything that is absent is as in a quiet room. */
export interface Weather {
  /** Each piece arrives so much later, give or take `jitterMs`; never before the one that was sent before it. */
  readonly latencyMs?: number
  readonly jitterMs?: number
  /** One piece in so many stands still for `stallMs`, and all behind it. */
  readonly stallOneIn?: number
  readonly stallMs?: number
  /** Most bytes a second, each way. */
  readonly bytesPerSecond?: number
  /** Pieces are no longer than this. 1: every byte alone. */
  readonly pieceBytes?: number
  /** A connection is reset, both ways at once, when it has carried so many bytes one way: inside a frame as well. */
  readonly resetAfterBytes?: { readonly least: number; readonly most: number }
}

/** Stands before a server as a bad network does. What it does by chance comes from the seed that it was given. */
export interface ChaosProxy {
  readonly port: number
  /** Connections that are open through it, and how many there have been. */
  readonly open: number
  readonly taken: number
  /** How many of them it has reset. */
  readonly resets: number
  /** From now on, for connections that there are and those to come. */
  weather(now: Weather): void
  /**
   * The connections that there are carry nothing any more, either way, and nobody is told: a cable was pulled, or
   * the machine has vanished. New ones are not concerned, unless `isNewToo`.
   */
  silence(options?: { isNewToo?: boolean }): void
  /** Silent connections go on where they stopped. */
  speak(): void
  /** Cuts all connections, with a reset. */
  reset(): void
  close(): Promise<void>
}

/** Bytes that wait in the proxy one way; beyond them the sender waits, as it would for a slow reader. */
const maxWaitingBytes = 16 * 1024

/** @param target where the real server listens. */
export async function chaosProxy(target: NetConnectOpts, chance: Random): Promise<ChaosProxy> {
  const links = new Set<Link>()
  let weather: Weather = {}
  let isSilent = false
  let taken = 0
  let resets = 0
  // An end travels like everything else: behind what was sent before it.
  const how = { noDelay: true, allowHalfOpen: true }
  const server = createServer(how, (near) => {
    taken += 1
    const link = new Link(near, connect({ ...target, ...how } as NetConnectOpts), {
      chance,
      weather: () => weather,
      onReset: () => {
        resets += 1
      },
      onEnd: () => links.delete(link),
    })
    links.add(link)
    if (isSilent) link.silence()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    get open() {
      return links.size
    },
    get taken() {
      return taken
    },
    get resets() {
      return resets
    },
    weather: (now) => {
      weather = now
    },
    silence: ({ isNewToo = false } = {}) => {
      isSilent = isNewToo
      for (const link of links) link.silence()
    },
    speak: () => {
      isSilent = false
      for (const link of links) link.speak()
    },
    reset: () => {
      for (const link of [...links]) link.reset()
    },
    close: async () => {
      server.close()
      for (const link of [...links]) link.reset()
      await once(server, 'close')
    },
  }
}

interface LinkParts {
  readonly chance: Random
  readonly weather: () => Weather
  readonly onReset: () => void
  readonly onEnd: () => void
}

/** One connection through the proxy. */
class Link {
  readonly #sockets: readonly [Socket, Socket]
  readonly #ways: readonly [Way, Way]
  readonly #parts: LinkParts
  #isSilent = false
  #isOver = false

  constructor(near: Socket, far: Socket, parts: LinkParts) {
    this.#parts = parts
    this.#sockets = [near, far]
    const broken = () => {
      parts.onReset()
      this.reset()
    }
    this.#ways = [new Way(near, far, parts, broken), new Way(far, near, parts, broken)]
    for (const socket of this.#sockets) {
      socket.on('error', () => {})
      socket.on('close', (hadError) => {
        // A silent connection does not tell one side that the other one has gone.
        if (this.#isSilent) return
        if (hadError || this.#sockets.every(({ destroyed }) => destroyed)) this.reset()
      })
    }
  }

  silence(): void {
    this.#isSilent = true
    for (const way of this.#ways) way.silence()
  }

  speak(): void {
    this.#isSilent = false
    for (const way of this.#ways) way.speak()
    if (this.#sockets.some((socket) => socket.destroyed)) this.reset()
  }

  reset(): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const way of this.#ways) way.stop()
    for (const socket of this.#sockets) {
      // A unix socket has no reset.
      if (socket.remoteAddress === undefined) socket.destroy()
      else socket.resetAndDestroy()
    }
    this.#parts.onEnd()
  }
}

/** One direction of it: pieces in their order, each at its time. */
class Way {
  #isSilent = false
  readonly #from: Socket
  readonly #to: Socket
  readonly #parts: LinkParts
  readonly #broken: () => void
  readonly #waiting: { readonly data: Buffer; readonly at: number }[] = []
  #waitingBytes = 0
  #carried = 0
  #breaksAfter = Number.POSITIVE_INFINITY
  /** When the last piece that was taken is due. */
  #lastAt = 0
  #hasEnded = false
  #timer: NodeJS.Timeout | undefined

  constructor(from: Socket, to: Socket, parts: LinkParts, broken: () => void) {
    this.#from = from
    this.#to = to
    this.#parts = parts
    this.#broken = broken
    from.on('data', (data: Buffer) => this.#take(data))
    from.on('end', () => {
      this.#hasEnded = true
      this.#carry()
    })
    to.on('drain', () => this.#carry())
  }

  silence(): void {
    this.#isSilent = true
    clearTimeout(this.#timer)
    this.#from.pause()
  }

  speak(): void {
    this.#isSilent = false
    this.#carry()
  }

  stop(): void {
    this.silence()
    this.#waiting.length = 0
  }

  #take(data: Buffer): void {
    const { chance, weather } = this.#parts
    const { latencyMs = 0, jitterMs = 0, stallOneIn, stallMs = 0, bytesPerSecond, pieceBytes } = weather()
    const { resetAfterBytes } = weather()
    if (resetAfterBytes && this.#breaksAfter === Number.POSITIVE_INFINITY)
      this.#breaksAfter = this.#carried + chance.between(resetAfterBytes.least, resetAfterBytes.most)
    const most = pieceBytes ?? (bytesPerSecond ? Math.max(1, Math.floor(bytesPerSecond / 10)) : data.length)
    const now = performance.now()
    for (let from = 0; from < data.length; from += most) {
      const piece = data.subarray(from, from + most)
      const late = latencyMs + (jitterMs ? chance.between(-jitterMs, jitterMs) : 0)
      const stall = stallOneIn && chance.between(1, stallOneIn) === 1 ? stallMs : 0
      const begins = Math.max(this.#lastAt, now + late) + stall
      this.#lastAt = begins + (bytesPerSecond ? (piece.length / bytesPerSecond) * 1_000 : 0)
      this.#waiting.push({ data: piece, at: this.#lastAt })
    }
    this.#waitingBytes += data.length
    if (this.#waitingBytes > maxWaitingBytes) this.#from.pause()
    this.#carry()
  }

  #carry(): void {
    clearTimeout(this.#timer)
    if (this.#isSilent) return
    while (!this.#to.writableNeedDrain) {
      const next = this.#waiting[0]
      if (next === undefined) break
      const waitMs = next.at - performance.now()
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#carry(), waitMs)
        return
      }
      this.#waiting.shift()
      this.#waitingBytes -= next.data.length
      const left = this.#breaksAfter - this.#carried
      this.#carried += next.data.length
      if (next.data.length >= left) {
        // What comes before the break arrives, half a frame perhaps.
        this.#to.write(next.data.subarray(0, left), () => this.#broken())
        this.#isSilent = true
        return
      }
      this.#to.write(next.data)
    }
    if (this.#waitingBytes <= maxWaitingBytes / 2) this.#from.resume()
    if (this.#hasEnded && this.#waiting.length === 0) this.#to.end()
  }
}
