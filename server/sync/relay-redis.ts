import type { Logger } from 'pino'
import type { DocumentId } from '../../lib/id'
import type { Timers } from '../timers'
import type { SyncLimits } from './limits'
import type { Relay, RelaySeat } from './relay'
import { RelayLink, within } from './relay-link'
import { decodeRelay, encodeRelay, type RelayMessage } from './relay-message'
import { Seat } from './relay-seat'
import { mergeInParts } from './send-batch'

export interface RedisRelayParts {
  readonly url: string
  /** Id of this run of the process: others know by the database when it has died. */
  readonly node: string
  readonly log: Logger
  readonly timers: Timers
  readonly limits: Pick<
    SyncLimits,
    | 'nodeHeartbeatMs'
    | 'relayStreamUpdates'
    | 'relayStreamSeconds'
    | 'relayUpdateBytes'
    | 'relayProbeMs'
    | 'relayTimeoutMs'
    | 'relayJoinMs'
  >
}

/** Every node's. */
const nodesChannel = 'rationale:nodes'
const channelOf = (documentId: DocumentId) => `doc:{${documentId}}:c`
const streamOf = (documentId: DocumentId) => `doc:{${documentId}}:s`

/** Heartbeats after whose absence a node's people are gone. */
const missedHeartbeats = 2

/**
 * Between nodes over Redis: publish and subscribe for speed, a short stream behind it for who missed
 * something, and the log in PostgreSQL for everything else. Whatever could not be said while Redis was away,
 * stopped or full is in the log, and which documents it concerns is remembered until it can be said.
 */
export class RedisRelay implements Relay {
  readonly isShared = true
  readonly #parts: RedisRelayParts
  readonly #link: RelayLink
  readonly #seats = new Map<DocumentId, Seat>()
  readonly #bySeatChannel = new Map<string, Seat>()
  /** When each other node was heard last, by `Timers.elapsed`. */
  readonly #nodes = new Map<string, number>()
  /** Documents of which something was committed here and could not be said. */
  readonly #unsaid = new Set<DocumentId>()
  readonly #counts = { gaps: 0, filledFromStream: 0, filledFromLog: 0, heard: 0, said: 0, failed: 0, lost: 0 }
  /** Redis is there and stores nothing more. */
  #isFull = false
  #stopHeartbeat: () => void

