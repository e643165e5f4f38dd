import {
  type Capability,
  decodeClientMessage,
  encodeRefused,
  encodeSaved,
  encodeStep1,
  type RefusalCode,
} from '../../lib/sync/message'
import type { Timers } from '../timers'
import { Acknowledgements } from './acknowledgements'
import { Frame } from './frame'
import type { SyncLimits } from './limits'
import type { Member } from './member'
import { ReadGate } from './read-gate'
import type { Presented } from './receipt'
import type { Room } from './room'
import type { Socket } from './socket'
import { Throttle, type ThrottleRates } from './throttle'

/** What all exchanges of a server share. */
export interface ExchangeParts {
  readonly limits: SyncLimits
  readonly timers: Timers
  readonly rates: ThrottleRates
  /** The queue of what is to be committed takes nothing more. */
  readonly isFull: () => boolean
}

/** The connection whose exchange it is: methods of one object, where closures would be made for each socket. */
export interface ExchangeHost extends Member {
  readonly capabilities: ReadonlySet<Capability>
  badFrame(): void
  /** Told of the first message that is dropped, until what it rests on has come. */
  gapped(): void
  /** Told before the connection ends for it. @param rule for the log. */
  refused(code: RefusalCode, rule: string): void
  /** Runs what is done later as safely as what is done at once. */
  safely(run: () => void): void
}

/** Whether it was asked for what the server does not have (step 1) and has not answered (step 2) yet. */
type Asking = 'no' | 'asked' | 'asked again'

type State =
  | { readonly kind: 'reading' }
  /** One update message waits for a decision elsewhere, and everything behind it waits with it. */
  | { readonly kind: 'holding'; readonly behind: Uint8Array[] }
  | { readonly kind: 'ended' }

/** The states without anything of their own are one object for all sockets. */
const reading: State = { kind: 'reading' }
const ended: State = { kind: 'ended' }

/** The protocol between one live socket and its room: PROTOCOL.md in code. */
export class Exchange {
  readonly #host: ExchangeHost
  readonly #room: Room
  readonly #parts: ExchangeParts
  readonly #acknowledgements = new Acknowledgements()
  readonly #gate: ReadGate
  readonly #throttle: Throttle
  #state = reading
  #asking: Asking = 'no'
  /** Something was dropped since the last step 2 that was taken. */
  #hasGap = false

  constructor(
    host: ExchangeHost,
    room: Room,
    socket: Pick<Socket, 'pause' | 'resume'>,
    parts: ExchangeParts,
  ) {
    this.#host = host
    this.#room = room
    this.#parts = parts
    this.#gate = new ReadGate(socket)
    this.#throttle = new Throttle(this.#gate, parts.rates)
  }

  /** True while its socket is not read. */
  get isPaused(): boolean {
    return this.#gate.isShut
  }

