/**
 * What is dear to make, kept under a key that says all that it was made of. Whoever asks while it is being made
 * waits for the same one. Beyond the measure the least recently used go; what failed is made again.
 */
export class Kept<Value> {
  readonly #maxBytes: number
  readonly #bytesOf: (value: Value) => number
  /** The least recently used first. */
  readonly #entries = new Map<string, { readonly value: Promise<Value>; bytes: number }>()
  #bytes = 0

  constructor(options: { maxBytes: number; bytesOf: (value: Value) => number }) {
    this.#maxBytes = options.maxBytes
    this.#bytesOf = options.bytesOf
  }

  get(key: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.#entries.get(key)
    const entry = known ?? { value: make(), bytes: 0 }
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    if (known === undefined) {
      entry.value.then(
        (value) => {
          entry.bytes = this.#bytesOf(value)
          this.#bytes += entry.bytes
          this.#makeRoom()
        },
        () => this.#entries.delete(key),
      )
    }
    return entry.value
  }

  #makeRoom(): void {
    for (const [key, { bytes }] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) return
      // One that is still being made takes no room yet, and others wait for it.
      if (bytes === 0) continue
      this.#entries.delete(key)
      this.#bytes -= bytes
    }
  }
}
