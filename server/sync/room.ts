import * as Y from 'yjs'
import type { ErrorCode } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import type { LiveEvent } from '../../lib/live'
import type { BodyShape } from '../../lib/sync/body-shape'
import { guardUpdate } from '../../lib/sync/guard'
import { type AwarenessEntry, encodeLive, encodeUpdate, type RefusalCode } from '../../lib/sync/message'
import { judgeOwnership, type Owner, type Recovery } from '../../lib/sync/ownership'
import type { Committer } from '../document/committer'
import type { DocumentQueue } from '../document/document-queue'
import type { LoggedUpdate } from '../document/update-log'
import type { Timers } from '../timers'
import { Body, isStateVector } from './body'
import type { Claims } from './claims'
import type { Delivery, DeliverySource } from './delivery'
import { Frame } from './frame'
import type { SyncLimits } from './limits'
import { Presence, type PresenceMember } from './presence'
import { SendBatch } from './send-batch'
import { Waiters } from './waiters'

/** What a room needs of a connection. */
export interface Member extends PresenceMember {
  /** The fence under which what it writes is accepted. */
  readonly writeEpoch: bigint
  readonly hearsLive: boolean
  readonly delivery: Delivery<Member>
  /** Everything up to this position is committed. */
  committed(position: number): void
  /** Ends the connection. */
  end(code: ErrorCode): void
}

/** An update message that is being presented, perhaps more than once. */
export interface Presented {
  readonly message: 'update' | 'step2'
  readonly update: Uint8Array
  /** When it came, by `Timers.elapsed`. */
  readonly since: number
  /** The log was read for it: what is foreign now was not in it. */
  logRead: boolean
}

export type Receipt =
  /** Applied, passed on, and on its way to the log; `position` is where it stands there. */
  | { readonly kind: 'taken'; readonly position: number }
  /** Everything in it is here already, at `position` or before. */
  | { readonly kind: 'nothing_new'; readonly position: number }
  | { readonly kind: 'gap' }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly rule: string }
  /** Present it again then; nothing else of this connection may come before it. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** It cannot be decided now: the connection should come again later. */
  | { readonly kind: 'later' }

export interface RoomParts {
  readonly documentId: DocumentId
  readonly doc: Y.Doc
  readonly claims: Claims
  readonly recovery: Recovery | null
  readonly shape: BodyShape
  readonly limits: SyncLimits
  readonly timers: Timers
  readonly committer: Committer
  /** Reads the body from the log again. */
  readonly readLog: () => Promise<Uint8Array>
  /** So many more updates are committed. */
  readonly onCommitted: (count: number) => void
  /** What is in memory cannot be stored: the room must be given up and loaded again. */
  readonly onLost: (reason: 'fenced' | 'rejected' | 'broken', cause?: unknown) => void
  /** The fence has risen since what waits was accepted: it must be judged anew. */
  readonly onFenced: () => void
}

/**
 * One document that is open: judging, merging and passing on what its members write, in one synchronous step
 * for each message, so that nothing overtakes anything. What is decided elsewhere: who may be here
 * (`connection.ts`), when it is loaded and forgotten (`rooms.ts`), when text is on disk (`committer.ts`).
 */
