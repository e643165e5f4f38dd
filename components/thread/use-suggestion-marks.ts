import type { Editor } from '@tiptap/core'
import { useEffect } from 'react'
import type { ThreadAnswer } from '../../lib/api-thread'
import { setSuggestionMarks } from '../editor/suggest/suggest-marks'
import type { ThreadRangeMap } from '../editor/thread/thread-ranges'
import type { Target } from './target'

/** How long the text rests before redlines are drawn that nobody has opened, in ms. */
const restMs = 400

/** Draws what suggestions change: the open one's, the one being written, or all of them, and none where somebody types. */
export function useSuggestionMarks(input: {
  readonly editor: Editor
  readonly threads: readonly ThreadAnswer[]
  readonly ranges: ThreadRangeMap
  readonly activeId: string | null
  readonly showAll: boolean
  /** What a new thread is being started on. */
  readonly draft: Target | null
}): void {
  const { editor, threads, ranges, activeId, showAll, draft } = input
  useEffect(() => {
    const shown = threads.flatMap(({ id, anchor, suggestion }) => {
      if (!suggestion || suggestion.stale || !(showAll || id === activeId)) return []
      return anchor === null || ranges.has(id) ? [{ id, anchor, suggestion }] : []
    })
    if (draft?.proposes) {
      const anchor = draft.kind === 'text' ? draft.anchor : null
      shown.push({
        id: 'draft',
        anchor,
        suggestion: { ...draft.proposes, state: 'open', stale: false, change: 'replace' },
      })
    }
    const draw = () => {
      if (!editor.isDestroyed) setSuggestionMarks(editor, shown)
    }
    if (!showAll) return draw()
    const timer = setTimeout(draw, restMs)
    return () => clearTimeout(timer)
  }, [editor, threads, ranges, activeId, showAll, draft])
}
