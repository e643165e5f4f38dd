import type { ThreadAnswer } from '../../lib/api-thread'
import type { ThreadTarget } from '../../lib/thread'
import { presentComment } from './comment-store'
import type { Located } from './located'
import type { ThreadRow } from './store'
import { presentSuggestion } from './suggestion-present'

export const targetOf = (row: Pick<ThreadRow, 'anchor' | 'section_id'>): ThreadTarget =>
  row.anchor ? 'text' : row.section_id === null ? 'document' : 'section'

/** A thread as the API answers it, with its place in the saved text. */
export function presentThread(row: ThreadRow, located: Located): ThreadAnswer {
  const { anchor, section_id: sectionId } = row
  const found = anchor ? located.find(anchor) : null
  const there = anchor ? found !== null : sectionId === null || located.titleOf(sectionId) !== null
  return {
    id: row.id,
    documentId: row.document_id,
    kind: row.kind,
    state: row.outcome === null ? 'open' : 'resolved',
    target: targetOf(row),
    sectionId: found?.sectionId ?? sectionId,
    quote: row.quote,
    detached: !there,
    anchor,
    author: row.author,
    comments: row.comments.map(presentComment),
    unread: row.unread,
    outcome: row.outcome,
    reason: row.reason,
    movedTo: row.moved_to,
    resolvedBy: row.resolver,
    resolvedAt: row.resolved_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    unsent: row.unsent_in !== null,
    suggestion: presentSuggestion(row, located),
  }
}
