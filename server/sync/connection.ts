import type { Logger } from 'pino'
import { type ErrorCode, errorEntry, PublicError } from '../../lib/errors'
import type { DocumentId, PersonId } from '../../lib/id'
import { type Capability, encodeAwareness, encodeLive, type RefusalCode } from '../../lib/sync/message'
import type { PresenceUser } from '../../lib/sync/presence-state'
import type { Access } from '../access/resolve'
import type { Principal } from '../auth/authenticate'
import type { Timers } from '../timers'
import type { ConnectRequest } from './connect-request'
import type { LiveState as Live, ConnectionState as State } from './connection-state'
import { Delivery } from './delivery'
import { Exchange, type ExchangeHost } from './exchange'
import { Frame } from './frame'
import type { Judge } from './judge'
import type { SyncLimits } from './limits'
import type { Member } from './member'
import type { Offenders } from './offenders'
import type { Room } from './room'
import type { Rooms } from './rooms'
import type { Socket, SocketListener } from './socket'
import type { ThrottleRates } from './throttle'

/** What all connections of a server share. */
export interface ConnectionParts {
  readonly judge: Judge
  readonly rooms: Rooms
  readonly limits: SyncLimits
  readonly timers: Timers
  readonly rates: ThrottleRates
  readonly offenders: Offenders
  readonly log: Logger
  readonly schemaVersion: number
  /** Whether one more socket of this person fits into this document. */
  readonly mayEnter: (documentId: DocumentId, personId: PersonId) => boolean
  readonly isFull: () => boolean
  readonly isSavingPaused: () => boolean
  readonly onRefused: (code: RefusalCode) => void
  /** What somebody showed opened nothing. @param address where they came from. */
  readonly onUnauthenticated: (address: string) => void
  /** It has left its document; its socket may still be saying goodbye. */
  readonly onEnd: (connection: Connection) => void
  readonly onClosed: (socket: Socket) => void
}

/** How often `tick` is called, in ms. */
export const tickMs = 1_000

const ended: State = { kind: 'ended' }
const nothing = () => {}

const keepAlive = new Frame(encodeAwareness([]))

/** One socket at one document, from the upgrade to its end: who it is, and whether it may still be here. */
export class Connection implements ExchangeHost, SocketListener {
  readonly delivery: Delivery<Member>
  /** Null: what it asked for can be no document. */
  readonly documentId: DocumentId | null
  readonly capabilities: ReadonlySet<Capability>
  readonly #socket: Socket
  readonly #parts: ConnectionParts
  #state: State
  /** When it last gave a sign of life, and was last asked for one, by `Timers.elapsed`. */
  #heardAt: number
  #pingedAt: number
  /** Once it was closed: stops waiting for the other side's goodbye. */
  #stopGoodbye = nothing

  /** @param socket open; its listener must be this connection from the same turn on. */
  constructor(socket: Socket, request: ConnectRequest, parts: ConnectionParts) {
    this.#socket = socket
    // No more of the request: it holds secrets, and long texts that nobody needs once it is judged.
    this.documentId = request.documentId
    this.capabilities = request.capabilities
    this.#parts = parts
    const { limits, timers } = parts
    this.delivery = new Delivery(socket, limits, timers.elapsed)
    this.#heardAt = timers.elapsed()
    this.#pingedAt = timers.elapsed()
    const stopDeadline = timers.after(limits.judgeMs, () => this.end('timeout'))
    this.#state = { kind: 'waiting', frames: [], stopDeadline, principal: null, isBad: false, isStale: false }
    // Before it is known who this is, hardly anything is read: no memory for nobody.
    socket.limitReading(limits.waitingBytes)
  }

