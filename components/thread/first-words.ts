import type { ThreadAnswer } from '../../lib/api-thread'
import { namedInFull } from '../../lib/comment'

/** What a thread began with, as one reads it. Null: its author removed it. */
export function firstWords({ comments: [first] }: Pick<ThreadAnswer, 'comments'>): string | null {
  return first?.body ? namedInFull(first.body, first.mentions) : null
}
