import { maxImportBytes } from '../../lib/document'
import { PublicError } from '../../lib/errors'
import { runTask, WorkerFailed } from '../worker/run-task'
import type { WorkerPlace } from '../worker/worker-place'
import { createTurns } from './turns'
import type { ImportedFile, WorkerAnswer, WorkerTask } from './worker-answer'

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
  options: { worker: WorkerPlace; signal?: AbortSignal | undefined } & Partial<ImportLimits>,
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
  worker: WorkerPlace,
  { timeoutMs, maxHeapMb }: ImportLimits,
  signal: AbortSignal | undefined,
): Promise<ImportedFile> {
  let answer: WorkerAnswer
  try {
    answer = await runTask<WorkerTask, WorkerAnswer>(task, { worker, timeoutMs, maxHeapMb, signal })
  } catch (error) {
    throw error instanceof WorkerFailed ? told(error, timeoutMs) : error
  }
  if ('imported' in answer) return answer.imported
  const { code, sentence, detail } = answer.failed
  throw new PublicError(code, {
    ...(sentence === null ? {} : { sentence }),
    ...(detail === null ? {} : { detail: `import worker: ${detail}` }),
  })
}

const megabytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MB`

const tooLarge = (bytes: number, most: number): PublicError =>
  new PublicError('too_large', {
    sentence: `This file has ${megabytes(bytes)}; files of up to ${megabytes(most)} can be imported. Split it into several documents.`,
  })

/** What a person is told of a thread that did not answer. */
function told(error: WorkerFailed, timeoutMs: number): PublicError {
  const detail = `import worker: ${error.message}`
  if (error.failure === 'timeout') {
    return new PublicError('timeout', {
      sentence: `Reading this file took longer than ${timeoutMs / 1000} s and was stopped; nothing was made. Split it into several documents.`,
    })
  }
  if (error.failure === 'memory') {
    return new PublicError('too_large', {
      sentence: 'Reading this file takes more memory than an import may have; nothing was made. Split it up.',
      detail,
    })
  }
  return new PublicError('internal', { detail, cause: error })
}
