import type { DocumentId, PersonId } from '../../lib/id'
import type { LiveEvent } from '../../lib/live'
import type { BodyShape } from '../../lib/sync/body-shape'
import { guardUpdate, type Verdict } from '../../lib/sync/guard'
import { type AwarenessEntry, encodeLive, encodeUpdate } from '../../lib/sync/message'
import type { Owner, Recovery } from '../../lib/sync/ownership'
import type { Committer } from '../document/committer'
import type { DocumentQueue } from '../document/document-queue'
import type { LoggedUpdate } from '../document/update-log'
import type { Timers } from '../timers'
import { Authorship, type Standing } from './authorship'
import { type Body, isStateVector } from './body'
import type { Claims } from './claims'
import { Condition } from './condition'
import type { DeliverySource } from './delivery'
import { Frame } from './frame'
import type { SyncLimits } from './limits'
import type { Member } from './member'
import { OtherNodes } from './other-nodes'
import { Presence } from './presence'
import type { Presented, Receipt } from './receipt'
import type { RelaySeat } from './relay'
import { SendBatch } from './send-batch'

export interface RoomParts {
  readonly documentId: DocumentId
  readonly body: Body
  /** A damaged snapshot was passed over when it was read. */
  readonly isDamaged: boolean
  readonly claims: Claims
  /** As it was when the body was read, and how to ask again: another node may have died since. */
  readonly recovery: Recovery | null
  readonly readStanding: () => Promise<Standing>
  readonly seat: RelaySeat
  /** Other nodes may be serving this document as well. */
  readonly isShared: boolean
  readonly shape: BodyShape
  readonly limits: SyncLimits
  readonly timers: Timers
  readonly committer: Committer
  /** Reads from the log what is not in a state vector. */
  readonly readLog: (has: Uint8Array) => Promise<Uint8Array>
  readonly onCommitted: (updates: readonly LoggedUpdate[]) => void
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
  readonly #condition: Condition
  readonly #members = new Set<Member>()
  readonly #presence: Presence<Member>
  readonly #batch: SendBatch<Member>
  /** One for all members. */
  readonly #source: DeliverySource<Member> = {
    diff: (stateVector) => new Frame(encodeUpdate(this.#body.diff(stateVector))),
    answer: (stateVector) => this.#body.answer(stateVector),
    roster: (member) => this.#presence.roster(member),
  }
  /** Who waits to hear that something is saved, and where the last of it stands: of fifty most only read. */
  readonly #unsaved = new Map<Member, number>()
  readonly #authorship: Authorship
  readonly #others: OtherNodes
  /** The reading of the log that is under way, and the one that begins after it. */
  #reading: Promise<void> | null = null
  #readingNext: Promise<void> | null = null
  #position = 0
  #committed = 0
  #isClosed = false

  constructor(parts: RoomParts) {
    this.#parts = parts
    this.documentId = parts.documentId
    const { timers, limits, seat, body } = parts
    this.#body = body
    this.#condition = new Condition({
      ...parts,
      limitBytes: limits.maxBodyBytes,
      tell: (event) => this.tell(event),
    })
    this.#others = new OtherNodes(() => body.mark(), seat)
    this.queue = parts.committer.open(parts.documentId, {
      committed: (updates) => this.#onCommitted(updates),
      fenced: () => parts.onFenced(),
      rejected: () => parts.onLost('rejected'),
    })
    this.#presence = new Presence<Member>({
      timers,
      limits,
      mayBind: (id, { personId }) => isOwnOrFree(parts.claims.ownerOf(id), personId),
      onBind: (id, member) => this.#claimAnnounced(id, member),
      send: (frame, member) => member.delivery.presence(frame),
      tell: (states, how) => seat.presence(states, how),
    })
    this.#authorship = new Authorship({
      ...parts,
      presence: this.#presence,
      catchUp: () => this.catchUp(),
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

  get isHot(): boolean {
    return this.#body.isHot
  }

  /** To be called now and then, with `Timers.elapsed`: what nobody needs in memory is given up. */
  rest(now: number): void {
    this.#body.rest(now)
  }

  /** Hears other nodes from now on; what they said while it was loaded comes first. */
  hearOthers(): void {
    this.#parts.seat.listen({
      update: (update) => this.#takeRelayed(update),
      missed: () => void this.catchUp(),
      mark: (mark) => this.#others.differs(mark) && void this.catchUp(),
      presence: (node, states, how) => this.#presence.receiveFrom(node, states, how),
      asked: () => this.#presence.tellAll(),
      gone: (node) => this.#presence.forget(node),
    })
  }

  join(member: Member): void {
    this.#members.add(member)
    this.#presence.join(member)
    member.delivery.attach(this.#source, member)
    if (member.hearsLive && !this.#condition.isUsual) {
      member.delivery.send(new Frame(encodeLive(this.#condition.event)))
    }
  }

  leave(member: Member): void {
    this.#members.delete(member)
    this.#unsaved.delete(member)
    this.#presence.leave(member)
    this.#authorship.changed()
  }

  /** Asks a member for everything that is not here. */
  stateVector(): Uint8Array {
    return this.#body.stateVector()
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

  foundDamage(): void {
    this.#condition.foundDamage()
  }

  /** Tells other nodes what they must have of this document, should they have missed it. */
  tellMark(): void {
    this.#others.tellMark({ received: this.#position, committed: this.#committed })
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
    const verdict = this.#judge(update)
    switch (verdict.kind) {
      case 'invalid':
        return { kind: 'refused', code: 'invalid', rule: verdict.rule }
      case 'gap':
        // Somebody who may not write has nothing to fill it with.
        return member.mayWrite ? { kind: 'gap' } : { kind: 'refused', code: 'read_only', rule: 'gap' }
      case 'nothing_new':
        if (message === 'step2') this.#authorship.hear(member)
        this.#unsaved.set(member, this.#position)
        return { kind: 'nothing_new', position: this.#position }
      case 'take':
        break
    }
    if (!member.mayWrite) return { kind: 'refused', code: 'read_only', rule: 'role' }
    if (this.#condition.isFull) {
      return { kind: 'refused', code: 'too_large', rule: 'body' }
    }
    const authors = this.#authorship.judge(member, presented, verdict.fresh)
    if (authors.kind !== 'own' && authors.kind !== 'relayed') return authors
    if (authors.unclaimed.length > 0) {
      const { claims, committer } = this.#parts
      if (!claims.mayBring(authors.unclaimed, member.personId)) {
        return { kind: 'refused', code: 'invalid', rule: 'too many ids' }
      }
      // Until the database says whose they are, this is text that is not saved, like any in the queue.
      const ended = committer.hold()
      return { kind: 'hold', until: claims.claim(authors.unclaimed, member.personId).finally(ended) }
    }
    const foreign = authors.kind === 'relayed' ? authors.foreign[0] : undefined
    return this.#take(member, presented, {
      exact: verdict.exact,
      clientId: foreign ?? verdict.fresh[0]?.client ?? 0,
      isRelayed: foreign !== undefined,
    })
  }

  /**
   * Reads what others have written to the log. Its members get it like any edit; it is not written again.
   * Resolves when a reading that began after the call is done: however many ask meanwhile, there is one.
   */
  catchUp(): Promise<void> {
    if (this.#reading === null) {
      this.#reading = this.#readLog().finally(() => {
        this.#reading = null
      })
      return this.#reading
    }
    this.#readingNext ??= this.#reading.then(() => {
      this.#readingNext = null
      return this.catchUp()
    })
    return this.#readingNext
  }

  async #readLog(): Promise<void> {
    let stored: Uint8Array
    try {
      stored = await this.#parts.readLog(this.stateVector())
    } catch {
      // The database is away, or the body damaged: what is in memory stays as good as it was.
      this.#others.unread()
      return
    }
    if (!this.#isClosed) this.#takeStored(stored)
  }

  /** What another node has committed. @returns false when it rests on what is not here. */
  #takeRelayed(update: Uint8Array): boolean {
    if (this.#isClosed) return true
    // It was judged where it was written. Looked at is only whether it can be applied whole.
    const verdict = this.#judge(update)
    if (verdict.kind === 'nothing_new') return true
    if (verdict.kind !== 'take') return false
    this.#takeStored(update)
    return true
  }

  #judge(update: Uint8Array): Verdict {
    if (this.#body.isKnown(update)) return { kind: 'nothing_new' }
    return guardUpdate({ doc: this.#body.wake(), update, shape: this.#parts.shape })
  }

  #takeStored(stored: Uint8Array): void {
    if (this.#body.isKnown(stored)) return
    const applied = this.#body.apply(stored, 'what is new')
    if (applied === null) this.#parts.onLost('broken')
    if (applied === null || applied.length === 0) return
    this.#body.push(applied)
    this.#batch.add(applied, null)
    this.#condition.measure()
    // Somebody may wait for what it brought.
    this.#authorship.changed()
  }

  /** Ends it: nothing is sent or taken any more. Its queue is the caller's to close or to set aside. */
  close(): void {
    this.#isClosed = true
    this.#batch.stop()
    this.#presence.stop()
    this.#parts.seat.leave()
    this.#parts.claims.stop()
    this.#authorship.changed()
    this.#body.destroy()
  }

  #take(
    member: Member,
    { message, update }: Presented,
    how: { exact: boolean; clientId: number; isRelayed: boolean },
  ): Receipt {
    // What repeats something is cut down to what it adds: a step 2 lists every deletion since the beginning.
    const isNews = how.exact && message === 'update'
    const applied = this.#body.apply(update, isNews ? 'nothing' : 'what is new')
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
    this.#condition.measure()
    if (message === 'step2') this.#authorship.hear(member)
    return { kind: 'taken', position: this.#position }
  }

  /** An announced id is claimed at once, before its owner types: from here on it is known to everybody. */
  #claimAnnounced(id: number, member: Member): void {
    const { claims } = this.#parts
    const { personId, mayWrite } = member
    if (claims.ownerOf(id).kind !== 'nobody' || !mayWrite || !claims.mayBring([id], personId)) return
    void claims.claim([id], personId).then(() => {
      // It was claimed on another node in the same moment.
      if (!isOwnOrFree(claims.ownerOf(id), personId)) this.#presence.release(id, member)
    })
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

  #onCommitted(updates: readonly LoggedUpdate[]): void {
    this.#committed += updates.length
    const data = updates.map((update) => update.data)
    this.#others.committed(data, this.#committed)
    for (const [member, position] of this.#unsaved) {
      member.committed(this.#committed)
      if (position <= this.#committed) this.#unsaved.delete(member)
    }
    this.#parts.onCommitted(updates)
  }

  /** Everything up to here is committed. */
  get committed(): number {
    return this.#committed
  }
}

const isOwnOrFree = (owner: Owner, personId: PersonId): boolean =>
  owner.kind === 'nobody' || (owner.kind === 'person' && owner.personId === personId)
