import { plainText } from './suggestion-redline'
import type { Suggestion } from './suggestion-shape'

/** How much of a text a suggestion touches: text blocks, and UTF-16 code units of the longer of old and new text. */
export function sizeOfSuggestion({ place, base, replacement }: Suggestion): {
  blocks: number
  characters: number
} {
  return {
    blocks: place.kind === 'blocks' ? Math.max(base.length, replacement.length) : 1,
    characters: Math.max(plainText(base).length, plainText(replacement).length),
  }
}
