import type { Transaction } from '@tiptap/pm/state'
import {
  type Anchor,
  quoteOf,
  rangeByPosition,
  rangeInBlock,
  rangeInDocument,
} from '../../../lib/content/anchor/anchor'
import { type AnchorPlace, encodeFirst, encodeLast } from '../../../lib/content/anchor/anchor-position'
import { type MarkedRange, settle } from '../../../lib/content/anchor/anchor-settle'
import { changesStructure } from '../binding/undo-steps'

/**
 * The words of one anchor while a page is open. Its own positions decide whenever they lead to the words; where
 * they do not (a block made anew), the page remembers where the words went, which no later reader can know.
 *
 * One rule for what is cheap and what is not: a keystroke maps, and so does somebody else's change of other blocks;
 * one of theirs asks the positions, then the block; only at rest is the whole document searched.
 */
export interface TrackedWords {
  readonly anchor: Anchor
  /** Positions of the first and the last character that is left, where they are not the anchor's own. */
  readonly ends: Pick<Anchor, 'start' | 'end'> | null
  /** Null: detached, as far as was looked. */
  readonly range: MarkedRange | null
  /** The range ends with the anchor's own characters (`rangeByPosition`), and nothing was done to its blocks since. */
  readonly held: boolean
  /** True: `atRest` may know better. */
  readonly unsure: boolean
}

/** Words that are looked for the first time; `atRest` looks further. */
export function track(place: AnchorPlace, anchor: Anchor): TrackedWords {
  const range = rangeByPosition(place, anchor, anchor)
  return { anchor, ends: null, range, held: range?.held ?? false, unsure: range === null }
}

/** After a change that was made in this editor: the body (Yjs) hears of it only later. */
export function afterOwnChange(tr: Transaction, words: TrackedWords): TrackedWords {
  const { anchor, range } = words
  if (range === null) return words.unsure ? words : { ...words, unsure: true }
  const mapped = mapThrough(tr, range)
  const { change, ...left } = mapped
  if (change === 'within') {
    const settled = left.from < left.to ? settle(tr.doc, quoteOf(anchor), left) : null
    return { ...words, range: settled, held: false, unsure: true }
  }
  // Where an end of the words is missing, what stands elsewhere may be more of them; and with a block that is
  // split or joined, the binding makes characters anew that nobody touched.
  // Where their own ends do not hold them, those may come to stand around them again, or what they are may be found.
  const unsure =
    words.unsure ||
    !words.held ||
    change === 'beside' ||
    !range.head ||
    !range.tail ||
    changesStructure(tr, tr.before)
  const same = left.from === range.from && left.to === range.to && unsure === words.unsure
  return same ? words : { ...words, range: left, held: words.held && !unsure, unsure }
}

/** After a change that came through the body: by others, or by undo. */
export function afterBodyChange(place: AnchorPlace, words: TrackedWords, tr: Transaction): TrackedWords {
  const { anchor, range } = words
  const beside = movedBeside(words, tr)
  if (beside) return beside
  const found = byPosition(place, words)
  if (found) return found
  // What was detached before is searched for at rest.
  const near = range === null ? null : rangeInBlock(place.doc, anchor)
  return { ...words, range: near, held: false, unsure: true }
}

/**
 * When the typing rests, with everything in the body that is in the document. What anybody would find who opens
 * the page now counts before what this page remembers, so that all see the same.
 */
export function atRest(place: AnchorPlace, words: TrackedWords): TrackedWords {
  const { anchor } = words
  const own = rangeByPosition(place, anchor, anchor)
  if (own?.held) return { anchor, ends: null, range: own, held: true, unsure: false }
  const found = own ?? rangeInDocument(place, anchor)
  const range = found ?? words.range
  if (range === null) return { ...words, unsure: false }
  const start = encodeFirst(place, range.from)
  const end = encodeLast(place, range.to)
  return { anchor, ends: start && end ? { start, end } : null, range, held: false, unsure: false }
}

/**
 * Words that their own characters hold, in blocks that are the very same nodes: they are where their block is now.
 * (Not those that were only recognised there: an undo may bring their own characters back elsewhere.) Null: there
 * is more to it.
 */
function movedBeside(words: TrackedWords, tr: Transaction): TrackedWords | null {
  const { range } = words
  if (range === null || words.unsure || !words.held) return null
  const $from = tr.before.resolve(range.from)
  const $to = tr.before.resolve(range.to)
  const from = tr.mapping.map(range.from, 1)
  const $now = tr.doc.resolve(from)
  for (let index = $from.index(0); index <= $to.index(0); index += 1) {
    const now = tr.doc.maybeChild($now.index(0) + index - $from.index(0))
    if (now !== tr.before.child(index)) return null
  }
  if ($now.depth === 0 || from - $now.before(1) !== range.from - $from.before(1)) return null
  return from === range.from
    ? words
    : { ...words, range: { ...range, from, to: from + range.to - range.from } }
}

/** By the anchor's own positions, or by those that the words had when this page last looked. */
function byPosition(place: AnchorPlace, { anchor, ends }: TrackedWords): TrackedWords | null {
  const own = rangeByPosition(place, anchor, anchor)
  if (own) return { anchor, ends: null, range: own, held: own.held, unsure: false }
  const later = ends && rangeByPosition(place, ends, anchor)
  return later && { anchor, ends, range: later, held: false, unsure: true }
}

function mapThrough(
  tr: Transaction,
  range: MarkedRange,
): MarkedRange & { change: 'within' | 'beside' | 'none' } {
  let { from, to, head, tail } = range
  let change: 'within' | 'beside' | 'none' = 'none'
  for (const map of tr.mapping.maps) {
    map.forEach((start, end) => {
      if (start < to && end > from) change = 'within'
      // Characters of theirs that were deleted may have stood there: what comes back is told by position alone.
      else if (start <= to && end >= from && change === 'none') change = 'beside'
    })
    const first = map.mapResult(from, 1)
    const last = map.mapResult(to, -1)
    head &&= !first.deletedAfter
    tail &&= !last.deletedBefore
    from = first.pos
    to = last.pos
  }
  return { from, to, head, tail, change }
}