export class Room {
  readonly documentId: DocumentId
  readonly queue: DocumentQueue
  readonly #parts: RoomParts
  readonly #body: Body
  readonly #members = new Set<Member>()
  readonly #presence: Presence<Member>
  readonly #batch: SendBatch<Member>
  /** One for all members. */
  readonly #source: DeliverySource<Member> = {
    diff: (stateVector) => new Frame(encodeUpdate(Y.encodeStateAsUpdate(this.doc, stateVector))),
    answer: (stateVector) => this.#body.answer(stateVector),
    roster: (member) => this.#presence.roster(member),
  }
  /** Members whose step 2 was taken: what they have, they have shown. */
  readonly #heard = new WeakSet<Member>()
  readonly #changes = new Waiters()
  /** Who waits to hear that something is saved, and where the last of it stands: of fifty most only read. */
  readonly #unsaved = new Map<Member, number>()
  #position = 0
  #committed = 0
  #isClosed = false

  constructor(parts: RoomParts) {
    this.#parts = parts
    this.documentId = parts.documentId
    const { timers, limits } = parts
    this.#body = new Body(parts.doc, limits)
    this.queue = parts.committer.open(parts.documentId, {
      committed: (count) => this.#onCommitted(count),
      fenced: () => parts.onFenced(),
      rejected: () => parts.onLost('rejected'),
    })
    this.#presence = new Presence<Member>({
      timers,
      limits,
      mayBind: (id, member) => isOwnOrFree(parts.claims.ownerOf(id), member),
      onBind: (id, member) => {
        const free = parts.claims.ownerOf(id).kind === 'nobody'
        if (free && member.mayWrite && parts.claims.mayBring([id], member.personId)) {
          void parts.claims.claim([id], member.personId)
        }
      },
      send: (frame, member) => member.delivery.presence(frame),
    })
    this.#batch = new SendBatch<Member>({
      timers,
      everyMs: limits.batchMs,
      send: (updates, sender) => this.#broadcast(updates, sender),
    })
  }

  get members(): ReadonlySet<Member> {
    return this.#members
  }

  /** The document itself, for tests and tools; whoever changes it breaks the room. */
  get doc(): Y.Doc {
    return this.#parts.doc
  }

  join(member: Member): void {
    this.#members.add(member)
    this.#presence.join(member)
    member.delivery.attach(this.#source, member)
  }

  leave(member: Member): void {
    this.#members.delete(member)
    this.#unsaved.delete(member)
    this.#presence.leave(member)
    this.#changes.wake()
  }

  /** Asks a member for everything that is not here. */
  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc)
  }

  /** Answers a step 1. @returns false for a state vector that is none. */
  answerStep1(member: Member, stateVector: Uint8Array): boolean {
    if (!isStateVector(stateVector)) return false
    member.delivery.answer(stateVector)
    return true
  }

  receivePresence(member: Member, entries: readonly AwarenessEntry[]): 'own' | 'echo' {
    return this.#presence.receive(member, entries)
  }

  sendRoster(member: Member): void {
    const roster = this.#presence.roster(member)
    if (roster) member.delivery.presence(roster)
  }

  tell(event: LiveEvent): void {
    const frame = new Frame(encodeLive(event))
    for (const member of this.#members) if (member.hearsLive) member.delivery.send(frame)
  }

  /** Judges an update message and, when it may be, takes it. */
  receive(member: Member, presented: Presented): Receipt {
    try {
      return this.#receive(member, presented)
    } catch (error) {
      // A fault of ours must not end the process, nor leave memory and log apart.
      this.#parts.onLost('broken', error)
      return { kind: 'later' }
    }
  }

  #receive(member: Member, presented: Presented): Receipt {
    const { message, update } = presented
    if (!member.mayWrite && update.length > this.#parts.limits.maxReaderUpdateBytes) {
      return { kind: 'refused', code: 'read_only', rule: 'size' }
    }
    const verdict = guardUpdate({ doc: this.doc, update, shape: this.#parts.shape })
    switch (verdict.kind) {
      case 'invalid':
        return { kind: 'refused', code: 'invalid', rule: verdict.rule }
      case 'gap':
        // Somebody who may not write has nothing to fill it with.
        return member.mayWrite ? { kind: 'gap' } : { kind: 'refused', code: 'read_only', rule: 'gap' }
      case 'nothing_new':
        if (message === 'step2') this.#hear(member)
        this.#unsaved.set(member, this.#position)
        return { kind: 'nothing_new', position: this.#position }
      case 'take':
        break
    }
    if (!member.mayWrite) return { kind: 'refused', code: 'read_only', rule: 'role' }
    if (this.#body.bytes + update.length > this.#parts.limits.maxBodyBytes) {
      return { kind: 'refused', code: 'too_large', rule: 'body' }
    }
    const { claims, recovery, timers } = this.#parts
    const ownership = judgeOwnership({
      fresh: verdict.fresh,
      message,
      personId: member.personId,
      ownerOf: (id) => this.#ownerOf(id, member),
      isAnnounced: (id) => this.#isAnnouncedByOther(id, member),
      recovery,
      now: timers.now(),
    })
    switch (ownership.kind) {
      case 'not_yours':
        if (message === 'update' || presented.logRead) {
          return { kind: 'refused', code: 'not_yours', rule: 'client id' }
        }
        // The log may have it: another process, or a route, has written there.
        presented.logRead = true
        return { kind: 'hold', until: this.catchUp() }
      case 'wait':
        return this.#waitForOwners(presented, ownership.foreign)
      case 'own':
      case 'relayed':
        break
    }
    if (ownership.unclaimed.length > 0) {
      if (!claims.mayBring(ownership.unclaimed, member.personId)) {
        return { kind: 'refused', code: 'invalid', rule: 'too many ids' }
      }
      // Until the database says whose they are, this is text that is not saved, like any in the queue.
      const ended = this.#parts.committer.hold()
      return { kind: 'hold', until: claims.claim(ownership.unclaimed, member.personId).finally(ended) }
    }
    const foreign = ownership.kind === 'relayed' ? ownership.foreign[0] : undefined
    return this.#take(member, presented, {
      exact: verdict.exact,
      clientId: foreign ?? verdict.fresh[0]?.client ?? 0,
      isRelayed: foreign !== undefined,
    })
  }

  /** Reads what others have written to the log. Its members get it like any edit; it is not written again. */
  async catchUp(): Promise<void> {
    let stored: Uint8Array
    try {
      stored = await this.#parts.readLog()
    } catch {
      // The database is away, or the body damaged: what is in memory stays as good as it was.
      return
    }
    if (this.#isClosed) return
    const applied = this.#apply(stored, 'what is new')
    if (applied === null) return this.#parts.onLost('broken')
    if (applied.length === 0) return
    this.#body.push(applied)
    this.#batch.add(applied, null)
  }

  /** Ends it: nothing is sent or taken any more. Its queue is the caller's to close or to set aside. */
  close(): void {
    this.#isClosed = true
    this.#batch.stop()
    this.#presence.stop()
    this.#parts.claims.stop()
    this.#changes.wake()
    this.doc.destroy()
  }

  #take(
    member: Member,
    { message, update }: Presented,
    how: { exact: boolean; clientId: number; isRelayed: boolean },
  ): Receipt {
    // What repeats something is cut down to what it adds: a step 2 lists every deletion since the beginning.
    const isNews = how.exact && message === 'update'
    const applied = this.#apply(update, isNews ? 'nothing' : 'what is new')
    if (applied === null) {
      this.#parts.onLost('broken')
      return { kind: 'later' }
    }
    // Copied: the bytes of a small message are a view of a whole read buffer, which they would keep.
    const data = isNews ? new Uint8Array(update) : applied
    const author = this.#parts.claims.ownerOf(how.clientId)
    const logged: LoggedUpdate = {
      documentId: this.documentId,
      personId: how.isRelayed && author.kind === 'person' ? author.personId : member.personId,
      relayedBy: how.isRelayed ? member.personId : null,
      clientId: how.clientId,
      writeEpoch: member.writeEpoch,
      data,
    }
    this.#position += 1
    this.#unsaved.set(member, this.#position)
    this.#body.push(data)
    this.#batch.add(data, member)
    this.queue.append(logged)
    if (message === 'step2') this.#hear(member)
    return { kind: 'taken', position: this.#position }
  }

  /**
   * Applies what the guard let pass.
   *
   * @param answer what to encode of it.
   * @returns null when yjs could not apply it whole, which the guard should have seen: what is in memory is
   *   not what was judged, and the room must be loaded again.
   */
  #apply(update: Uint8Array, answer: 'nothing' | 'what is new'): Uint8Array | null {
    // More than one: where marks meet, yjs tidies up in a transaction of its own.
    const added: Uint8Array[] = []
    const keep = (bytes: Uint8Array) => added.push(bytes)
    // yjs encodes what a transaction added only while somebody listens.
    if (answer === 'what is new') this.doc.on('update', keep)
    try {
      Y.applyUpdate(this.doc, update)
    } catch {
      return null
    } finally {
      this.doc.off('update', keep)
    }
    const { pendingStructs, pendingDs } = this.doc.store
    if (pendingStructs !== null || pendingDs !== null) return null
    return added.length === 0 ? nothing : Y.mergeUpdates(added)
  }

  #ownerOf(id: number, member: Member): Owner {
    const owner = this.#parts.claims.ownerOf(id)
    // An id that somebody else's page announces is theirs already; only the database does not know yet.
    return owner.kind === 'nobody' && this.#isAnnouncedByOther(id, member)
      ? { kind: 'person', personId: (this.#presence.holderOf(id) as Member).personId, claimedAt: Infinity }
      : owner
  }

  #isAnnouncedByOther(id: number, member: Member): boolean {
    const holder = this.#presence.holderOf(id)
    return holder !== undefined && holder.personId !== member.personId
  }

  /** Their own page is here: it has everything that is theirs, and brings it with its own step 2. */
  #waitForOwners({ since }: Presented, foreign: readonly number[]): Receipt {
    const leftMs = since + this.#parts.limits.ownerWaitMs - this.#parts.timers.elapsed()
    if (leftMs > 0) return { kind: 'hold', until: this.#changes.next(this.#parts.timers, leftMs) }
    const silent = foreign.some((id) => {
      const holder = this.#presence.holderOf(id)
      return holder !== undefined && !this.#heard.has(holder)
    })
    return silent ? { kind: 'later' } : { kind: 'refused', code: 'not_yours', rule: 'owner is here' }
  }

  #hear(member: Member): void {
    this.#heard.add(member)
    this.#changes.wake()
  }

  #broadcast(updates: readonly Uint8Array[], sender: Member | null): void {
    const frames = updates.map((update) => new Frame(encodeUpdate(update)))
    let stateVector: Uint8Array | null = null
    for (const member of this.#members) {
      if (member === sender) continue
      for (const frame of frames) member.delivery.update(frame)
      member.delivery.afterUpdates(() => {
        stateVector ??= this.stateVector()
        return stateVector
      })
    }
  }

  #onCommitted(count: number): void {
    this.#committed += count
    for (const [member, position] of this.#unsaved) {
      member.committed(this.#committed)
      if (position <= this.#committed) this.#unsaved.delete(member)
    }
    this.#parts.onCommitted(count)
  }

  /** Everything up to here is committed. */
  get committed(): number {
    return this.#committed
  }
}

const nothing = new Uint8Array()

const isOwnOrFree = (owner: Owner, member: Member): boolean =>
  owner.kind === 'nobody' || (owner.kind === 'person' && owner.personId === member.personId)
