import type { Frame } from './frame'

/** What a connection needs of a websocket; `ws-socket.ts` is the real one, tests have one in memory. */
export interface Socket {
  /** Never blocks and never throws; on a socket that is closing it does nothing. */
  send(frame: Frame): void
  /** Says goodbye; what was sent before is delivered first. Twice is once. */
  close(code: number, reason: string): void
  /** Ends it without a word: the other side answers nothing any more. */
  terminate(): void
  /** Asks for a sign of life (`SocketListener.alive`). */
  ping(): void
  /** Stops reading; what was read already may still arrive. */
  pause(): void
  resume(): void
  /** Bytes that were sent and have not left this process yet. */
  readonly unsentBytes: number
  /** What the other side may send in one message from now on, and altogether; null: no limit beside `ws`'. */
  limitReading(bytes: number | null): void
}

export interface SocketListener {
  /** A binary message; its bytes are the listener's. */
  message(data: Uint8Array): void
  /** Something that is no binary message, or no websocket frame at all. */
  badFrame(): void
  /** A message beyond the largest that is read; the rest of it will not be. */
  tooLarge(): void
  /** More than `limitReading` allows. */
  tooMuch(): void
  /** A sign of life that was not asked for, or was: it costs something to read, like any message. */
  control(data: Uint8Array): void
  /** `unsentBytes` is 0 again. */
  drained(): void
  closed(): void
}
