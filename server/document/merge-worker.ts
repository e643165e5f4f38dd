import { answerTask } from '../worker/answer-task'
import type { MergeTask } from './merger'
import { type Merged, mergeParts } from './update-log'

/** The program of one worker thread: checks the parts of one body and makes them one. */
answerTask(
  ({ parts, has }: MergeTask): Merged => mergeParts(parts, has),
  (merged) => (merged.kind === 'whole' ? [merged.update.buffer as ArrayBuffer] : []),
)
