interface Waiting {
  through: number
  position: number | null
}

/**
 * Which update messages of one connection are committed. Cumulative: `saved n` says that the first n are, so
 * that one message which is not holds back everything behind it.
 *
 * A room gives every update that it takes a position, 1, 2, 3 …, and commits in that order. A message that
 * brought nothing new has the position of the last update before it: what it repeats is saved when that is.
 * A message that was dropped for a gap has none until a step 2 of the same connection is taken, since only
 * that brings again what was dropped.
 */
export class Acknowledgements {
  #received = 0
  #saved = 0
  /**
   * Ascending by `through`; positions ascend too, those that are null stand at the end of what is known. Null:
   * nothing waits, as with most of those who are here.
   */
  #waiting: Waiting[] | null = null

  /** Number of update messages so far. */
  get received(): number {
    return this.#received
  }

  /** Counts an update message. @returns its number, from 1. */
  receive(): number {
    this.#received += 1
    return this.#received
  }

  /** The latest message was taken, or repeats what stands at `position`. */
  taken(message: 'update' | 'step2', position: number): void {
    // A step 2 holds everything that its sender has: what was dropped before it is in it.
    if (message === 'step2') for (const entry of this.#waiting ?? []) entry.position ??= position
    const last = this.#waiting?.at(-1)
    if (last !== undefined && last.position === position) last.through = this.#received
    else this.#push(position)
  }

  /** The latest message was dropped, and must come again in a step 2. */
  dropped(): void {
    const last = this.#waiting?.at(-1)
    if (last !== undefined && last.position === null) last.through = this.#received
    else this.#push(null)
  }

  /** @returns how many messages are saved now, when that is more than before; else null. */
  committed(position: number): number | null {
    const before = this.#saved
    while (this.#waiting !== null) {
      const [first] = this.#waiting
      if (first === undefined || first.position === null || first.position > position) break
      this.#saved = first.through
      // An array that was emptied keeps room for seventeen, for as long as somebody only reads.
      if (this.#waiting.length === 1) this.#waiting = null
      else this.#waiting.shift()
    }
    return this.#saved > before ? this.#saved : null
  }

  #push(position: number | null): void {
    const entry = { through: this.#received, position }
    if (this.#waiting === null) this.#waiting = [entry]
    else this.#waiting.push(entry)
  }
}
