import type { Transaction } from '@tiptap/pm/state'
import {
  type Anchor,
  quoteOf,
  rangeByPosition,
  rangeInBlock,
  rangeInDocument,
} from '../../lib/content/anchor'
import { type AnchorPlace, encodeFirst, encodeLast } from '../../lib/content/anchor-position'
import { type MarkedRange, settle } from '../../lib/content/anchor-settle'

/**
 * The words of one anchor while a page is open. Its own positions decide whenever they lead to the words; where
 * they do not (a block made anew), the page remembers where the words went, which no later reader can know.
 *
 * One rule for what is cheap and what is not: a keystroke maps; somebody else's change asks the positions, then
 * the block; only at rest is the whole document searched.
 */
export interface TrackedWords {
  readonly anchor: Anchor
  /** Positions of the first and the last character that is left, where they are not the anchor's own. */
  readonly ends: Pick<Anchor, 'start' | 'end'> | null
  /** Null: detached, as far as was looked. */
  readonly range: MarkedRange | null
  /** True: `atRest` may know better. */
  readonly unsure: boolean
}

/** Words that are looked for the first time; `atRest` looks further. */
export function track(place: AnchorPlace, anchor: Anchor): TrackedWords {
  const range = rangeByPosition(place, anchor, anchor)
  return { anchor, ends: null, range, unsure: range === null }
}

/** After a change that was made in this editor: the body (Yjs) hears of it only later. */
export function afterOwnChange(tr: Transaction, words: TrackedWords): TrackedWords {
  const { anchor, range } = words
  if (range === null) return words.unsure ? words : { ...words, unsure: true }
  const mapped = mapThrough(tr, range)
  if (!mapped.touched) {
    return mapped.from === range.from && mapped.to === range.to
      ? words
      : { ...words, range: { ...range, from: mapped.from, to: mapped.to } }
  }
  const left = mapped.from < mapped.to ? settle(tr.doc, quoteOf(anchor), mapped) : null
  return { ...words, range: left, unsure: true }
}

/** After a change that came through the body: by others, or by undo. */
export function afterBodyChange(place: AnchorPlace, words: TrackedWords): TrackedWords {
  const { anchor, range } = words
  const found = byPosition(place, words)
  if (found) return found
  // What was detached before is searched for at rest.
  const near = range === null ? null : rangeInBlock(place.doc, anchor)
  return { ...words, range: near, unsure: true }
}

/** When the typing rests, with everything in the body that is in the document. */
export function atRest(place: AnchorPlace, words: TrackedWords): TrackedWords {
  const found = byPosition(place, words)
  if (found) return found
  const { anchor } = words
  const range = words.range ?? rangeInDocument(place.doc, anchor)
  if (range === null) return { ...words, range, unsure: false }
  const start = encodeFirst(place, range.from)
  const end = encodeLast(place, range.to)
  return { anchor, ends: start && end ? { start, end } : null, range, unsure: false }
}

function byPosition(place: AnchorPlace, { anchor, ends }: TrackedWords): TrackedWords | null {
  const own = rangeByPosition(place, anchor, anchor)
  if (own) return { anchor, ends: null, range: own, unsure: false }
  const later = ends && rangeByPosition(place, ends, anchor)
  return later && { anchor, ends, range: later, unsure: false }
}

function mapThrough(tr: Transaction, range: MarkedRange): MarkedRange & { touched: boolean } {
  let { from, to, head, tail } = range
  let touched = false
  for (const map of tr.mapping.maps) {
    map.forEach((start, end) => {
      if (start < to && end > from) touched = true
    })
    const first = map.mapResult(from, 1)
    const last = map.mapResult(to, -1)
    head &&= !first.deletedAfter
    tail &&= !last.deletedBefore
    from = first.pos
    to = last.pos
  }
  return { from, to, head, tail, touched }
}
