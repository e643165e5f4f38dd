import { answerTask } from '../worker/answer-task'
import type { MergeTask } from './merger'
import { unpackParts } from './packed-parts'
import { type Merged, mergeParts } from './update-log'

/** The program of one worker thread: checks the parts of one body and makes them one. */
answerTask(
  ({ parts, has }: MergeTask): Merged => mergeParts(unpackParts(parts), has),
  (merged) => (merged.kind === 'whole' ? [merged.update.buffer as ArrayBuffer] : []),
)