  /** Judges it and brings it into its document. Never rejects. */
  async start(request: ConnectRequest): Promise<void> {
    const { judge, rooms, schemaVersion, mayEnter, onUnauthenticated, log } = this.#parts
    const { documentId, shown, personId, schemaVersion: theirs, address } = request
    // First of all: a page with another schema deletes from the document what it cannot build.
    if (theirs !== null && theirs !== schemaVersion) {
      this.end('outdated')
      return
    }
    try {
      const admission = await judge.admit(shown, documentId, personId)
      if (admission.kind === 'turned_away') {
        // Also of somebody who did not wait for the answer.
        if (admission.code === 'unauthenticated') onUnauthenticated(address)
        this.end(admission.code)
        return
      }
      if (this.#state.kind !== 'waiting') return
      const { principal, access } = admission
      if (!mayEnter(access.documentId, principal.personId)) {
        this.end('overloaded')
        return
      }
      this.#state.principal = principal
      if (this.#state.isBad) {
        this.badFrame()
        return
      }
      await rooms.enter(access.documentId, (room) => this.#enter(room, principal, access))
    } catch (error) {
      if (!(error instanceof PublicError)) log.error({ err: error, documentId }, 'A socket was not judged.')
      this.end('unavailable')
    }
  }

  // -- who it is -------------------------------------------------------------------------------------------

  /** Null until it is judged, and after its end. */
  get principal(): Principal | null {
    return this.#state.kind === 'ended' ? null : this.#state.principal
  }

  get personId(): PersonId {
    return this.#live.principal.personId
  }

  get user(): PresenceUser {
    return this.#live.principal.person
  }

  get mayWrite(): boolean {
    return this.#parts.judge.mayWrite(this.#live.access)
  }

  get writeEpoch(): bigint {
    return this.#live.access.writeEpoch
  }

  get hearsLive(): boolean {
    return this.capabilities.has('live')
  }

  committed(position: number): void {
    this.#live.exchange.committed(position)
  }

  // -- the socket ------------------------------------------------------------------------------------------

  message(data: Uint8Array): void {
    this.alive()
    const state = this.#state
    switch (state.kind) {
      case 'waiting':
        state.frames.push(data)
        if (state.frames.length > this.#parts.limits.waitingFrames) this.end('rate_limited')
        break
      case 'live':
        this.safely(() => state.exchange.read(data))
        break
      case 'ended':
        break
    }
  }

  /** Whatever one socket sends, a fault of ours in handling it ends that socket alone. */
  safely(read: () => void): void {
    try {
      read()
    } catch (error) {
      this.#parts.log.error({ err: error, documentId: this.documentId }, 'A message could not be handled.')
      this.end('internal')
    }
  }

  badFrame(): void {
    const state = this.#state
    if (state.kind === 'ended') return
    const { documentId } = this
    if (state.kind === 'waiting') state.isBad = true
    if (state.principal === null || documentId === null) return
    const { personId } = state.principal
    const isRepeated = this.#parts.offenders.badFrame({ documentId, personId })
    this.end(isRepeated ? 'invalid' : 'bad_frame')
  }

  tooLarge(): void {
    if (this.#state.kind === 'live') this.#state.exchange.tooLarge()
    else this.end('too_large')
  }

  tooMuch(): void {
    this.end('rate_limited')
  }

  control(data: Uint8Array): void {
    this.alive()
    const state = this.#state
    if (state.kind === 'live') this.safely(() => state.exchange.control(data))
  }

  /** Something was heard of it. */
  alive(): void {
    this.#heardAt = this.#parts.timers.elapsed()
  }

  drained(): void {
    if (this.#state.kind === 'live') this.delivery.drained()
  }

  closed(): void {
    this.#stopGoodbye()
    this.#leave()
    this.#parts.onClosed(this.#socket)
  }

  // -- its end ---------------------------------------------------------------------------------------------

  /** Closes the socket with the code's close code, and ignores whatever still comes. */
  end(code: ErrorCode): void {
    if (this.#state.kind === 'ended') return
    const { timers, limits, log } = this.#parts
    const { documentId, principal } = this
    // When the server stops, everybody is closed, which is said once and elsewhere.
    if (code !== 'restarting')
      log.info({ code, documentId, personId: principal?.personId }, 'A socket was closed.')
    this.#leave()
    this.#socket.close(errorEntry(code).close ?? 1011, code)
    this.#stopGoodbye = timers.after(limits.goodbyeMs, () => this.#socket.terminate())
  }

  /** Takes nothing more, and stays to be told what was saved. */
  quiesce(): void {
    if (this.#state.kind === 'live') this.#state.exchange.stop()
    else this.end('restarting')
  }

  #leave(): void {
    const state = this.#state
    switch (state.kind) {
      case 'waiting':
        state.stopDeadline()
        break
      case 'live':
        state.exchange.stop()
        this.#parts.rooms.leave(state.room, this)
        break
      case 'ended':
        return
    }
    // Last: a room asks its members who they are until they have left it.
    this.#state = ended
    this.#parts.onEnd(this)
  }

  // -- what time does --------------------------------------------------------------------------------------

  /** Called every `tickMs`. */
  tick(): void {
    const { limits, timers } = this.#parts
    const state = this.#state
    if (state.kind !== 'live') return
    const now = timers.elapsed()
    // What we do not read, its signs of life among it, says nothing about it.
    if (state.exchange.isPaused) this.alive()
    if (now - this.#heardAt >= limits.deadMs) {
      this.#leave()
      this.#socket.terminate()
      return
    }
    if (this.delivery.isTooSlow()) {
      this.end('unavailable')
      return
    }
    if (now - this.#pingedAt >= limits.keepAliveMs) {
      this.#pingedAt = now
      this.#socket.ping()
    }
    // Browsers do not show pings to pages, and stock clients count messages alone.
    if (now - this.delivery.sentAt >= limits.keepAliveMs - tickMs) this.delivery.send(keepAlive)
    const isExpired = state.expiresAt !== null && state.expiresAt <= timers.now()
    if (isExpired || now - state.judgedAt >= limits.rejudgeMs) this.rejudge()
  }

  /** Asks the judge again: something may have changed about who may be here. */
  rejudge(): void {
    const state = this.#state
    if (state.kind === 'waiting') state.isStale = true
    if (state.kind !== 'live') return
    if (state.judging === 'no') void this.#judgeAgain(state)
    else state.judging = 'yes, and once more'
  }

  async #judgeAgain(state: Live): Promise<void> {
    const { judge, timers, limits, log } = this.#parts
    do {
      state.judging = 'yes'
      // Counted from the asking: what changes while the answer is on its way is asked for once more.
      state.judgedAt = timers.elapsed()
      try {
        const standing = await judge.again(state.principal, state.access)
        if (this.#state !== state) return
        switch (standing.kind) {
          case 'stands':
            state.access = standing.access
            state.expiresAt = standing.expiresAt
            break
          case 'changed':
            this.end('access_changed')
            return
          case 'credential_ended':
            this.end('unauthenticated')
            return
          case 'access_ended':
            this.end('forbidden')
            return
        }
      } catch (error) {
        if (this.#state !== state) return
        log.warn({ err: error, documentId: this.documentId }, 'The judge could not be asked; in a second.')
        // Until then the fence keeps out of the log what should not be there.
        state.judgedAt = timers.elapsed() - limits.rejudgeMs + tickMs
      }
    } while ((state.judging as Live['judging']) === 'yes, and once more')
    state.judging = 'no'
  }

  #enter(room: Room, principal: Principal, access: Access): void {
    const before = this.#state
    // Gone while the document was loaded.
    if (before.kind !== 'waiting') return
    before.stopDeadline()
    this.#socket.limitReading(null)
    const { timers, isSavingPaused } = this.#parts
    const { documentId } = room
    const { frames, isStale } = before
    const exchange = new Exchange(this, room, this.#socket, this.#parts)
    this.#state = {
      kind: 'live',
      room,
      exchange,
      principal,
      access,
      expiresAt: principal.expiresAt,
      judgedAt: timers.elapsed(),
      judging: 'no',
    }
    room.join(this)
    if (this.hearsLive && isSavingPaused()) {
      const event = { type: 'saving.changed', documentId, paused: true } as const
      this.delivery.send(new Frame(encodeLive(event)))
    }
    this.safely(() => exchange.begin(frames))
    if (isStale) this.rejudge()
  }

  gapped(): void {
    const { documentId, personId } = this
    this.#parts.log.info({ documentId, personId }, 'A message that rests on what is not here was dropped.')
  }

  refused(code: RefusalCode, rule: string): void {
    const { log, offenders, onRefused } = this.#parts
    const { personId, documentId } = this
    log.warn({ documentId, personId, code, rule }, 'Refused.')
    // A client that is not told why comes back with the same.
    if (!this.capabilities.has('saved') && documentId !== null) offenders.refused({ documentId, personId })
    onRefused(code)
  }

  get #live(): Live {
    if (this.#state.kind !== 'live') throw new Error('A connection is a member only while it is live.')
    return this.#state
  }
}
