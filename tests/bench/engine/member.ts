import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'
import {
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
  messageNumber,
  syncNumber,
} from '../../../lib/sync/message'
import { isSync } from './dialect'
import type { Seat, Target } from './target'
import { WireClient } from './wire-client'

const nothing = Uint8Array.of(0, 0)

/** What came as text: a batch of edits, or a whole document. */
export type Heard = (update: Uint8Array, message: 'update' | 'step2') => void

/**
 * One client at one document, as a stock one behaves: asks with an empty state vector, announces itself,
 * answers the server's step 1. It keeps no document: fifty copies would cost more than the server.
 */
export class Member {
  readonly #target: Target
  readonly #document: string
  readonly #wire: WireClient
  readonly #prefixBytes: number
  /** What it answers to the server's step 1. */
  readonly #own: () => Uint8Array
  /** Resolves at the server's step 2. */
  readonly synced: Promise<void>
  onText: Heard = () => {}
  onSaved: (through: number) => void = () => {}
  /** Bytes of text that were heard until the step 2. */
  firstSyncBytes = 0
  updatesSent = 0

  private constructor(target: Target, seat: Seat, wire: WireClient, own: () => Uint8Array, id: number) {
    this.#target = target
    this.#document = seat.document
    this.#wire = wire
    this.#own = own
    this.#prefixBytes = target.dialect.prefixBytes(seat.document)
    let isSynced = () => {}
    this.synced = new Promise((resolve, reject) => {
      isSynced = resolve
      wire.onClose = (code) => reject(new Error(`closed with ${code}`))
    })
    this.synced.catch(() => {})
    wire.onMessage = (message) => this.#read(message, isSynced)
    const greeting = target.dialect.greeting(seat.document)
    if (greeting) wire.send(greeting)
    this.#send(encodeStep1(Y.encodeStateVector(new Y.Doc())))
    const state = JSON.stringify({ user: { name: `Person ${id}`, color: '#336699' }, cursor: null })
    this.#send(encodeAwareness([{ id, clock: 1, state }]))
  }

  /** @param own what it has written already, to answer the server's step 1 with. */
  static async join(
    target: Target,
    seat: Seat,
    id: number,
    own: () => Uint8Array = () => nothing,
  ): Promise<Member> {
    const wire = await WireClient.open(target.dialect.address({ port: target.port, ...seat }))
    return new Member(target, seat, wire, own, id)
  }

  sendUpdate(update: Uint8Array): void {
    this.updatesSent += 1
    this.#send(encodeUpdate(update))
  }

  /** Null while it is open. */
  get closeCode(): number | null {
    return this.#wire.closeCode
  }

  get unsentBytes(): number {
    return this.#wire.unsentBytes
  }

  stopReading(): void {
    this.#wire.pause()
  }

  leave(): void {
    this.#wire.end()
  }

  #send(message: Uint8Array): void {
    this.#wire.send(this.#target.dialect.wrap(this.#document, message))
  }

  #read(bytes: Buffer, isSynced: () => void): void {
    const message = bytes.subarray(this.#prefixBytes)
    if (message[0] === messageNumber.saved && this.#target.hasDatabase) {
      const decoder = decoding.createDecoder(message)
      decoding.readVarUint(decoder)
      this.onSaved(decoding.readVarUint(decoder))
    }
    if (!isSync(message[0])) return
    switch (message[1]) {
      case syncNumber.step1:
        this.updatesSent += 1
        this.#send(encodeStep2(this.#own()))
        break
      case syncNumber.step2:
        this.#text(message, 'step2')
        isSynced()
        break
      case syncNumber.update:
        this.#text(message, 'update')
    }
  }

  #text(message: Uint8Array, type: 'update' | 'step2'): void {
    const decoder = decoding.createDecoder(message)
    decoder.pos = 2
    const update = decoding.readVarUint8Array(decoder)
    this.firstSyncBytes += update.length
    this.onText(update, type)
  }
}
