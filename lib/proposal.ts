import type { Proposal } from './api-proposal'
import type { AnchorAnswer } from './api-thread'
import type { Made } from './content/suggestion/suggestion-make'
import { PublicError } from './errors'
import type { StartableKind } from './thread'

/** A suggestion in the words of the API. */
export function proposalOf({ anchor, suggestion }: Made): { suggestion: Proposal; anchor?: AnchorAnswer } {
  const { place, base, replacement } = suggestion
  const given = { base: [...base], replacement: [...replacement] }
  if (place.kind === 'blocks') {
    return { suggestion: { ...given, blocks: { ids: [...place.blockIds], after: place.after } } }
  }
  const at = place.kind === 'words' ? { at: place.kind } : { at: place.kind, gap: place.gap }
  return { suggestion: { ...given, ...at }, ...(anchor ? { anchor } : {}) }
}

/**
 * What a program proposes, said at length or by `replacement` alone.
 *
 * @returns null: it only says something.
 * @throws PublicError `invalid`: a suggestion of nothing, or one said twice.
 */
export function proposalIn(given: {
  readonly kind: StartableKind | 'suggestion'
  readonly suggestion?: Proposal | undefined
  readonly replacement?: string | undefined
}): Proposal | null {
  const { kind, suggestion, replacement } = given
  if (suggestion !== undefined && replacement !== undefined) {
    throw new PublicError('invalid', {
      sentence: 'What is to stand there is said twice, as “suggestion” and as “replacement”. Leave one out.',
    })
  }
  if (replacement !== undefined) return { replacement }
  if (suggestion !== undefined) return suggestion
  if (kind !== 'suggestion') return null
  throw new PublicError('invalid', {
    sentence:
      'A suggestion says what is to stand there. Give a “replacement”; an empty one takes the words away.',
  })
}
