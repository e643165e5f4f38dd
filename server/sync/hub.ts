import type { Logger } from 'pino'
import type { DocumentId, PersonId } from '../../lib/id'
import type { BodyShape } from '../../lib/sync/body-shape'
import { type RefusalCode, refusalCodes } from '../../lib/sync/message'
import { Committer } from '../document/committer'
import { UpdatedAt } from '../document/updated-at'
import { noFailpoints, type Reach } from '../failpoint'
import { failedCredentialCost, RateLimiter } from '../http/limit'
import type { LiveBus, LiveSignal } from '../live/subscribe'
import type { Timers } from '../timers'
import { Compactor } from './compactor'
import type { ConnectRequest } from './connect-request'
import { Connection, type ConnectionParts, tickMs } from './connection'
import type { Judge } from './judge'
import { committerLimitsOf, type SyncLimits } from './limits'
import { Offenders } from './offenders'
import { refence } from './refence'
import { noRelay, type Relay } from './relay'
import { Rooms } from './rooms'
import type { Socket, SocketListener } from './socket'
import type { SyncStore } from './sync-store'
import { ThrottleRates } from './throttle'
import { Waiters } from './waiters'

export interface HubParts {
  readonly store: SyncStore
  readonly judge: Judge
  readonly log: Logger
  readonly live: Pick<LiveBus, 'subscribe'>
  /** Default: this node is alone. */
  readonly relay?: Relay
  readonly timers: Timers
  readonly limits: SyncLimits
  readonly shape: BodyShape
  readonly schemaVersion: number
  /** Default: none. */
  readonly reach?: Reach
  /** A number in [0, 1), for waits that must not be in step. Default: Math.random. */
  readonly random?: () => number
}

/** How long a closed socket may take to say goodbye, in ms. */
const goodbyeMs = 1_000

/** What pages ask for again when events may have been missed. */
const toldToRooms = [
  'document.changed',
  'sections.changed',
  'thread.changed',
  'version.changed',
  'review.changed',
] as const

/** All sockets of this process, and what happens to them from outside: events, time, and the end. */
export class Hub {
  readonly offenders: Offenders
  /** How often each address connects. */
  readonly addresses: RateLimiter
  readonly #parts: HubParts
  readonly #committer: Committer
  readonly #compactor: Compactor
  readonly #updatedAt: UpdatedAt
  readonly #rooms: Rooms
  readonly #connectionParts: ConnectionParts
  readonly #connections = new Set<Connection>()
  /** Also those that are saying goodbye. */
  readonly #sockets = new Set<Socket>()
  readonly #goodbyes = new Waiters()
  readonly #refusals = new Map<RefusalCode, number>(refusalCodes.map((code) => [code, 0]))
  readonly #unsubscribe: () => void
  #stopTicking: () => void
  #accepted = 0
  /** When other nodes were last told what they must have, by `Timers.elapsed`. */
  #comparedAt: number
  #drained: Promise<void> | null = null

