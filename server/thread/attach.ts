import * as Y from 'yjs'
import { type Anchor, anchorAt, findQuote, parseAnchor, quoteOfTitle } from '../../lib/content/anchor/anchor'
import { PublicError } from '../../lib/errors'
import type { Located } from './located'

/** What a caller attaches a thread to; nothing of it: to the document. */
export interface Attachment {
  readonly anchor?: unknown
  readonly quote?: string | undefined
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
  readonly sectionId?: string | undefined
}

export interface AttachedTo {
  readonly anchor: Anchor | null
  readonly sectionId: string | null
  readonly quote: string
}

/**
 * The place that a caller means, in the saved text.
 *
 * An anchor's words may have been deleted or rewritten while the comment was typed: it is taken all the same,
 * with the quote that its author saw, and is detached until the words come back. Its positions must be ones
 * of this document, though, whatever became of them.
 *
 * @throws PublicError `foreign_anchor` for one of another document, `invalid` for a place that is in none.
 */
export function attachTo(located: Located, given: Attachment): AttachedTo {
  const { anchor, quote, sectionId } = given
  if (anchor !== undefined && quote !== undefined) {
    throw refused('A thread has an anchor or a quote, not both. Leave one out.')
  }
  if (anchor !== undefined) return toAnchor(located, anchor)
  if (quote !== undefined) return toQuote(located, { ...given, quote })
  if (sectionId === undefined) return { anchor: null, sectionId: null, quote: '' }
  const title = located.titleOf(sectionId)
  if (title === null) throw refused('There is no such section in this document. Read its outline again.')
  return { anchor: null, sectionId, quote: quoteOfTitle(title) }
}

function toAnchor(located: Located, given: unknown): AttachedTo {
  const anchor = parseAnchor(given)
  if (!anchor) throw refused('This is no anchor: see the field `anchor` of a thread.')
  if (!isOfDocument(located.doc, anchor.start) || !isOfDocument(located.doc, anchor.end)) {
    throw new PublicError('foreign_anchor')
  }
  const found = located.find(anchor)
  return { anchor, sectionId: found?.sectionId ?? anchor.sectionId, quote: anchor.quote }
}

function toQuote(located: Located, given: Attachment & { quote: string }): AttachedTo {
  const found = findQuote(located.place.doc, given)
  if (found === 'missing') throw refused('The quote is not in the document, or not in that section.')
  if (found === 'ambiguous') {
    throw refused('The quote stands there more than once. Give `prefix` and `suffix`, the text around it.')
  }
  const anchor = anchorAt(located.place, found)
  if (!anchor) throw refused('The quote has no words. Quote some.')
  return { anchor, sectionId: anchor.sectionId, quote: anchor.quote }
}

/** True when a relative position names an item that this document has, or had. */
function isOfDocument(doc: Y.Doc, encoded: string): boolean {
  const { item, type, tname } = Y.decodeRelativePosition(new Uint8Array(Buffer.from(encoded, 'base64')))
  const id = item ?? type
  if (id) return Y.getState(doc.store, id.client) > id.clock
  return tname === 'content'
}

const refused = (sentence: string) => new PublicError('invalid', { sentence })
