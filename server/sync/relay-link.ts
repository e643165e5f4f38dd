import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'
import type { Timers } from '../timers'

/**
 * Adds an update to a document's stream and tells who listens, with the id of the update before it: in one
 * call, so that nobody hears the second before the first, or an id that is in no stream.
 *
 * KEYS: stream. ARGV: channel, node, update, how many updates to keep, for how many seconds.
 */
const append = `
local before = '0-0'
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
if last[1] then before = last[1][1] end
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[4], '*', 'node', ARGV[2], 'update', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[5])
redis.call('PUBLISH', ARGV[1], 'update ' .. ARGV[2] .. ' ' .. before .. ' ' .. id .. '\\n' .. ARGV[3])
return id`

/** One entry of a document's stream. */
export interface StreamEntry {
  readonly id: string
  readonly node: string
  readonly update: Uint8Array
}

export interface RelayLinkParts {
  readonly url: string
  readonly timers: Timers
  readonly log: Logger
  /** Name of a channel that is this node's alone: what it sends there must come back. */
  readonly ownChannel: string
  readonly limits: {
    readonly relayProbeMs: number
    readonly relayTimeoutMs: number
  }
  /** It is there, again or for the first time: nothing is subscribed to, and anything may have been missed. */
  readonly onUp: () => void
  readonly onDown: () => void
  readonly onMessage: (channel: string, message: Buffer) => void
}

type State =
  | { readonly kind: 'up'; readonly pair: Pair; heardAt: number; readonly stopProbe: { stop: () => void } }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'waiting'; readonly stop: () => void }
  | { readonly kind: 'closed' }

/** Subscribing takes a connection of its own. */
interface Pair {
  readonly speaks: Redis
  readonly hears: Redis
}

/** How long the last words may take. */
const goodbyeMs = 1_000
const firstBackOffMs = 100
const maxBackOffMs = 2_000

/**
 * Bytes on their way to Redis. Beyond this nothing more is sent: it does not read, and what is missed is read
 * from the log later.
 */
const maxInFlightBytes = 16 * 1024 * 1024

/**
 * The connection of a node to Redis, which may be away at any time. Two sockets that live and die together: a
 * stopped Redis keeps both open and answers nothing, which only a message that does not come back shows.
 */
export class RelayLink {
  readonly #parts: RelayLinkParts
  #state: State = { kind: 'connecting' }
  #failures = 0
  #inFlightBytes = 0

  constructor(parts: RelayLinkParts) {
    this.#parts = parts
    void this.#connect()
  }

  get isUp(): boolean {
    return this.#state.kind === 'up'
  }

  /** @throws Error when it could not be said, or perhaps not. */
  async publish(channel: string, message: Buffer): Promise<void> {
    await this.#speak(message.length, (redis) => redis.publish(channel, message))
  }

