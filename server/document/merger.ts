import { runTask } from '../worker/run-task'
import type { WorkerPlace } from '../worker/worker-place'
import { memoryOf, type PackedParts, packParts } from './packed-parts'
import { type Merge, mergeHere } from './update-log'

/** What the worker is given. */
export interface MergeTask {
  readonly parts: PackedParts
  readonly has?: Uint8Array | undefined
}

export interface MergeLimits {
  /** From so many bytes a body is merged in a thread of its own. Default 1 MB, which takes 90 ms. */
  readonly threadBytes: number
  /** How long that may take, without waiting for a turn and loading the program, in ms. Default 30,000. */
  readonly timeoutMs: number
  /** Heap of the thread, in MB. Default 1,536: a body of 50 MB takes some 20 times that. */
  readonly maxHeapMb: number
}

export const mergeLimits: MergeLimits = { threadBytes: 1_000_000, timeoutMs: 30_000, maxHeapMb: 1_536 }

/**
 * Merges small bodies here and large ones in a thread, one at a time: two would take two cores and twice the
 * memory.
 */
export class Merger {
  readonly #worker: WorkerPlace
  readonly #limits: MergeLimits
  readonly #ending = new AbortController()
  #last: Promise<unknown> = Promise.resolve()
  #inThread = 0

  constructor(worker: WorkerPlace, limits: Partial<MergeLimits> = {}) {
    this.#worker = worker
    this.#limits = { ...mergeLimits, ...limits }
  }

  /** Bodies that were merged in a thread so far. */
  get inThread(): number {
    return this.#inThread
  }

  /** @throws WorkerFailed; AbortError once it was stopped. */
  readonly merge: Merge = (parts, has) => {
    const bytes = parts.reduce((sum, { data }) => sum + data.length, 0)
    if (bytes < this.#limits.threadBytes) return mergeHere(parts, has)
    const turn = this.#last.then(() => {
      this.#inThread += 1
      const { timeoutMs, maxHeapMb } = this.#limits
      const packed = packParts(parts)
      const moved = memoryOf(packed)
      return runTask<MergeTask, Awaited<ReturnType<Merge>>>(
        { parts: packed, has },
        { worker: this.#worker, timeoutMs, maxHeapMb, moved, signal: this.#ending.signal },
      )
    })
    this.#last = turn.catch(() => {})
    return turn
  }

  /** Ends what is under way: whoever waits for it is refused. */
  stop(): void {
    this.#ending.abort()
  }
}
