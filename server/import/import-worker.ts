import { parentPort, workerData } from 'node:worker_threads'
import { importMarkdown } from '../../lib/content/markdown-import'
import { seedUpdate } from '../../lib/content/seed'
import { type ErrorCode, PublicError } from '../../lib/errors'
import { decodeUtf8 } from './decode'
import { newBlockId } from './new-block-id'
import type { WorkerAnswer, WorkerMessage, WorkerTask } from './worker-answer'

/**
 * The program of one worker thread: reads one file, answers once, ends. Whatever it does to memory or time
 * ends with it.
 */
function answer({ file, clientId }: WorkerTask): WorkerAnswer {
  try {
    const text = typeof file === 'string' ? file : decodeUtf8(file)
    const { content, ...rest } = importMarkdown(text, { newId: newBlockId })
    return { imported: { ...rest, seed: seedUpdate(content, clientId) } }
  } catch (error) {
    if (error instanceof PublicError) return failure(error.code, error.message, error.detail)
    // The message of a foreign error may quote the file.
    return failure('internal', null, error instanceof Error ? error.name : 'unknown')
  }
}

const failure = (code: ErrorCode, sentence: string | null, detail: string | undefined): WorkerAnswer => ({
  failed: { code, sentence, detail: detail ?? null },
})

// The clock of the time limit starts here: loading the program is not the file's fault.
parentPort?.postMessage('reading' satisfies WorkerMessage)
parentPort?.postMessage(answer(workerData) satisfies WorkerMessage)