  /** @throws Error when it could not be stored, or perhaps not; a full Redis stores nothing. */
  async append(input: {
    key: string
    channel: string
    node: string
    update: Uint8Array
    keep: { readonly updates: number; readonly seconds: number }
  }): Promise<void> {
    const { key, channel, node, update, keep } = input
    const bytes = Buffer.from(update.buffer, update.byteOffset, update.byteLength)
    await this.#speak(update.length, (redis) =>
      redis.eval(append, 1, key, channel, node, bytes, keep.updates, keep.seconds),
    )
  }

  /** What a stream holds from an entry on, that entry included if it is still there. @throws Error */
  async entriesFrom(key: string, id: string): Promise<StreamEntry[]> {
    const found = await this.#speak(0, (redis) => redis.xrangeBuffer(key, id, '+'))
    return found.flatMap(([entryId, [, node, , update]]) =>
      node && update ? [{ id: entryId.toString(), node: node.toString(), update }] : [],
    )
  }

  /** @throws Error */
  async subscribe(...channels: string[]): Promise<void> {
    if (this.#state.kind !== 'up') throw new Error('Redis is away.')
    if (channels.length > 0) await this.#state.pair.hears.subscribe(...channels)
  }

  unsubscribe(channel: string): void {
    if (this.#state.kind === 'up') this.#state.pair.hears.unsubscribe(channel).catch(() => {})
  }

  /** What was said before is still sent. */
  async close(): Promise<void> {
    const state = this.#state
    this.#state = { kind: 'closed' }
    if (state.kind === 'waiting') state.stop()
    if (state.kind !== 'up') return
    state.stopProbe.stop()
    state.pair.hears.disconnect()
    await within(this.#parts.timers, goodbyeMs, state.pair.speaks.quit()).catch(() => {})
    state.pair.speaks.disconnect()
  }

  async #speak<T>(bytes: number, say: (redis: Redis) => Promise<T>): Promise<T> {
    if (this.#state.kind !== 'up') throw new Error('Redis is away.')
    if (this.#inFlightBytes + bytes > maxInFlightBytes) throw new Error('Redis does not read.')
    this.#inFlightBytes += bytes
    try {
      return await say(this.#state.pair.speaks)
    } finally {
      this.#inFlightBytes -= bytes
    }
  }

  async #connect(): Promise<void> {
    const { url, timers, log, ownChannel, limits, onUp, onMessage } = this.#parts
    const options: RedisOptions = {
      lazyConnect: true,
      // Whether and when to try again is decided here, for both at once.
      retryStrategy: () => null,
      autoResubscribe: false,
      autoResendUnfulfilledCommands: false,
      // What cannot be said now is in the log: nothing waits for a Redis that is away.
      enableOfflineQueue: false,
      connectTimeout: limits.relayTimeoutMs,
      commandTimeout: limits.relayTimeoutMs,
      keepAlive: 10_000,
    }
    const pair: Pair = { speaks: new Redis(url, options), hears: new Redis(url, options) }
    const both = [pair.speaks, pair.hears]
    let reason: unknown
    for (const redis of both) {
      redis.on('error', (error) => {
        reason = error
      })
    }
    pair.hears.on('messageBuffer', (name: Buffer, message: Buffer) => {
      const channel = name.toString()
      if (channel !== ownChannel) return onMessage(channel, message)
      if (this.#state.kind === 'up') this.#state.heardAt = timers.elapsed()
    })
    const give = () => {
      for (const redis of both) redis.disconnect()
    }
    try {
      await within(timers, limits.relayTimeoutMs, Promise.all(both.map((redis) => redis.connect())))
      await within(timers, limits.relayTimeoutMs, pair.hears.subscribe(ownChannel))
    } catch (error) {
      give()
      if (this.#state.kind === 'closed') return
      if (this.#failures === 0) log.warn({ reason: String(reason ?? error) }, 'Redis is away.')
      return this.#wait()
    }
    if (this.#state.kind === 'closed') return give()
    const stopProbe = { stop: () => {} }
    const state: State = { kind: 'up', pair, heardAt: timers.elapsed(), stopProbe }
    const lost = () => {
      if (this.#state !== state) return
      stopProbe.stop()
      give()
      log.warn({ reason: String(reason ?? 'no answer') }, 'The connection to Redis was lost.')
      this.#wait()
      this.#parts.onDown()
    }
    for (const redis of both) redis.once('end', lost)
    const probe = () => {
      stopProbe.stop = timers.after(limits.relayProbeMs, probe)
      if (timers.elapsed() - state.heardAt >= limits.relayTimeoutMs) lost()
      else pair.speaks.publish(ownChannel, '').catch(() => {})
    }
    this.#state = state
    this.#failures = 0
    log.info('Redis answers.')
    probe()
    onUp()
  }

  #wait(): void {
    const fullMs = Math.min(maxBackOffMs, firstBackOffMs * 2 ** this.#failures)
    this.#failures += 1
    // Half of it at random: nodes that lost the same Redis do not come back in step.
    const stop = this.#parts.timers.after(fullMs / 2 + (fullMs / 2) * Math.random(), () => {
      this.#state = { kind: 'connecting' }
      void this.#connect()
    })
    this.#state = { kind: 'waiting', stop }
  }
}

/** @throws Error when it takes longer than `ms`. */
export async function within<T>(timers: Timers, ms: number, done: Promise<T>): Promise<T> {
  let stop = () => {}
  const late = new Promise<never>((_resolve, reject) => {
    stop = timers.after(ms, () => reject(new Error('no answer in time')))
  })
  try {
    return await Promise.race([done, late])
  } finally {
    stop()
    done.catch(() => {})
  }
}
