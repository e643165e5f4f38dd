import { useMemo } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import {
  changesLookOnly,
  redlineOfSuggestion,
  sentenceOfSuggestion,
} from '../../lib/content/suggestion/suggestion-redline'
import { SuggestionWords } from './suggestion-words'

/** What a thread proposes, on its card. */
export function SuggestionPart({
  thread,
  short,
}: {
  readonly thread: ThreadAnswer
  readonly short: boolean
}) {
  const { suggestion } = thread
  const parts = useMemo(() => (suggestion ? redlineOfSuggestion(suggestion) : []), [suggestion])
  if (!suggestion) return null
  return (
    <>
      <SuggestionWords parts={parts} short={short} />
      {changesLookOnly(suggestion) && <p className="text-ink-3 text-xs">Only how it looks would change.</p>}
      {suggestion.stale && (
        <p className="text-review text-xs">Its text has changed since, so it cannot be accepted as it is.</p>
      )}
    </>
  )
}

/** True for a comment that only says what the suggestion says: its author wrote none. */
export const isSaidByItself = (thread: ThreadAnswer, body: string | null): boolean =>
  thread.suggestion !== null && body === sentenceOfSuggestion(thread.suggestion)
