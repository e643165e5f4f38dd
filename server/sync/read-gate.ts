import type { Socket } from './socket'

/** Why a socket is not read: one of its messages is held, or it has sent too much. One bit each. */
const reasons = { held: 1, throttled: 2 } as const
type Reason = keyof typeof reasons

/** Pauses a socket while there is a reason to: what is not read waits at its sender, not in our memory. */
export class ReadGate {
  readonly #socket: Pick<Socket, 'pause' | 'resume'>
  #shutFor = 0

  constructor(socket: Pick<Socket, 'pause' | 'resume'>) {
    this.#socket = socket
  }

  get isShut(): boolean {
    return this.#shutFor !== 0
  }

  shut(reason: Reason): void {
    if (this.#shutFor === 0) this.#socket.pause()
    this.#shutFor |= reasons[reason]
  }

  open(reason: Reason): void {
    const before = this.#shutFor
    this.#shutFor &= ~reasons[reason]
    if (before !== 0 && this.#shutFor === 0) this.#socket.resume()
  }
}
