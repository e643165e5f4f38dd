import type { Proposal } from './api-proposal'
import type { AnchorAnswer } from './api-thread'
import type { Made } from './content/suggestion-make'

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