  /** @param frames what came before the document was there. */
  begin(frames: readonly Uint8Array[]): void {
    const host = this.#host
    // Somebody who may only read is asked for nothing: rendering alone makes an editor repair documents, and
    // what it answered would have to be refused.
    if (host.mayWrite) this.#ask('asked')
    this.#readAll(frames)
    // After what it sent: by then its own id is known, and is not among the others.
    if (this.#state.kind !== 'ended') this.#room.sendRoster(host)
  }

  /** Reads one message, synchronously to its end, unless something before it is held. */
  read(data: Uint8Array): void {
    const host = this.#host
    const room = this.#room
    if (this.#state.kind === 'ended') return
    if (this.#state.kind === 'holding') {
      this.#state.behind.push(data)
      return
    }
    const message = decodeClientMessage(data)
    switch (message?.type) {
      case undefined:
        host.badFrame()
        break
      case 'step1':
        // Encoding a document is dearer than anything else that a client may ask for.
        if (this.#isTooMuch(5, data)) break
        if (!room.answerStep1(host, message.stateVector)) host.badFrame()
        break
      case 'step2':
      case 'update':
        if (this.#isTooMuch(1, data)) break
        this.#receive(message.type, message.update)
        break
      case 'awareness': {
        const whose = room.receivePresence(host, message.entries)
        // Stock clients send every presence message back: that they cannot help.
        this.#isTooMuch(whose === 'own' ? 1 : 0.1, data)
        break
      }
      case 'queryAwareness':
        if (this.#isTooMuch(1, data)) break
        room.sendRoster(host)
        break
    }
  }

  /** Nothing to answer, but to be counted: a socket that only pings can keep a server as busy as any. */
  control(data: Uint8Array): void {
    if (this.#state.kind !== 'ended') this.#isTooMuch(1, data)
  }

  /** A frame too long to be read was an update message: nothing else is that long. */
  tooLarge(): void {
    if (this.#state.kind === 'ended') return
    this.#acknowledgements.receive()
    this.#refuse('too_large', 'frame')
  }

  /** Everything up to this position of the room is committed. */
  committed(position: number): void {
    const through = this.#acknowledgements.committed(position)
    if (through === null || !this.#host.capabilities.has('saved')) return
    this.#host.delivery.send(new Frame(encodeSaved(through)))
  }

  stop(): void {
    this.#state = ended
    this.#throttle.stop()
  }

  /** Counts a message; ends the connection when there have been too many for too long. */
  #isTooMuch(messages: number, data: Uint8Array): boolean {
    const isTooMuch = this.#throttle.count(messages, data.length)
    if (isTooMuch) this.#host.end('rate_limited')
    return isTooMuch
  }

  #readAll(frames: readonly Uint8Array[]): void {
    for (const frame of frames) this.read(frame)
  }

  #receive(message: 'update' | 'step2', update: Uint8Array): void {
    const { limits, timers, isFull } = this.#parts
    this.#acknowledgements.receive()
    if (update.length > limits.maxUpdateBytes) this.#refuse('too_large', 'update')
    else if (isFull()) this.#host.end('unavailable')
    else this.#present({ message, update, since: timers.elapsed(), logRead: false })
  }

  #present(presented: Presented): void {
    const receipt = this.#room.receive(this.#host, presented)
    switch (receipt.kind) {
      case 'taken':
      case 'nothing_new':
        if (presented.message === 'step2') {
          this.#asking = 'no'
          this.#hasGap = false
        }
        this.#acknowledgements.taken(presented.message, receipt.position)
        this.committed(this.#room.committed)
        break
      case 'gap':
        this.#onGap(presented.message)
        break
      case 'refused':
        this.#refuse(receipt.code, receipt.rule)
        break
      case 'later':
        this.#host.end('unavailable')
        break
      case 'hold':
        this.#hold(presented, receipt.until)
        break
    }
  }

  /** Nothing of this connection overtakes a message that is held: the socket is not even read meanwhile. */
  #hold(presented: Presented, until: Promise<void>): void {
    const state = { kind: 'holding', behind: [] } satisfies State
    this.#state = state
    this.#gate.shut('held')
    void until.then(() => this.#host.safely(() => this.#release(state, presented)))
  }

  #release(state: Extract<State, { kind: 'holding' }>, presented: Presented): void {
    if (this.#state !== state) return
    this.#state = reading
    this.#present(presented)
    this.#readAll(state.behind)
    // Or it is held once more, or has ended.
    if ((this.#state as State).kind === 'reading') this.#gate.open('held')
  }

  /** No offence: live updates are sent between opening and step 2. The step 2 brings what is dropped here. */
  #onGap(message: 'update' | 'step2'): void {
    this.#acknowledgements.dropped()
    if (!this.#hasGap) this.#host.gapped()
    this.#hasGap = true
    if (message === 'update') {
      if (this.#asking === 'no') this.#ask('asked')
    } else if (this.#asking === 'asked again') {
      // It was asked twice for everything, and what it has rests on something that it does not have itself.
      this.#refuse('invalid', 'gap')
    } else this.#ask('asked again')
  }

  #ask(asking: Asking): void {
    this.#asking = asking
    this.#host.delivery.send(new Frame(encodeStep1(this.#room.stateVector())))
  }

  /** Ends the connection: its copy of the document holds something that will never be here. */
  #refuse(code: RefusalCode, rule: string): void {
    const host = this.#host
    host.refused(code, rule)
    if (host.capabilities.has('saved')) {
      const message = this.#acknowledgements.received
      host.delivery.send(new Frame(encodeRefused({ message, code })))
    }
    host.end(code)
  }
}
