import { importMarkdown } from '../../lib/content/markdown/markdown-import'
import { seedUpdate } from '../../lib/content/seed'
import { type ErrorCode, PublicError } from '../../lib/errors'
import { answerTask } from '../worker/answer-task'
import { decodeUtf8 } from './decode'
import { newBlockId } from './new-block-id'
import type { WorkerAnswer, WorkerTask } from './worker-answer'

/** The program of one worker thread: reads one file. */
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

answerTask(answer)
