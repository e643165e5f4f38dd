import * as Y from 'yjs'

/** Most updates whose contents are remembered. */
const rememberAtMost = 4_096

/**
 * When each edit left its writer, and when it came to each reader. Every edit is one clock of its writer's
 * Yjs client, so that an update says which edits it holds, however many the server has merged.
 */
export class Arrivals {
  /** By client id: when the edit with this clock was sent, by `performance.now`. */
  readonly #sentAt = new Map<number, number[]>()
  /** The same bytes go to every reader of a document: read once. */
  readonly #known = new Map<string, ReadonlyMap<number, number>>()
  #samples: number[] = []
  #isCounting = false

  /** Delays that were counted, in ms: one for each edit and reader. */
  get samples(): readonly number[] {
    return this.#samples
  }

  /** From now on edits count that are sent from now on. */
  count(): void {
    this.#samples = []
    this.#isCounting = true
    // What is under way belongs to no measurement.
    for (const sent of this.#sentAt.values()) sent.fill(Number.NaN)
  }

  stop(): void {
    this.#isCounting = false
  }

  sent(client: number, clock: number): void {
    let sent = this.#sentAt.get(client)
    if (sent === undefined) {
      sent = []
      this.#sentAt.set(client, sent)
    }
    sent[clock] = performance.now()
  }

  /** @returns what a reader calls with every update that it gets. */
  reader(): (update: Uint8Array) => void {
    const seen = new Map<number, number>()
    return (update) => {
      const now = performance.now()
      for (const [client, end] of this.#endsOf(update)) {
        const from = seen.get(client) ?? 0
        if (end <= from) continue
        seen.set(client, end)
        const sent = this.#isCounting ? this.#sentAt.get(client) : undefined
        if (sent === undefined) continue
        for (let clock = from; clock < end; clock += 1) {
          const at = sent[clock]
          if (at !== undefined && !Number.isNaN(at)) this.#samples.push(now - at)
        }
      }
    }
  }

  /** Per client the clock behind the last that the update holds. */
  #endsOf(update: Uint8Array): ReadonlyMap<number, number> {
    const { length } = update
    const bytes = Buffer.from(update.buffer, update.byteOffset, length)
    // Counts, clients and first clocks stand in front: with the length and the end they name a typed update.
    const key = `${length} ${bytes.toString('latin1', 0, 48)} ${bytes.toString('latin1', Math.max(48, length - 16))}`
    let ends = this.#known.get(key)
    if (ends === undefined) {
      if (this.#known.size >= rememberAtMost) this.#known.clear()
      ends = Y.parseUpdateMeta(update).to
      this.#known.set(key, ends)
    }
    return ends
  }
}

export function quantile(samples: readonly number[], share: number): number {
  const sorted = Float64Array.from(samples).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
