import { PublicError } from '../../lib/errors'
import { commentLimits, normaliseComment } from '../../lib/thread'

/**
 * What somebody says, as it is stored.
 *
 * @throws PublicError `too_large` or `invalid`, with which rule it breaks.
 */
export function checkedComment(text: string, max: number = commentLimits.max): string {
  if (text.length > max * 2) throw tooLong(max)
  const body = normaliseComment(text)
  if (body !== null && body.length <= max) return body
  if (text.trim() === '') throw refused('A comment needs words. Write some.')
  if (text.trim().length > max) throw tooLong(max)
  throw refused('A comment cannot contain control characters (such as NUL). Remove them and try again.')
}

const refused = (sentence: string) => new PublicError('invalid', { sentence })
const tooLong = (max: number) =>
  new PublicError('too_large', {
    sentence: `A comment has at most ${max.toLocaleString('en')} characters. Shorten it, or write it into the document.`,
  })
