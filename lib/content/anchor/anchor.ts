import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { initProseMirrorDoc } from '@tiptap/y-tiptap'
import type * as Y from 'yjs'
import { cutText } from '../../cut-text'
import { contentSchema } from '../schema'
import { placeOfText } from './anchor-find'
import { indexOf, type Range } from './anchor-index'
import { type AnchorPlace, encodeFirst, encodeLast, locate, parsePosition } from './anchor-position'
import { contextMax, mostPlaces, searchBlock, searchDocument } from './anchor-search'
import { type MarkedRange, settle } from './anchor-settle'
import { squeezed, wordsBetween, writable } from './anchor-words'

/**
 * Where a thread is attached. It stands outside the document, as JSON.
 *
 * The rule above all: it marks the words that a person would say it marks, or nothing (it is *detached*). So
 * positions count only while enough of the marked words is between them (`anchor-fit.ts`), and words that are
 * found again only where their surroundings tell them from others (`anchor-search.ts`).
 */
export interface Anchor {
  /** The first marked character: a Yjs relative position, base64. What is typed just before it stays outside. */
  readonly start: string
  /** The last one, with `assoc` -1. What is typed just behind it stays outside. */
  readonly end: string
  /** Id of the innermost block with an id in which the words begin. */
  readonly blockId: string
  /** Heading id of the innermost section in which they begin, or `preamble`. */
  readonly sectionId: string
  /** The marked words, blocks separated by `\n`; of more than `quoteMax` characters the first ones. */
  readonly quote: string
  /** Text before and behind them, blocks separated by `\n`; up to `contextMax` characters. */
  readonly prefix: string
  readonly suffix: string
}

/** In UTF-16 code units. */
export const anchorLimits = { quoteMax: 1_000, contextMax, idMax: 200, positionMax: 64 } as const

/** The body as Node sees it: `doc` is made from the fragment, which must not be anybody's live one. */
export const placeOf = (fragment: Y.XmlFragment): AnchorPlace => ({
  doc: initProseMirrorDoc(fragment, contentSchema).doc,
  fragment,
})

/** What came over the wire, when it has the shape, the sizes and the positions of an anchor; else null. */
export function parseAnchor(value: unknown): Anchor | null {
  if (typeof value !== 'object' || value === null) return null
  const { start, end, blockId, sectionId, quote, prefix, suffix } = value as Record<string, unknown>
  const { quoteMax, idMax, positionMax } = anchorLimits
  if (!isText(start, positionMax) || !isText(end, positionMax)) return null
  if (!isText(blockId, idMax) || !isText(sectionId, idMax) || blockId === '' || sectionId === '') return null
  if (!isText(quote, quoteMax) || !/\S/u.test(quote)) return null
  if (!isText(prefix, contextMax) || !isText(suffix, contextMax)) return null
  if (!parsePosition(start, 'first') || !parsePosition(end, 'last')) return null
  return { start, end, blockId, sectionId, quote, prefix, suffix }
}

const isText = (value: unknown, max: number): value is string =>
  typeof value === 'string' && value.length <= max && writable(value) === value

/** An anchor for the words in a range, without white space around them. Null: it has none. */
export function anchorAt(place: AnchorPlace, given: Range): Anchor | null {
  const { doc } = place
  const range = wordsIn(doc, given)
  const start = range && encodeFirst(place, range.from)
  const end = range && encodeLast(place, range.to)
  if (!range || !start || !end) return null
  const index = indexOf(doc)
  const [first, last] = [index.words.offsetAt(range.from), index.words.offsetAt(range.to)]
  return {
    start,
    end,
    blockId: index.blockIdAt(range.from),
    sectionId: index.sectionIdAt(range.from),
    quote: cutText(writable(doc.textBetween(range.from, range.to, '\n', '\n')), anchorLimits.quoteMax),
    prefix: lastOf(index.words.between(Math.max(0, first - contextMax), first), contextMax),
    suffix: cutText(index.words.between(last, last + contextMax), contextMax),
  }
}

function wordsIn(doc: ProseMirrorNode, { from, to }: Range): Range | null {
  const words = wordsBetween(doc, from, to)
  const first = words.text.search(/\S/u)
  return first < 0 ? null : { from: words.posAt(first), to: words.endAt(words.text.trimEnd().length) }
}

/** The end of a text, as `cutText` its beginning. */
const lastOf = (text: string, max: number): string =>
  text.length <= max ? text : text.slice(-max).replace(/^[\udc00-\udfff]/, '')

/** The title of a section as the quote of a thread on it. */
export const quoteOfTitle = (title: string): string => cutText(writable(title), anchorLimits.quoteMax)

