import type { Clock } from '../../lib/time'
import type { Frame } from './frame'
import type { SyncLimits } from './limits'
import type { Socket } from './socket'

/** Where a socket that fell behind gets what it missed. */
export interface DeliverySource<Reader> {
  /** Everything that is not in a state vector, as one message. */
  diff(stateVector: Uint8Array): Frame
  /** The answer to a step 1. */
  answer(stateVector: Uint8Array): readonly Frame[]
  /** Everybody's presence for one of them; null: nobody else is there. */
  roster(reader: Reader): Frame | null
}

type Updates =
  /** It has not asked for the document yet: whatever it is sent before would be a gap. */
  | { readonly kind: 'not_asked' }
  | { readonly kind: 'flowing' }
  /** It reads too slowly: updates stop here, and later one diff from this state takes their place. */
  | { readonly kind: 'behind'; readonly stateVector: Uint8Array; readonly since: number }
  /** It asks for the document and does not read: answers would pile up, each as long as the document. */
  | { readonly kind: 'asking'; readonly stateVector: Uint8Array; readonly since: number }

/** The states without anything of their own are one object for all sockets. */
const notAsked: Updates = { kind: 'not_asked' }
const flowing: Updates = { kind: 'flowing' }

/**
 * What goes out to one socket, by how well it reads. Nothing is dropped without being made good later, and
 * nothing piles up: presence is held first, then updates, then the socket is given up.
 */
export class Delivery<Reader = unknown> {
  readonly #socket: Socket
  readonly #limits: SyncLimits
  readonly #elapsed: Clock
  #source: DeliverySource<Reader> | null = null
  #reader: Reader | null = null
  #updates = notAsked
  #isPresenceHeld = false
  /** Bytes of the latest answer to a step 1: a whole document may be longer than a slow socket's measure. */
  #answerBytes = 0
  #sentAt: number

  constructor(socket: Socket, limits: SyncLimits, elapsed: Clock) {
    this.#socket = socket
    this.#limits = limits
    this.#elapsed = elapsed
    this.#sentAt = elapsed()
  }

  /** When something was sent last, by `Timers.elapsed`. */
  get sentAt(): number {
    return this.#sentAt
  }

  /** @param source the same for all readers of a document. @param reader whose delivery this is. */
  attach(source: DeliverySource<Reader>, reader: Reader): void {
    this.#source = source
    this.#reader = reader
  }

  /** Sends what must arrive: answers, acknowledgements, refusals. */
  send(frame: Frame): void {
    this.#sentAt = this.#elapsed()
    this.#socket.send(frame)
  }

  /**
   * Answers a step 1: updates flow from here on. One that comes while much is unread is answered when it is
   * read, and of several the newest alone: what a client has then holds what it had before.
   */
  answer(stateVector: Uint8Array): void {
    if (this.#socket.unsentBytes > this.#limits.holdUpdatesBytes) {
      const since = 'since' in this.#updates ? this.#updates.since : this.#elapsed()
      this.#updates = { kind: 'asking', stateVector, since }
      return
    }
    this.#flow(this.#source?.answer(stateVector) ?? [])
  }

  update(frame: Frame): void {
    if (this.#updates.kind === 'flowing') this.send(frame)
  }

  /** After the last update of a batch. @param stateVector the document's, which holds that batch and no more. */
  afterUpdates(stateVector: () => Uint8Array): void {
    if (this.#updates.kind !== 'flowing') return
    if (this.#socket.unsentBytes <= this.#limits.holdUpdatesBytes) return
    this.#updates = { kind: 'behind', stateVector: stateVector(), since: this.#elapsed() }
  }

  presence(frame: Frame): void {
    const isBehind = 'since' in this.#updates
    if (isBehind || this.#socket.unsentBytes > this.#limits.holdPresenceBytes) this.#isPresenceHeld = true
    else this.send(frame)
  }

  /** The socket has read everything: it gets what was held. */
  drained(): void {
    const updates = this.#updates
    if (this.#source && updates.kind === 'behind') this.#flow([this.#source.diff(updates.stateVector)])
    if (this.#source && updates.kind === 'asking') this.#flow(this.#source.answer(updates.stateVector))
    if (!this.#isPresenceHeld) return
    this.#isPresenceHeld = false
    const roster = this.#reader && this.#source?.roster(this.#reader)
    if (roster) this.send(roster)
  }

  /** True for a socket that is to be given up. */
  isTooSlow(): boolean {
    const updates = this.#updates
    if ('since' in updates && this.#elapsed() - updates.since >= this.#limits.slowMs) return true
    return this.#socket.unsentBytes > this.#limits.slowBytes + this.#answerBytes
  }

  #flow(frames: readonly Frame[]): void {
    this.#answerBytes = frames.reduce((bytes, frame) => bytes + frame.message.length, 0)
    this.#updates = flowing
    for (const frame of frames) this.send(frame)
  }
}
