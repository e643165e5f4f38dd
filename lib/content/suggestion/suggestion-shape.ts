import type { DocumentJson } from '../document-json'

/**
 * A change that somebody proposes. It stands outside the body, as JSON, with what it was made on: where the text is
 * another one by then, the suggestion is *stale* and is never forced upon it.
 */
export interface Suggestion {
  readonly place: SuggestionPlace
  /** What it takes away: inline nodes of one text block, or whole blocks. Empty: it only adds. */
  readonly base: readonly DocumentJson[]
  /** What stands there instead. Empty: it only takes away. */
  readonly replacement: readonly DocumentJson[]
}

export type SuggestionPlace =
  /** The anchor's words, with the white space that the base has around its own words. */
  | { readonly kind: 'words' }
  /** A point (or white space that goes) beside the anchor's words; `gap`: the white space between. */
  | { readonly kind: 'before' | 'after'; readonly gap: string }
  /** Whole blocks beside each other, by id. None: new ones behind the block `after` (null: at the very beginning). */
  | { readonly kind: 'blocks'; readonly blockIds: readonly string[]; readonly after: string | null }

export const suggestionChanges = ['insert', 'delete', 'replace', 'blocks'] as const
export type SuggestionChange = (typeof suggestionChanges)[number]

/** What a suggestion does, in one word. */
export function changeOf({ place, base, replacement }: Suggestion): SuggestionChange {
  if (place.kind === 'blocks') return 'blocks'
  if (base.length === 0) return 'insert'
  return replacement.length === 0 ? 'delete' : 'replace'
}
