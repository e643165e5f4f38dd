import * as Y from 'yjs'

/** Up to which clock each client's text is known to be held by the server. */
export class SavedVector {
  readonly #clocks = new Map<number, number>()

  /** @param encoded A state vector as `encode` gave it; anything unreadable counts as "nothing known". */
  constructor(encoded: Uint8Array | null = null) {
    if (encoded === null) return
    try {
      this.merge(Y.decodeStateVector(encoded))
    } catch {
      this.#clocks.clear()
    }
  }

  /** Clocks only rise. */
  merge(clocks: ReadonlyMap<number, number>): void {
    for (const [client, clock] of clocks) {
      if (clock > this.clockOf(client)) this.#clocks.set(client, clock)
    }
  }

  /** The first clock of `client` that is not known to be saved. */
  clockOf(client: number): number {
    return this.#clocks.get(client) ?? 0
  }

  get clocks(): ReadonlyMap<number, number> {
    return this.#clocks
  }

  encode(): Uint8Array {
    return Y.encodeStateVector(new Map(this.#clocks))
  }
}
