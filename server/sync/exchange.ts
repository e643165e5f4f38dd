import type { ErrorCode } from '../../lib/errors'
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
import { ReadGate } from './read-gate'
import type { Member, Presented, Room } from './room'
import type { Socket } from './socket'
import { Throttle } from './throttle'

export interface ExchangeParts {
  readonly member: Member
  readonly room: Room
  readonly socket: Pick<Socket, 'pause' | 'resume'>
  readonly capabilities: ReadonlySet<Capability>
  readonly limits: SyncLimits
  readonly timers: Timers
  /** The queue of what is to be committed takes nothing more. */
  readonly isFull: () => boolean
  readonly onBadFrame: () => void
  /** Told of the first message that is dropped, until what it rests on has come. */
  readonly onGap: () => void
  /** Told before the connection ends for it. @param rule for the log. */
  readonly onRefused: (code: RefusalCode, rule: string) => void
  readonly end: (code: ErrorCode) => void
  /** Runs what is done later as safely as what is done at once. */
  readonly safely: (run: () => void) => void
}

/** Whether it was asked for what the server does not have (step 1) and has not answered (step 2) yet. */
type Asking = 'no' | 'asked' | 'asked again'

type State =
  | { readonly kind: 'reading' }
  /** One update message waits for a decision elsewhere, and everything behind it waits with it. */
  | { readonly kind: 'holding'; readonly behind: Uint8Array[] }
  | { readonly kind: 'ended' }

/** The protocol between one live socket and its room: PROTOCOL.md in code. */
export class Exchange {
  readonly #parts: ExchangeParts
  readonly #acknowledgements = new Acknowledgements()
  readonly #gate: ReadGate
  readonly #throttle: Throttle
  #state: State = { kind: 'reading' }
  #asking: Asking = 'no'
  /** Something was dropped since the last step 2 that was taken. */
  #hasGap = false

  constructor(parts: ExchangeParts) {
    this.#parts = parts
    this.#gate = new ReadGate(parts.socket)
    this.#throttle = new Throttle(this.#gate, parts.limits, parts.timers, () => parts.end('rate_limited'))
  }

  /** True while its socket is not read. */
  get isPaused(): boolean {
    return this.#gate.isShut
  }

  /** @param frames what came before the document was there. */
  begin(frames: readonly Uint8Array[]): void {
    const { member, room } = this.#parts
    // Somebody who may only read is asked for nothing: rendering alone makes an editor repair documents, and
    // what it answered would have to be refused.
    if (member.mayWrite) this.#ask('asked')
    this.#readAll(frames)
    // After what it sent: by then its own id is known, and is not among the others.
    if (this.#state.kind !== 'ended') room.sendRoster(member)
  }

  /** Reads one message, synchronously to its end, unless something before it is held. */
  read(data: Uint8Array): void {
    const { member, room, onBadFrame } = this.#parts
    if (this.#state.kind === 'ended') return
    if (this.#state.kind === 'holding') {
      this.#state.behind.push(data)
      return
    }
    const message = decodeClientMessage(data)
    switch (message?.type) {
      case undefined:
        onBadFrame()
        break
      case 'step1':
        // Encoding a document is dearer than anything else that a client may ask for.
        this.#throttle.count(5, data.length)
        if (!room.answerStep1(member, message.stateVector)) onBadFrame()
        break
      case 'step2':
      case 'update':
        this.#throttle.count(1, data.length)
        this.#receive(message.type, message.update)
        break
      case 'awareness': {
        const whose = room.receivePresence(member, message.entries)
        // Stock clients send every presence message back: that they cannot help.
        this.#throttle.count(whose === 'own' ? 1 : 0.1, data.length)
        break
      }
      case 'queryAwareness':
        this.#throttle.count(1, data.length)
        room.sendRoster(member)
        break
    }
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
    if (through === null || !this.#parts.capabilities.has('saved')) return
    this.#parts.member.delivery.send(new Frame(encodeSaved(through)))
  }

  stop(): void {
    this.#state = { kind: 'ended' }
    this.#throttle.stop()
  }

  #readAll(frames: readonly Uint8Array[]): void {
    for (const frame of frames) this.read(frame)
  }

  #receive(message: 'update' | 'step2', update: Uint8Array): void {
    const { limits, timers, isFull, end } = this.#parts
    this.#acknowledgements.receive()
    if (update.length > limits.maxUpdateBytes) this.#refuse('too_large', 'update')
    else if (isFull()) end('unavailable')
    else this.#present({ message, update, since: timers.elapsed(), logRead: false })
  }

  #present(presented: Presented): void {
    const { member, room, end } = this.#parts
    const receipt = room.receive(member, presented)
    switch (receipt.kind) {
      case 'taken':
      case 'nothing_new':
        if (presented.message === 'step2') {
          this.#asking = 'no'
          this.#hasGap = false
        }
        this.#acknowledgements.taken(presented.message, receipt.position)
        this.committed(room.committed)
        break
      case 'gap':
        this.#onGap(presented.message)
        break
      case 'refused':
        this.#refuse(receipt.code, receipt.rule)
        break
      case 'later':
        end('unavailable')
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
    void until.then(() => this.#parts.safely(() => this.#release(state, presented)))
  }

  #release(state: Extract<State, { kind: 'holding' }>, presented: Presented): void {
    if (this.#state !== state) return
    this.#state = { kind: 'reading' }
    this.#present(presented)
    this.#readAll(state.behind)
    // Or it is held once more, or has ended.
    if ((this.#state as State).kind === 'reading') this.#gate.open('held')
  }

  /** No offence: live updates are sent between opening and step 2. The step 2 brings what is dropped here. */
  #onGap(message: 'update' | 'step2'): void {
    this.#acknowledgements.dropped()
    if (!this.#hasGap) this.#parts.onGap()
    this.#hasGap = true
    if (message === 'update') {
      if (this.#asking === 'no') this.#ask('asked')
    } else if (this.#asking === 'asked again') {
      // It was asked twice for everything, and what it has rests on something that it does not have itself.
      this.#refuse('invalid', 'gap')
    } else this.#ask('asked again')
  }

  #ask(asking: Asking): void {
    const { member, room } = this.#parts
    this.#asking = asking
    member.delivery.send(new Frame(encodeStep1(room.stateVector())))
  }

  /** Ends the connection: its copy of the document holds something that will never be here. */
  #refuse(code: RefusalCode, rule: string): void {
    const { member, capabilities, onRefused, end } = this.#parts
    onRefused(code, rule)
    if (capabilities.has('saved')) {
      const message = this.#acknowledgements.received
      member.delivery.send(new Frame(encodeRefused({ message, code })))
    }
    end(code)
  }
}
