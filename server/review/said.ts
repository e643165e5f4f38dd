import { PublicError } from '../../lib/errors'
import { reviewLimits } from '../../lib/review'
import { normaliseComment } from '../../lib/thread'

/**
 * What somebody says along with a verdict or as a reason, as it is stored. Null: nothing but white space.
 *
 * @param max in UTF-16 code units, after trimming.
 * @throws PublicError `too_large`, or `invalid` for control characters.
 */
export function said(text: string | undefined, max: number = reviewLimits.reason): string | null {
  if (text === undefined || text.trim() === '') return null
  if (text.trim().length > max) {
    throw new PublicError('too_large', {
      sentence: `This has at most ${max.toLocaleString('en')} characters. Shorten it.`,
    })
  }
  const body = normaliseComment(text)
  if (body !== null) return body
  throw new PublicError('invalid', {
    sentence: 'This cannot contain control characters (such as NUL). Remove them and try again.',
  })
}

/** The same where something has to be said. @throws PublicError `invalid` when nothing is. */
export function saidReason(text: string | undefined): string {
  const reason = said(text)
  if (reason !== null) return reason
  throw new PublicError('invalid', { sentence: 'Say why: the reason stands in the record.' })
}