/** Where an anchor's words are now, and by what they were found. Null: it is detached. */
export function resolveAnchor(
  place: AnchorPlace,
  anchor: Anchor,
): (Range & { how: 'position' | 'quote' }) | null {
  const range = rangeByPosition(place, anchor, anchor)
  if (range) return { from: range.from, to: range.to, how: 'position' }
  const found = searchDocument(place.doc, anchor, takenAt(place, anchor))
  return found && { ...found, how: 'quote' }
}

/** Where its words stood in a text that is there still, without them. Null: they are there, or their text is not. */
function takenAt(place: AnchorPlace, { start, end }: Anchor): number | null {
  const [first, last] = [locate(place, start, 'first'), locate(place, end, 'last')]
  return first !== null && last !== null && !first.there && !last.there ? first.position : null
}

/** Marked words that were found by position. */
export interface PlacedRange extends MarkedRange {
  /** Its ends are the very characters that were marked: whatever changes in other blocks leaves them there. */
  readonly held: boolean
}

/**
 * Where they are by position: by the anchor's own, or by others that were made for its words later. Where one
 * end leads elsewhere (its half of a block was made anew, or stands before the other end now), the other leads on.
 */
export function rangeByPosition(
  place: AnchorPlace,
  ends: Pick<Anchor, 'start' | 'end'>,
  anchor: Anchor,
): PlacedRange | null {
  const first = locate(place, ends.start, 'first')
  const last = locate(place, ends.end, 'last')
  const quote = quoteOf(anchor)
  const { doc } = place
  const between =
    first && last && first.position < last.position
      ? settle(doc, quote, {
          from: first.position,
          to: last.position,
          head: first.there,
          tail: last.there,
        })
      : null
  if (between) {
    const { from, to } = between
    const held = first?.position === from && last?.position === to && first.there && last.there
    return { ...between, held }
  }
  if (quote.cut) return null
  const reach = quote.words.length * 2 + 64
  if (first?.there) {
    const to = Math.min(doc.content.size, first.position + reach)
    const onward = settle(doc, quote, { from: first.position, to, head: true, tail: false })
    if (onward) return { ...onward, held: false }
  }
  if (!last?.there) return null
  const from = Math.max(0, last.position - reach)
  const back = settle(doc, quote, { from, to: last.position, head: false, tail: true })
  return back && { ...back, held: false }
}

/** In the block with its id, by the quote. */
export const rangeInBlock = (doc: ProseMirrorNode, anchor: Anchor): MarkedRange | null => {
  const found = searchBlock(doc, anchor)
  return found && asMarked(anchor, found)
}

/** Anywhere, by the quote. */
export const rangeInDocument = (place: AnchorPlace, anchor: Anchor): MarkedRange | null => {
  const found = searchDocument(place.doc, anchor, takenAt(place, anchor))
  return found && asMarked(anchor, found)
}

const asMarked = (anchor: Anchor, { from, to }: Range): MarkedRange => ({
  from,
  to,
  head: true,
  tail: !quoteOf(anchor).cut,
})

/** The words as `settle` takes them. */
export const quoteOf = ({ quote }: Anchor) => ({
  words: squeezed(quote),
  cut: quote.length >= anchorLimits.quoteMax - 1,
})

/** Words as a program names them. */
export interface GivenQuote {
  readonly quote: string
  /** Text just before the quote. */
  readonly prefix?: string | undefined
  /** Text just behind it. */
  readonly suffix?: string | undefined
  /** Only in this section, or in one within it. */
  readonly sectionId?: string | undefined
}

/**
 * The one place where the given words stand. Blocks and lines may be separated by one `\n` or more, and white
 * space around the quote does not count. `missing` also for a quote without words.
 */
export function findQuote(doc: ProseMirrorNode, given: GivenQuote): Range | 'missing' | 'ambiguous' {
  const index = indexOf(doc)
  const { words } = index
  const lines = writable(given.quote.trim()).replace(/\n+/g, '\n')
  const within =
    given.sectionId === undefined ? { from: 0, to: doc.content.size } : index.section(given.sectionId, true)
  const wanted = squeezed(lines)
  if (!within || wanted === '') return 'missing'
  const [prefix, suffix] = [squeezed(writable(given.prefix ?? '')), squeezed(writable(given.suffix ?? ''))]
  const until = words.offsetAt(within.to)
  const found: number[] = []
  let places = 0
  for (
    let at = placeOfText(words.text, wanted, words.offsetAt(within.from));
    at >= 0 && at + wanted.length <= until;
  ) {
    const end = at + wanted.length
    const fits =
      words.text.slice(Math.max(0, at - prefix.length), at) === prefix && words.text.startsWith(suffix, end)
    if (fits && words.between(at, end) === lines) found.push(at)
    places += 1
    if (found.length > 1 || places > mostPlaces) return 'ambiguous'
    at = placeOfText(words.text, wanted, at + 1)
  }
  const [at] = found
  return at === undefined ? 'missing' : { from: words.posAt(at), to: words.endAt(at + wanted.length) }
}
