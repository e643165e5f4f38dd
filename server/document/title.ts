import { normaliseTitle, titleLimits } from '../../lib/document'
import { PublicError } from '../../lib/errors'
import { searchKey } from '../../lib/search'

/**
 * A title as it is stored.
 * @throws PublicError `invalid`, with which rule it breaks.
 */
export function checkedTitle(text: string): string {
  const title = normaliseTitle(text)
  if (title !== null) return title
  if (text.trim() === '') throw refused('A document needs a title. Give it one.')
  if (text.trim().length > titleLimits.max) {
    throw refused(`A title has at most ${titleLimits.max} characters. Shorten it.`)
  }
  if (/^[\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text)) {
    throw refused('A title needs letters that can be seen. Give it some.')
  }
  throw refused('A title cannot contain control characters (such as NUL). Remove them and try again.')
}

const refused = (sentence: string) => new PublicError('invalid', { sentence })

/** What lists are searched in: the title's words, and the number, `TDD-0042` as well as `42`. */
export const titleSearchKey = (title: string, prefix: string, number: number | null): string =>
  searchKey(number === null ? title : `${title} ${prefix} ${String(number).padStart(4, '0')} ${number}`)