  constructor(parts: HubParts) {
    this.#parts = parts
    const { store, judge, log, timers, limits, shape, live } = parts
    this.offenders = new Offenders(limits, timers.elapsed)
    const { connectBurst: burst, connectsPerSecond: perSecond } = limits
    this.addresses = new RateLimiter({ burst, perSecond }, timers.elapsed)
    this.#updatedAt = new UpdatedAt({
      write: (changed) => store.touch(changed),
      timers,
      log,
      everyMs: limits.touchMs,
    })
    this.#committer = new Committer({
      store,
      timers,
      log,
      limits: committerLimitsOf(limits),
      random: parts.random ?? Math.random,
    })
    this.#compactor = new Compactor({ store, timers, log, everyMs: limits.compactEveryMs })
    this.#rooms = new Rooms({
      store,
      committer: this.#committer,
      compactor: this.#compactor,
      relay: parts.relay ?? noRelay,
      timers,
      limits,
      shape,
      log,
      reach: parts.reach ?? noFailpoints,
      onCommitted: (documentId, updates) => {
        this.#updatedAt.mark(documentId)
        void store.committed(updates)
      },
      onFenced: (room, giveUp) => void refence(room, giveUp, { judge, timers, log }),
    })
    this.#connectionParts = {
      judge,
      rooms: this.#rooms,
      limits,
      timers,
      rates: new ThrottleRates(limits, timers),
      offenders: this.offenders,
      log,
      schemaVersion: parts.schemaVersion,
      mayEnter: (documentId, personId) => this.#mayEnter(documentId, personId),
      isFull: () => this.#committer.pressure === 'full',
      isSavingPaused: () => this.#committer.paused,
      onRefused: (code) => this.#refusals.set(code, (this.#refusals.get(code) ?? 0) + 1),
      onUnauthenticated: (address) => this.addresses.charge(address, failedCredentialCost),
      onEnd: (ended) => this.#connections.delete(ended),
      onClosed: (socket) => {
        this.#sockets.delete(socket)
        this.#goodbyes.wake()
      },
    }
    this.#committer.onPaused((paused) =>
      this.#rooms.tellAll((documentId) => ({ type: 'saving.changed', documentId, paused })),
    )
    this.#unsubscribe = live.subscribe((signal) => this.#onLive(signal))
    this.#comparedAt = timers.elapsed()
    this.#stopTicking = timers.after(tickMs, () => this.#tick())
  }

  /** Why no further socket is taken; null: one is. */
  get refuses(): 'restarting' | 'overloaded' | null {
    if (this.#drained !== null) return 'restarting'
    const { maxSockets } = this.#parts.limits
    // Those that are closed and have not gone count: they hold memory like any other.
    const full = this.#sockets.size >= maxSockets || this.#committer.pressure === 'full'
    return full ? 'overloaded' : null
  }

  /**
   * Whether somebody comes back whose client was refused in this document a moment ago. Almost always nobody
   * was, and nothing is asked. In doubt false: then they are judged like anybody.
   */
  async isRefused({ shown, documentId, capabilities }: ConnectRequest): Promise<boolean> {
    if (documentId === null || capabilities.has('saved') || !this.offenders.isRefusing(documentId))
      return false
    const { judge, timers, limits } = this.#parts
    let isRefused = false
    const asked = judge.personOf(shown).then((personId) => {
      isRefused = personId !== null && this.offenders.isRefused({ personId, documentId })
    })
    await within(
      timers,
      limits.judgeMs,
      asked.catch(() => {}),
    )
    return isRefused
  }

  /** Takes a socket that has just been opened. @returns what must listen to it, from this turn on. */
  accept(socket: Socket, request: ConnectRequest): SocketListener {
    const connection = new Connection(socket, request, this.#connectionParts)
    this.#accepted += 1
    this.#sockets.add(socket)
    this.#connections.add(connection)
    void connection.start(request)
    return connection
  }

  /**
   * Stops taking text, commits what was taken, acknowledges it, and closes every socket with 1012. Idempotent.
   * Resolves within `drainMs` and three seconds; what could not be committed by then is in browsers, and the
   * next start knows that it has to be taken back from them.
   */
  drain(): Promise<void> {
    this.#drained ??= this.#drain()
    return this.#drained
  }

  /** Flat numbers, for metrics. */
  stats() {
    return {
      sockets: this.#connections.size,
      /** Closed by us, and still saying goodbye. */
      socketsClosing: this.#sockets.size - this.#connections.size,
      socketsAccepted: this.#accepted,
      ...this.#rooms.stats(),
      ...this.#compactor.stats(),
      savingPaused: this.#committer.paused ? 1 : 0,
      refusedReadOnly: this.#refusals.get('read_only') ?? 0,
      refusedTooLarge: this.#refusals.get('too_large') ?? 0,
      refusedInvalid: this.#refusals.get('invalid') ?? 0,
      refusedNotYours: this.#refusals.get('not_yours') ?? 0,
      ...this.#committer.stats(),
    }
  }

  #mayEnter(documentId: DocumentId, personId: PersonId): boolean {
    const { maxSocketsPerDocument, maxSocketsPerPerson } = this.#parts.limits
    let here = 0
    let theirs = 0
    for (const connection of this.#connections) {
      if (connection.documentId !== documentId || connection.principal === null) continue
      here += 1
      if (connection.principal.personId === personId) theirs += 1
    }
    return here < maxSocketsPerDocument && theirs < maxSocketsPerPerson
  }

  #onLive(signal: LiveSignal): void {
    switch (signal.type) {
      case 'resync':
        // Something may have been missed: everything is looked at anew.
        this.#rejudge(() => true)
        this.#rooms.catchUpAll()
        for (const type of toldToRooms) this.#rooms.tellAll((documentId) => ({ type, documentId }))
        break
      case 'access.changed':
      case 'document.changed':
        // Everybody in it: who is not concerned gets the new fence all the same.
        this.#rejudge((connection) => connection.documentId === signal.documentId)
        this.#rooms.tell(signal.documentId as DocumentId, signal)
        break
      case 'sections.changed':
      case 'thread.changed':
      case 'version.changed':
      case 'review.changed':
        this.#rooms.tell(signal.documentId as DocumentId, signal)
        break
      case 'document.appended':
        void this.#rooms.catchUp(signal.documentId as DocumentId)
        break
      case 'credential.ended':
        this.#endCredential(signal.personId, signal.credentialId)
        break
      case 'saving.changed':
      case 'inbox.changed':
        break
    }
  }

  #rejudge(whom: (connection: Connection) => boolean): void {
    for (const connection of this.#connections) if (whom(connection)) connection.rejudge()
  }

  #endCredential(personId: string, credentialId: string | undefined): void {
    for (const connection of this.#connections) {
      const { principal } = connection
      // It is being judged, perhaps by what was so before: it is judged once more.
      if (principal === null) connection.rejudge()
      else if (
        principal.personId === personId &&
        (credentialId === undefined || principal.credentialId === credentialId)
      ) {
        connection.end('unauthenticated')
      }
    }
  }

  #tick(): void {
    const { timers, limits } = this.#parts
    this.#stopTicking = timers.after(tickMs, () => this.#tick())
    if (timers.elapsed() - this.#comparedAt >= limits.nodeCompareMs) {
      this.#comparedAt = timers.elapsed()
      this.#rooms.tellMarks()
    }
    this.#rooms.rest()
    for (const connection of this.#connections) connection.tick()
  }

  async #drain(): Promise<void> {
    const { timers, limits, log } = this.#parts
    this.#unsubscribe()
    this.#stopTicking()
    for (const connection of this.#connections) connection.quiesce()
    await within(timers, limits.drainMs, this.#committer.settled())
    for (const connection of [...this.#connections]) connection.end('restarting')
    const { queuedUpdates } = this.#committer.stats()
    if (queuedUpdates > 0) {
      log.error({ queuedUpdates }, 'Updates could not be committed before the end; browsers keep them.')
    } else {
      await within(timers, goodbyeMs, this.#updatedAt.flush())
      await within(
        timers,
        goodbyeMs,
        this.#parts.store.end().catch(() => {}),
      )
    }
    const lateAt = timers.elapsed() + goodbyeMs
    while (this.#sockets.size > 0 && timers.elapsed() < lateAt) {
      await this.#goodbyes.next(timers, lateAt - timers.elapsed())
    }
    for (const socket of this.#sockets) socket.terminate()
  }
}

/** Waits for something, but not longer than `ms`. */
async function within(timers: Timers, ms: number, done: Promise<void>): Promise<void> {
  let stop = () => {}
  const late = new Promise<void>((resolve) => {
    stop = timers.after(ms, resolve)
  })
  await Promise.race([done, late])
  stop()
}
