import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import type { Mark, RelaySeat } from './relay'

/**
 * What a room tells other nodes, and how it finds out that it differs from them. Told is only what is
 * committed; a mark waits until all that it covers has been told, so that whoever hears it must have it all.
 */
export class OtherNodes {
  /** Of the document as it is. */
  readonly #ownMark: () => Mark
  readonly #seat: RelaySeat
  /** Waits until everything up to `position` is committed. */
  #due: { readonly mark: Mark; readonly position: number } | null = null
  /** Two marks that differed and for which the log had nothing: they are not asked about again. */
  #settled = ''

  constructor(ownMark: () => Mark, seat: RelaySeat) {
    this.#ownMark = ownMark
    this.#seat = seat
  }

  /** @param position everything up to here is committed, with `updates` as the last of it. */
  committed(updates: readonly Uint8Array[], position: number): void {
    this.#seat.committed(updates)
    if (this.#due === null || this.#due.position > position) return
    this.#seat.mark(this.#due.mark)
    this.#due = null
  }

  /** The log could not be read: what differed differs still. */
  unread(): void {
    this.#settled = ''
  }

  /** Tells the others what they must have, now or when it is committed. */
  tellMark(position: { readonly received: number; readonly committed: number }): void {
    if (!this.#seat.hasOthers) return
    const mark = this.#ownMark()
    if (position.committed >= position.received) this.#seat.mark(mark)
    else this.#due ??= { mark, position: position.received }
  }

  /** Whether the log must be read because another node has what is not here. */
  differs(theirs: Mark): boolean {
    const ours = this.#ownMark()
    const isSame = sameBytes(ours.stateVector, theirs.stateVector)
    // What we have beyond theirs is ours to tell; only a state that is the same has the same deletions.
    if (isSame ? sameBytes(ours.deletes, theirs.deletes) : covers(ours.stateVector, theirs.stateVector)) {
      return false
    }
    const pair = `${hashOf(ours.stateVector, ours.deletes)} ${hashOf(theirs.stateVector, theirs.deletes)}`
    if (pair === this.#settled) return false
    // The same pair comes again only if reading the log changes nothing: yjs tidies up marks in its own way
    // on each node, and what differs in that is in no log.
    this.#settled = pair
    return true
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

const hashOf = (...parts: Uint8Array[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('base64')
}

/** Whether everything in `theirs` is in `ours`. */
function covers(ours: Uint8Array, theirs: Uint8Array): boolean {
  const has = Y.decodeStateVector(ours)
  for (const [client, clock] of Y.decodeStateVector(theirs)) if ((has.get(client) ?? 0) < clock) return false
  return true
}
