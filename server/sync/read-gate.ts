import type { Socket } from './socket'

/** Why a socket is not read: one of its messages is held, or it has sent too much. */
type Reason = 'held' | 'throttled'

/** Pauses a socket while there is a reason to: what is not read waits at its sender, not in our memory. */
export class ReadGate {
  readonly #socket: Pick<Socket, 'pause' | 'resume'>
  readonly #reasons = new Set<Reason>()

  constructor(socket: Pick<Socket, 'pause' | 'resume'>) {
    this.#socket = socket
  }

  get isShut(): boolean {
    return this.#reasons.size > 0
  }

  shut(reason: Reason): void {
    if (this.#reasons.size === 0) this.#socket.pause()
    this.#reasons.add(reason)
  }

  open(reason: Reason): void {
    if (this.#reasons.delete(reason) && this.#reasons.size === 0) this.#socket.resume()
  }
}
