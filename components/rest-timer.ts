/**
 * Runs something when what calls for it rests: put off by each further call, but not for ever, since in a document
 * that ten people write in nothing ever rests.
 */
export class RestTimer {
  readonly #run: () => void
  readonly #mostMs: number
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When the first of the calls that wait came, in ms; null: none waits. */
  #sinceMs: number | null = null

  /** @param mostMs how long the first of many calls waits. */
  constructor(run: () => void, mostMs: number) {
    this.#run = run
    this.#mostMs = mostMs
  }

  /** @param ms how long nothing further may come. */
  soon(ms: number): void {
    const nowMs = performance.now()
    this.#sinceMs ??= nowMs
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () => {
        this.#sinceMs = null
        this.#run()
      },
      Math.max(0, Math.min(ms, this.#sinceMs + this.#mostMs - nowMs)),
    )
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#sinceMs = null
  }
}
