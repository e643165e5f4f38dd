import type { Logger } from 'pino'
import { type ErrorCode, PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import type { LiveEvent } from '../../lib/live'
import type { BodyShape } from '../../lib/sync/body-shape'
import type { Committer } from '../document/committer'
import { type FoldOutcome, type FoldRule, isDue, type OpenLog } from '../document/compact'
import { docOf, type LoggedUpdate } from '../document/update-log'
import type { Reach } from '../failpoint'
import type { Timers } from '../timers'
import { AtOnce } from './at-once'
import { Body } from './body'
import { Claims } from './claims'
import type { Compactor } from './compactor'
import type { SyncLimits } from './limits'
import type { Member } from './member'
import type { Relay, RelaySeat } from './relay'
import { Room } from './room'
import type { SyncStore } from './sync-store'

export interface RoomsParts {
  readonly store: Pick<SyncStore, 'recovery' | 'deadNodes' | 'read' | 'readAgain' | 'claims' | 'claim'>
  readonly committer: Committer
  readonly compactor: Compactor
  readonly relay: Relay
  readonly timers: Timers
  readonly limits: SyncLimits
  readonly shape: BodyShape
  readonly log: Logger
  readonly reach: Reach
  /** The fence of a room refused what waits; `refence.ts` decides. */
  readonly onFenced: (room: Room, giveUp: () => void) => void
  readonly onCommitted: (documentId: DocumentId, updates: readonly LoggedUpdate[]) => void
}

/**
 * What this process knows of one document. Loading, serving and forgetting never overlap: whoever comes while
 * a document is being forgotten waits until that is over and loads it anew. A slot is one generation: what
 * finishes late compares its slot with the one in the map, and does nothing when it has been replaced.
 */
type Slot =
  | { readonly kind: 'loading'; readonly room: Promise<Room> }
  | {
      readonly kind: 'open'
      readonly room: Room
      /** Stops the wait before it is forgotten; null: somebody is here. */
      stopIdle: (() => void) | null
      /** As far as this process knows: other nodes write to it as well. */
      log: OpenLog
    }
  | { readonly kind: 'closing'; readonly done: Promise<void> }
  /** A load failed; until then nobody tries again. */
  | { readonly kind: 'failed'; readonly until: number }

type OpenSlot = Extract<Slot, { kind: 'open' }>

/** Bodies that are read again at the same time: each holds a connection of the pool, and the thread for a while. */
const maxRereading = 4

/** Why a room is given up, as its members are told. */
const endCode = { fenced: 'access_changed', rejected: 'unavailable', broken: 'unavailable' } as const

/** How long one call of `rest` may hold everybody else: encoding a body of 1 MB takes 16 ms. */
const restMs = 5

export interface RoomsStats {
  readonly rooms: number
  /** Open, with a Y.Doc; and open, with the bytes alone. */
  readonly roomsHot: number
  readonly roomsWarm: number
  readonly loads: number
  readonly loadFailures: number
  readonly bodiesFellBack: number
  readonly givenUp: number
}

/** All documents that are open in this process. */
export class Rooms {
  readonly #parts: RoomsParts
  readonly #slots = new Map<DocumentId, Slot>()
  /** When Redis or the database is back, every open document is read again: not all of them before everything else. */
  readonly #rereading = new AtOnce(maxRereading)
  #loads = 0
  #loadFailures = 0
  #fellBack = 0
  #givenUp = 0

  constructor(parts: RoomsParts) {
    this.#parts = parts
  }

  stats(): RoomsStats {
    let roomsHot = 0
    let roomsWarm = 0
    for (const slot of this.#slots.values()) {
      if (slot.kind !== 'open') continue
      if (slot.room.isHot) roomsHot += 1
      else roomsWarm += 1
    }
    return {
      rooms: this.#slots.size,
      roomsHot,
      roomsWarm,
      loads: this.#loads,
      loadFailures: this.#loadFailures,
      bodiesFellBack: this.#fellBack,
      givenUp: this.#givenUp,
    }
  }

  /** The room of a document that is open, or undefined. */
  find(documentId: DocumentId): Room | undefined {
    const slot = this.#slots.get(documentId)
    return slot?.kind === 'open' ? slot.room : undefined
  }

  /**
   * Brings a member into the room of a document, which is loaded when nobody else is there. `entered` is
   * called in the same turn in which the room is known to be open.
   *
   * @throws PublicError `unavailable`: it cannot be loaded; never an empty document in its place.
   */
  async enter(documentId: DocumentId, entered: (room: Room) => void): Promise<void> {
    for (;;) {
      const slot = this.#slots.get(documentId)
      switch (slot?.kind) {
        case 'open':
          slot.stopIdle?.()
          slot.stopIdle = null
          entered(slot.room)
          // Whoever asked may be gone by now, and nobody else will leave.
          this.#idle(slot)
          return
        case 'loading':
          await slot.room
          break
        case 'closing':
          await slot.done
          break
        case 'failed':
          if (this.#parts.timers.elapsed() < slot.until) throw new PublicError('unavailable')
          await this.#load(documentId)
          break
        case undefined:
          await this.#load(documentId)
      }
    }
  }

  leave(room: Room, member: Member): void {
    room.leave(member)
    const slot = this.#slots.get(room.documentId)
    if (slot?.kind === 'open' && slot.room === room) this.#idle(slot)
  }

  /** Something else has written to this document's log. */
  async catchUp(documentId: DocumentId): Promise<void> {
    await this.find(documentId)?.catchUp()
  }

  /** Something may have been written to any of them, and was not heard. */
  catchUpAll(): void {
    for (const slot of this.#slots.values()) if (slot.kind === 'open') void slot.room.catchUp()
  }

  /** Gives up in memory what nobody needs there, for a few milliseconds; the rest at the next call. */
  rest(): void {
    const { timers } = this.#parts
    const now = timers.elapsed()
    for (const slot of this.#slots.values()) {
      if (slot.kind !== 'open') continue
      slot.room.rest(now)
      if (timers.elapsed() - now >= restMs) return
    }
  }

  /** Lets other nodes find out what they have missed. */
  tellMarks(): void {
    for (const slot of this.#slots.values()) if (slot.kind === 'open') slot.room.tellMark()
  }

  tell(documentId: DocumentId, event: LiveEvent): void {
    this.find(documentId)?.tell(event)
  }

  tellAll(eventOf: (documentId: DocumentId) => LiveEvent): void {
    for (const [documentId, slot] of this.#slots)
      if (slot.kind === 'open') slot.room.tell(eventOf(documentId))
  }

  #load(documentId: DocumentId): Promise<Room> {
    const room = this.#read(documentId).catch((error: unknown) => {
      const { timers, limits, log } = this.#parts
      this.#loadFailures += 1
      log.error({ err: error, documentId }, 'A document could not be loaded.')
      this.#slots.set(documentId, { kind: 'failed', until: timers.elapsed() + limits.failedLoadMs })
      // Remembered for its time, not for ever.
      timers.after(limits.failedLoadMs, () => {
        if (this.#slots.get(documentId)?.kind === 'failed') this.#slots.delete(documentId)
      })
      throw new PublicError('unavailable', { cause: error })
    })
    this.#slots.set(documentId, { kind: 'loading', room })
    return room
  }

  async #read(documentId: DocumentId): Promise<Room> {
    const { committer, relay } = this.#parts
    if (committer.pressure !== 'none') throw new PublicError('unavailable', { detail: 'the queue is full' })
    this.#loads += 1
    // Before the log is read: what is committed elsewhere from here on is in the one or heard on the other.
    const seat = await relay.join(documentId)
    try {
      return await this.#readWith(seat, documentId)
    } catch (error) {
      seat.leave()
      throw error
    }
  }

  async #readWith(seat: RelaySeat, documentId: DocumentId): Promise<Room> {
    const { store, committer, relay, timers, limits, shape, log } = this.#parts
    // The recovery first: it marks runs that died, and what is read after it includes their last commits.
    const recovery = await store.recovery(documentId)
    const [body, known] = await Promise.all([store.read(documentId), store.claims(documentId)])
    if (body.fellBack) {
      this.#fellBack += 1
      log.error({ documentId }, 'A snapshot is damaged; the one before it and the log were used.')
    }
    const claims = new Claims({
      timers,
      known,
      read: () => store.claims(documentId),
      claim: (wanted) => store.claim(documentId, wanted),
      newIdsPerHour: limits.newIdsPerHour,
    })
    let slot: OpenSlot | null = null
    const isCurrent = () => slot !== null && this.#slots.get(documentId) === slot
    const room: Room = new Room({
      documentId,
      body: new Body(docOf(body), limits),
      isDamaged: body.fellBack,
      claims,
      recovery,
      readStanding: async () => ({
        recovery: await store.recovery(documentId),
        deadNodes: relay.isShared ? await store.deadNodes() : [],
      }),
      seat,
      isShared: relay.isShared,
      shape,
      limits,
      timers,
      committer,
      readLog: (has) => this.#rereading.run(() => store.readAgain(documentId, has)),
      onCommitted: (updates) => slot && this.#committed(slot, updates),
      onLost: (reason, cause) => {
        if (cause !== undefined) log.error({ err: cause, documentId }, 'An update could not be handled.')
        if (isCurrent()) this.#giveUp(room, reason)
      },
      onFenced: () => {
        if (isCurrent()) this.#parts.onFenced(room, () => isCurrent() && this.#giveUp(room, 'fenced'))
      },
    })
    const open = {
      updates: body.openSeqs.length,
      bytes: body.openBytes,
      baseBytes: body.snapshotBytes,
    }
    slot = { kind: 'open', room, stopIdle: null, log: open }
    this.#slots.set(documentId, slot)
    room.hearOthers()
    // Once more of the kind, and the whole history would have to be read: a good one is made at once.
    if (body.fellBack) this.#fold(slot, { minUpdates: 0 })
    // Whoever asked may be gone by the time it is here.
    this.#idle(slot)
    return room
  }

  #committed(slot: OpenSlot, updates: readonly LoggedUpdate[]): void {
    const { onCommitted } = this.#parts
    const { documentId } = slot.room
    onCommitted(documentId, updates)
    const bytes = updates.reduce((sum, { data }) => sum + data.length, 0)
    slot.log = withMore(slot.log, updates.length, bytes)
    const rule = this.#rule
    if (isDue(slot.log, rule)) this.#fold(slot, rule)
  }

  #fold(slot: OpenSlot, rule: FoldRule): void {
    const asked = slot.log
    void this.#parts.compactor.fold(slot.room.documentId, rule, (outcome) => folded(slot, asked, outcome))
  }

  get #rule(): FoldRule {
    const { compactUpdates, compactBytes, compactBaseShare } = this.#parts.limits
    return { minUpdates: compactUpdates, minBytes: compactBytes, minBaseShare: compactBaseShare }
  }

  /** Forgets it after a while, unless somebody is there. */
  #idle(slot: OpenSlot): void {
    slot.stopIdle?.()
    slot.stopIdle = null
    if (slot.room.members.size > 0) return
    const { timers, limits, compactor, reach } = this.#parts
    slot.stopIdle = timers.after(limits.unloadMs, () => {
      slot.stopIdle = null
      // It was given up, and another generation may stand in its place.
      if (this.#slots.get(slot.room.documentId) !== slot || slot.room.members.size > 0) return
      // Nothing leaves before its last commit.
      if (slot.room.queue.updates > 0) return this.#idle(slot)
      this.#close(slot.room, async () => {
        await slot.room.queue.finish()
        await reach('unload: finished')
        const rule = { ...this.#rule, minUpdates: limits.compactOnUnloadUpdates }
        // Not waited for: it reads the database alone, and whoever comes back is let in.
        void compactor.fold(slot.room.documentId, rule).then(() => reach('unload: folded'))
      })
    })
  }

  /**
   * Ends a room whose memory is not what the log will be. Everybody comes back, is judged anew, and brings
   * what was theirs and is not stored.
   */
  #giveUp(room: Room, reason: keyof typeof endCode): void {
    this.#givenUp += 1
    this.#parts.log.warn({ documentId: room.documentId, reason }, 'A room was given up and is loaded again.')
    const members = [...room.members]
    // What was taken before memory broke was judged, and is stored; what the database refuses is kept aside.
    this.#close(room, () => (reason === 'broken' ? room.queue.finish() : room.queue.setAside(reason)))
    for (const member of members) member.end(endCode[reason] satisfies ErrorCode)
  }

  #close(room: Room, finish: () => Promise<void>): void {
    const { documentId } = room
    const done = finish().finally(() => {
      if (this.#slots.get(documentId) === slot) this.#slots.delete(documentId)
    })
    const slot: Slot = { kind: 'closing', done }
    this.#slots.set(documentId, slot)
    room.close()
  }
}

const withMore = (
  { updates, bytes, baseBytes }: OpenLog,
  moreUpdates: number,
  moreBytes: number,
): OpenLog => ({
  updates: Math.max(0, updates + moreUpdates),
  bytes: Math.max(0, bytes + moreBytes),
  baseBytes,
})

/** @param asked what was known of the log when this was asked for. */
function folded(slot: OpenSlot, asked: OpenLog, outcome: FoldOutcome): void {
  // What was committed since may not have been there yet when the log was looked at: rather counted twice than lost.
  if (outcome.kind === 'not_due') {
    const { updates, bytes } = slot.log
    slot.log = withMore(outcome.open, updates - asked.updates, bytes - asked.bytes)
  }
  if (outcome.kind !== 'folded') return
  if (outcome.fellBack) slot.room.foundDamage()
  // What was committed meanwhile is open still.
  const { updates, bytes, baseBytes } = outcome.folded
  slot.log = { ...withMore(slot.log, -updates, -bytes), baseBytes }
}