  constructor(parts: RedisRelayParts) {
    this.#parts = parts
    const { url, timers, log, limits, node } = parts
    this.#link = new RelayLink({
      url,
      timers,
      log,
      limits,
      ownChannel: `rationale:node:${node}`,
      onUp: () => void this.#up(),
      onDown: () => {
        this.#counts.lost += 1
      },
      onMessage: (channel, message) => this.#hear(channel, message),
    })
    this.#stopHeartbeat = timers.after(limits.nodeHeartbeatMs, () => this.#beat())
  }

  get state(): 'ok' | 'degraded' {
    return this.#link.isUp && !this.#isFull ? 'ok' : 'degraded'
  }

  async join(documentId: DocumentId): Promise<RelaySeat> {
    const { node, timers, limits } = this.#parts
    const channel = channelOf(documentId)
    const seat = new Seat({
      documentId,
      node,
      counts: this.#counts,
      entriesFrom: (id) => this.#link.entriesFrom(streamOf(documentId), id),
      hasOthers: () => this.#nodes.size > 0,
      committed: (updates) => this.#committed(documentId, updates),
      say: (message) => this.#say(channel, message),
      left: (which) => {
        if (this.#seats.get(documentId) !== which) return
        this.#seats.delete(documentId)
        this.#bySeatChannel.delete(channel)
        this.#link.unsubscribe(channel)
      },
    })
    this.#seats.set(documentId, seat)
    this.#bySeatChannel.set(channel, seat)
    // Where Redis is away, `#up` subscribes later, and says that something was missed.
    if (!this.#link.isUp) return seat
    const heard = this.#link.subscribe(channel)
    await within(timers, limits.relayJoinMs, heard).catch(() => {
      heard.then(
        () => seat.missed(),
        () => {},
      )
    })
    return seat
  }

  stats() {
    return {
      up: this.#link.isUp ? 1 : 0,
      full: this.#isFull ? 1 : 0,
      nodes: this.#nodes.size + 1,
      documents: this.#seats.size,
      documentsUnsaid: this.#unsaid.size,
      ...this.#counts,
    }
  }

  async close(): Promise<void> {
    this.#stopHeartbeat()
    this.#say(nodesChannel, { kind: 'bye', node: this.#parts.node })
    await this.#link.close()
  }

  // -- saying

  #say(channel: string, message: Exclude<RelayMessage, { kind: 'update' }>): void {
    // Presence, marks and signs of life are said again; nobody waits for them.
    this.#link.publish(channel, encodeRelay(message)).catch(() => {})
  }

  #committed(documentId: DocumentId, updates: readonly Uint8Array[]): void {
    for (const update of mergeInParts(updates)) void this.#pass(documentId, update)
  }

  async #pass(documentId: DocumentId, update: Uint8Array): Promise<void> {
    const { node, limits } = this.#parts
    const { relayStreamUpdates, relayStreamSeconds, relayUpdateBytes } = limits
    const channel = channelOf(documentId)
    const said = update.length > relayUpdateBytes ? nothing : update
    try {
      const keep = { updates: relayStreamUpdates, seconds: relayStreamSeconds }
      await this.#link.append({ key: streamOf(documentId), channel, node, update: said, keep })
      this.#counts.said += 1
      this.#isFull = false
    } catch {
      try {
        // A full Redis takes no entries, and still passes messages on.
        await this.#link.publish(channel, encodeRelay({ kind: 'plain', node, update: said }))
        this.#setFull()
      } catch {
        this.#counts.failed += 1
        this.#unsaid.add(documentId)
        // It may be there again already.
        if (this.#link.isUp) this.#sayUnsaid()
      }
    }
  }

  #setFull(): void {
    if (!this.#isFull) this.#parts.log.warn('Redis stores nothing more; nodes hear each other without it.')
    this.#isFull = true
  }

  #sayUnsaid(): void {
    const { node } = this.#parts
    for (const documentId of [...this.#unsaid]) {
      this.#unsaid.delete(documentId)
      const message = encodeRelay({ kind: 'log', node })
      this.#link.publish(channelOf(documentId), message).catch(() => this.#unsaid.add(documentId))
    }
  }

  // -- hearing

  async #up(): Promise<void> {
    const seats = [...this.#seats.values()]
    try {
      await this.#link.subscribe(nodesChannel, ...seats.map(({ documentId }) => channelOf(documentId)))
    } catch {
      // It is away again, and comes back here.
      return
    }
    this.#say(nodesChannel, { kind: 'alive', node: this.#parts.node })
    this.#sayUnsaid()
    for (const seat of seats) seat.reconnected()
  }

  #hear(channel: string, bytes: Buffer): void {
    const message = decodeRelay(bytes)
    if (message === null) return
    if (message.node !== this.#parts.node) {
      this.#counts.heard += 1
      if (message.kind === 'bye') this.#gone(message.node)
      else this.#alive(message.node)
    }
    this.#bySeatChannel.get(channel)?.hear(message)
  }

  #alive(node: string): void {
    const isNew = !this.#nodes.has(node)
    this.#nodes.set(node, this.#parts.timers.elapsed())
    if (!isNew) return
    // It has not heard of us either, and its people may have been forgotten here.
    this.#say(nodesChannel, { kind: 'alive', node: this.#parts.node })
    for (const seat of this.#seats.values()) seat.ask()
  }

  #gone(node: string): void {
    if (!this.#nodes.delete(node)) return
    for (const seat of this.#seats.values()) seat.gone(node)
  }

  #beat(): void {
    const { timers, limits, node } = this.#parts
    this.#stopHeartbeat = timers.after(limits.nodeHeartbeatMs, () => this.#beat())
    this.#say(nodesChannel, { kind: 'alive', node })
    if (this.#link.isUp) this.#sayUnsaid()
    const silentMs = missedHeartbeats * limits.nodeHeartbeatMs
    for (const [other, heardAt] of this.#nodes) {
      if (timers.elapsed() - heardAt >= silentMs) this.#gone(other)
    }
  }
}

const nothing = new Uint8Array()
