import { Worker } from 'node:worker_threads'
import { maxImportBytes } from '../../lib/document'
import { PublicError } from '../../lib/errors'
import { createTurns } from './turns'
import type { ImportedFile, WorkerAnswer, WorkerMessage, WorkerTask } from './worker-answer'
import type { ImportWorkerPlace } from './worker-place'

export interface ImportLimits {
  /** From when a file is refused unread, in bytes. Default `maxImportBytes` (2 MB). */
  readonly maxBytes: number
  /**
   * How long reading may take, in milliseconds, without waiting for a turn and loading the program.
   * Default 10,000.
   */
  readonly timeoutMs: number
  /** Heap of the thread, in MB. Default 256: the largest file of ordinary text needs about 120. */
  readonly maxHeapMb: number
}

const defaults: ImportLimits = { maxBytes: maxImportBytes, timeoutMs: 10_000, maxHeapMb: 256 }

/** How long the thread may take to load its program, in milliseconds; far more than a busy machine needs. */
const startMs = 60_000

/** Two files are read at once; so many more may wait, then callers are told to come back. */
const turns = createTurns({ atOnce: 2, waiting: 20 })

/**
 * Reads a Markdown file, and encodes it as a body, in a thread of its own, which is ended at the limits or when `signal` aborts. A hostile
 * file costs at most that thread.
 *
 * @throws PublicError `too_large` (more than `maxBytes`, or more memory than the thread may have), `invalid`
 *   (not UTF-8), `schema` (nested too deep), `timeout`, `overloaded`, `internal`.
 * @throws the signal's reason when it aborts.
 */
export async function importInWorker(
  task: WorkerTask,
  options: { worker: ImportWorkerPlace; signal?: AbortSignal | undefined } & Partial<ImportLimits>,
): Promise<ImportedFile> {
  const limits = { ...defaults, ...options }
  const { file } = task
  const bytes = typeof file === 'string' ? Buffer.byteLength(file) : file.byteLength
  if (bytes > limits.maxBytes) throw tooLarge(bytes, limits.maxBytes)
  options.signal?.throwIfAborted()
  const leave = await turns.enter(options.signal)
  try {
    return await run(task, options.worker, limits, options.signal)
  } finally {
    leave()
  }
}

async function run(
  task: WorkerTask,
  { path, execArgv }: ImportWorkerPlace,
  { timeoutMs, maxHeapMb }: ImportLimits,
  signal: AbortSignal | undefined,
): Promise<ImportedFile> {
  const worker = new Worker(path, {
    workerData: task,
    execArgv: [...execArgv],
    // Nothing of ours is read there: the environment holds secrets.
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
  })
  let timer: NodeJS.Timeout | undefined
  let stop: (() => void) | undefined
  try {
    const answer = await new Promise<WorkerAnswer>((resolve, reject) => {
      const limit = (ms: number, error: () => PublicError) => {
        clearTimeout(timer)
        timer = setTimeout(() => reject(error()), ms)
      }
      limit(startMs, () => new PublicError('internal', { detail: 'import worker: did not start' }))
      worker.on('message', (message: WorkerMessage) => {
        if (message === 'reading') limit(timeoutMs, () => tookTooLong(timeoutMs))
        else resolve(message)
      })
      worker.once('error', (error) => reject(crashed(error)))
      // Comes after `message` or `error`; on its own it means that the thread ended without a word.
      worker.once('exit', () => reject(new PublicError('internal', { detail: 'import worker: no answer' })))
      stop = () => reject(signal?.reason)
      signal?.addEventListener('abort', stop, { once: true })
      if (signal?.aborted) stop()
    })
    if ('imported' in answer) return answer.imported
    const { code, sentence, detail } = answer.failed
    throw new PublicError(code, {
      ...(sentence === null ? {} : { sentence }),
      ...(detail === null ? {} : { detail: `import worker: ${detail}` }),
    })
  } finally {
    clearTimeout(timer)
    if (stop) signal?.removeEventListener('abort', stop)
    // Ended before the caller goes on: limits hold only when no thread outlives its turn.
    await worker.terminate()
  }
}

const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`

const tooLarge = (bytes: number, most: number): PublicError =>
  new PublicError('too_large', {
    sentence: `This file has ${megabytes(bytes)}; files of up to ${megabytes(most)} can be imported. Split it into several documents.`,
  })

const tookTooLong = (timeoutMs: number): PublicError =>
  new PublicError('timeout', {
    sentence: `Reading this file took longer than ${timeoutMs / 1000} s and was stopped; nothing was made. Split it into several documents.`,
  })

function crashed(error: Error & { code?: string }): PublicError {
  if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new PublicError('too_large', {
      sentence: 'Reading this file takes more memory than an import may have; nothing was made. Split it up.',
      detail: 'import worker: out of memory',
    })
  }
  return new PublicError('internal', { detail: `import worker: ${error.code ?? error.name}`, cause: error })
}
