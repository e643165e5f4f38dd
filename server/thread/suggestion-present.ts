import type { SuggestionAnswer } from '../../lib/api-proposal'
import { rangeOfSuggestion } from '../../lib/content/suggestion/suggestion'
import { changeOf } from '../../lib/content/suggestion/suggestion-shape'
import { stateOfSuggestion } from '../../lib/suggestion'
import type { Located } from './located'
import type { ThreadRow } from './store'

/** What a thread proposes, and whether the saved text still is the one that it was made on. */
export function presentSuggestion(row: ThreadRow, located: Located): SuggestionAnswer | null {
  if (!row.suggestion) return null
  const { proposal, accepted } = row.suggestion
  const state = stateOfSuggestion({ ended: row.outcome !== null, accepted })
  return {
    state,
    stale: state === 'open' && rangeOfSuggestion(located.place, row.anchor, proposal) === null,
    change: changeOf(proposal),
    place: proposal.place,
    base: proposal.base,
    replacement: proposal.replacement,
  }
}
