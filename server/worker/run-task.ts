import { type TransferListItem, Worker } from 'node:worker_threads'
import type { WorkerMessage } from './answer-task'
import type { WorkerPlace } from './worker-place'

export interface TaskOptions {
  readonly worker: WorkerPlace
  /** How long it may take, in ms, without loading the program. */
  readonly timeoutMs: number
  /** Heap of the thread, in MB. */
  readonly maxHeapMb: number
  /** Of the task: handed over instead of being copied, and gone from here. Default: nothing. */
  readonly moved?: readonly TransferListItem[]
  readonly signal?: AbortSignal | undefined
}

export type WorkerFailure =
  /** It took longer than it may, or its program did not even load in a minute. */
  | 'timeout'
  | 'start'
  /** It needed more memory than it may have. */
  | 'memory'
  /** It threw, or ended without an answer. */
  | 'crash'

/** A thread that did not answer. What it was to do has not been done. */
export class WorkerFailed extends Error {
  override readonly name = 'WorkerFailed'
  readonly failure: WorkerFailure

  constructor(failure: WorkerFailure, detail: string, cause?: unknown) {
    super(`A worker thread failed: ${detail}.`, { cause })
    this.failure = failure
  }
}

/** How long a thread may take to load its program, in ms; far more than a busy machine needs. */
const startMs = 60_000

/**
 * Has one task done in a thread of its own, which is ended with it, at its limits, or when `signal` aborts.
 *
 * @throws WorkerFailed; the signal's reason when it aborts.
 */
export async function runTask<Task, Answer>(task: Task, options: TaskOptions): Promise<Answer> {
  const { worker: place, timeoutMs, maxHeapMb, moved = [], signal } = options
  signal?.throwIfAborted()
  const worker = new Worker(place.path, {
    workerData: task,
    transferList: [...moved],
    argv: [...(place.argv ?? [])],
    execArgv: [...place.execArgv],
    // Nothing of ours is read there: the environment holds secrets.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  let timer: NodeJS.Timeout | undefined
  let stop: (() => void) | undefined
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const limit = (ms: number, failed: () => WorkerFailed) => {
        clearTimeout(timer)
        timer = setTimeout(() => reject(failed()), ms)
      }
      limit(startMs, () => new WorkerFailed('start', 'did not start'))
      worker.on('message', (message: WorkerMessage<Answer>) => {
        if (message === 'begun') {
          limit(timeoutMs, () => new WorkerFailed('timeout', `took longer than ${timeoutMs} ms`))
        } else resolve(message.answer)
      })
      worker.once('error', (error: Error & { code?: string }) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') reject(new WorkerFailed('memory', 'out of memory'))
        else reject(new WorkerFailed('crash', error.code ?? error.name, error))
      })
      // Comes after `message` or `error`; on its own it means that the thread ended without a word.
      worker.once('exit', () => reject(new WorkerFailed('crash', 'no answer')))
      stop = () => reject(signal?.reason)
      signal?.addEventListener('abort', stop, { once: true })
      if (signal?.aborted) stop()
    })
  } finally {
    clearTimeout(timer)
    if (stop) signal?.removeEventListener('abort', stop)
    // Ended before the caller goes on: limits hold only when no thread outlives its turn.
    await worker.terminate()
  }
}
