import { titleLimits } from '../../lib/document'

/** Why a text is no title, as a sentence. */
export function titleError(text: string): string {
  const trimmed = text.trim()
  if (trimmed.length < titleLimits.min) return 'A document needs a title.'
  if (trimmed.length > titleLimits.max)
    return `A title has at most ${titleLimits.max} characters; this one has ${trimmed.length}.`
  return 'This title has characters that cannot be shown. Remove them and try again.'
}
