import type { Ability } from './access'

/** Rules of suggestions; what one is stands in `content/suggestion-shape.ts`. */

/** `declined` by an editor with a reason, or taken back by its author. */
export const suggestionStates = ['open', 'accepted', 'declined'] as const
export type SuggestionState = (typeof suggestionStates)[number]

/** So many are accepted or declined by one call at most. */
export const mostAtOnce = 200

export interface SuggestionFacts {
  readonly authorId: string
  /** Its thread has ended. */
  readonly ended: boolean
  readonly accepted: boolean
}

export const stateOfSuggestion = ({
  ended,
  accepted,
}: Pick<SuggestionFacts, 'ended' | 'accepted'>): SuggestionState =>
  accepted ? 'accepted' : ended ? 'declined' : 'open'

/** Why somebody may not decline a suggestion; null: they may. Its author takes it back without a reason. */
export function declineRefusal(
  suggestion: SuggestionFacts,
  by: { readonly personId: string; readonly abilities: ReadonlySet<Ability> },
  reason: string | null,
): 'ended' | 'not_yours' | 'reason_missing' | null {
  if (suggestion.ended) return 'ended'
  if (suggestion.authorId === by.personId) return null
  if (!by.abilities.has('resolve')) return 'not_yours'
  return reason === null ? 'reason_missing' : null
}
