import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { placeOfText } from './anchor-find'
import { fitOf } from './anchor-fit'
import { indexOf, type Range } from './anchor-index'
import { squeezed, type Words } from './anchor-words'

/**
 * Finds words by what they are and what stood beside them, where their positions lead nowhere.
 *
 * Equal words are not the same words. What is found must be told from any other by its surroundings, the more so
 * the shorter it is; where two fit alike, none is taken.
 */
export interface Wanted {
  readonly blockId: string
  readonly sectionId: string
  readonly quote: string
  readonly prefix: string
  readonly suffix: string
}

/** Characters that prefix and suffix have at most. */
export const contextMax = 32

/** Characters of context that must agree, by the length of the quote: a long one speaks for itself. */
const contextNeeded = (length: number): number => (length >= 40 ? 0 : length >= 16 ? 8 : 16)

/** So many characters of context tell words for themselves, in whatever pieces they stand. */
const muchContext = 24

/** Shorter quotes count only with their surroundings. */
const shortest = 4
/** The lead in characters of context that one of several equal quotes must have. */
const lead = 4
/** A quote with more places than this is not looked at further. */
export const mostPlaces = 5_000

/** Where words are looked for, no end of them is known to be the very character. */
const nowhereKnown = { head: false, tail: false, cut: false } as const

type Scope = 'block' | 'section' | 'document'

/** In the block with its id alone: what remains when a block was moved, or made anew with another type. */
export function searchBlock(doc: ProseMirrorNode, wanted: Wanted): Range | null {
  const search = new Search(doc, wanted)
  const found = search.equal('block')
  return found === 'tie' ? null : (found ?? search.left())
}

/** Shorter words that were deleted are not looked for in other blocks. */
const speaksAlone = 16
/** Characters on either side that tell whether words were deleted alone. */
const close = 8

/**
 * In its block, its section, the whole document; then for words that are nearly these, in the same order.
 *
 * @param takenAt where they stood in a text that lives on, if they were taken out of it (deleted, or put elsewhere by
 *   a split). Where what stood beside them stands there still, and the same few words in another block among much the
 *   same (the next row of a table), those are others, which stood there before. Default null: they were not.
 */
export function searchDocument(
  doc: ProseMirrorNode,
  wanted: Wanted,
  takenAt: number | null = null,
): Range | null {
  const search = new Search(doc, wanted)
  if (takenAt !== null && squeezed(wanted.quote).length < speaksAlone && search.wereCutOutAt(takenAt)) {
    return searchBlock(doc, wanted)
  }
  const scopes: Scope[] = ['block', 'section', 'document']
  for (const scope of scopes) {
    const found = search.equal(scope)
    if (found) return found === 'tie' ? null : found
  }
  return search.left() ?? search.similar('section') ?? search.similar('document')
}

class Search {
  private readonly words: Words
  private readonly quote: string
  private readonly prefix: string
  private readonly suffix: string

  constructor(
    private readonly doc: ProseMirrorNode,
    private readonly wanted: Wanted,
  ) {
    this.words = indexOf(doc).words
    this.quote = squeezed(wanted.quote)
    this.prefix = squeezed(wanted.prefix)
    this.suffix = squeezed(wanted.suffix)
  }

  /** The very quote. `tie`: it is there more than once, and nothing tells which. */
  equal(scope: Scope): Range | 'tie' | null {
    const { quote } = this
    const places = this.placesOf(quote, this.offsetsOf(scope))
    if (places === 'many') return 'tie'
    const judged = places
      .map((at) => ({ at, ...this.judge(at, scope) }))
      // A few words that a split has torn apart are told by all that stood around them, if that is much.
      .filter(
        ({ at, whole, context }) =>
          quote.length >= 8 || (whole && context >= muchContext) || this.unbroken(at),
      )
      .sort((a, b) => b.score - a.score)
    const [best, second] = judged
    if (!best?.enough) return null
    if (second) {
      const needed = best.whole ? 1 : lead
      if (best.score - second.score < needed || (!best.whole && best.context < 8)) return 'tie'
    }
    return this.range(best.at, best.at + quote.length)
  }

  /**
   * What is left of the quote in its own block, whatever was written in between: three quarters of it, and no second
   * place that has half as much. So words that had been edited are found when an undo by somebody else brings their
   * block back, which nobody else's positions follow.
   */
  left(): Range | null {
    const { quote, words } = this
    const block = this.offsetsOf('block')
    if (!block || quote.length < 8 || quote.length > 600) return null
    const text = words.text.slice(block.from, block.to)
    const found = fitOf(quote, text, nowhereKnown)
    if (!found || found.kept * 4 < quote.length * 3) return null
    const rest = [text.slice(0, found.from), text.slice(found.to)]
    if (rest.some((part) => (fitOf(quote, part, nowhereKnown)?.kept ?? 0) * 2 > found.kept)) return null
    return this.range(block.from + found.from, block.from + found.to)
  }

  /** Nearly the quote: three quarters of it, with little else in between. Only for quotes of some length. */
  similar(scope: 'section' | 'document'): Range | null {
    const { quote, words } = this
    if (quote.length < 16 || quote.length > 600) return null
    const offsets = this.offsetsOf(scope)
    const margin = quote.length >> 2
    const starts: number[] = []
    const size = Math.min(16, Math.max(6, quote.length >> 3))
    for (let seed = 0; seed + size <= quote.length; seed += Math.max(size, quote.length >> 2)) {
      const places = this.placesOf(quote.slice(seed, seed + size), offsets)
      if (places === 'many' || places.length > 8) continue
      for (const at of places) {
        const start = Math.max(0, at - seed)
        if (starts.every((known) => Math.abs(known - start) > margin)) starts.push(start)
      }
    }
    // Many places that share pieces with it are boilerplate.
    if (starts.length > 6) return null
    const near = starts.flatMap((start) => {
      const from = Math.max(0, start - margin)
      const found = fitOf(quote, words.text.slice(from, start + quote.length + margin), nowhereKnown)
      if (!found) return []
      const likeness = found.kept / Math.max(quote.length, found.to - found.from)
      const place = { from: from + found.from, to: from + found.to, likeness }
      const known = found.before === 0 && found.after === 0 ? this.contextAt(place.from, place.to) : 0
      const needed = contextNeeded(quote.length) + 8
      return likeness >= 0.75 && known >= Math.min(needed, this.available) ? [place] : []
    })
    near.sort((a, b) => b.likeness - a.likeness)
    const [best, second] = near
    if (!best || (second && best.likeness - second.likeness < 0.1)) return null
    return this.range(best.from, best.to)
  }

  private get available(): number {
    return this.prefix.length + this.suffix.length
  }

  private range(start: number, end: number): Range {
    return { from: this.words.posAt(start), to: this.words.endAt(end) }
  }

  private offsetsOf(scope: Scope): Range | null {
    const { words } = this
    if (scope === 'document') return { from: 0, to: words.text.length }
    const index = indexOf(this.doc)
    const range = scope === 'block' ? index.block(this.wanted.blockId) : index.section(this.wanted.sectionId)
    return range && { from: words.offsetAt(range.from), to: words.offsetAt(range.to) }
  }

  /** Where a text begins within these offsets. */
  private placesOf(text: string, within: Range | null): number[] | 'many' {
    const places: number[] = []
    if (!within || text === '') return places
    const stretch = this.words.text.slice(within.from, within.to + text.length)
    for (let at = placeOfText(stretch, text); at >= 0; at = placeOfText(stretch, text, at + 1)) {
      if (within.from + at >= within.to) break
      if (places.length === mostPlaces) return 'many'
      places.push(within.from + at)
    }
    return places
  }

  private unbroken(at: number): boolean {
    for (let offset = at + 1; offset < at + this.quote.length; offset += 1) {
      if (this.words.breakAt(offset)) return this.wanted.quote.includes('\n')
    }
    return true
  }

  private judge(at: number, scope: Scope) {
    const end = at + this.quote.length
    const context = this.contextAt(at, end)
    const whole = context === this.available && context > 0
    const inBlock = scope === 'block' && this.standsAsInBlock(at, end)
    return {
      context,
      whole,
      score: context + (inBlock ? 64 : 0),
      enough: inBlock || this.isEnough(context, scope),
    }
  }

  private isEnough(context: number, scope: Scope): boolean {
    const { length } = this.quote
    if (scope === 'block' && length >= 16) return true
    const needed = Math.min(contextNeeded(length), this.available)
    return context >= needed && (length >= shortest || context >= 8)
  }

  /** True where all that stood close beside the words stands there without them: they were deleted, nothing more. */
  wereCutOutAt(position: number): boolean {
    const { prefix, suffix } = this
    const at = this.words.offsetAt(position)
    // A split has put them into a block of their own just there, with all behind them that stood behind them.
    const { text } = this.words
    const end = at + this.quote.length + suffix.length
    const isKnown = suffix.length === contextMax || end === text.length
    if (isKnown && text.startsWith(this.quote + suffix, at)) return false
    const { before, after } = this.besideAt(at, at)
    return before >= Math.min(close, prefix.length) && after >= Math.min(close, suffix.length)
  }

  /** Characters of prefix and suffix that stand beside this place too. */
  private contextAt(start: number, end: number): number {
    const { before, after } = this.besideAt(start, end)
    return before + after
  }

  private besideAt(start: number, end: number): { before: number; after: number } {
    const { prefix, suffix } = this
    const { text } = this.words
    let before = 0
    while (
      before < prefix.length &&
      start > before &&
      prefix[prefix.length - 1 - before] === text[start - 1 - before]
    )
      before += 1
    let after = 0
    while (after < suffix.length && suffix[after] === text[end + after]) after += 1
    return { before, after }
  }

  /** True when all that is known of the line around the quote stands around this place too. */
  private standsAsInBlock(start: number, end: number): boolean {
    const { words, wanted } = this
    const before = wanted.prefix.slice(wanted.prefix.lastIndexOf('\n') + 1)
    const cut = wanted.suffix.indexOf('\n')
    const after = cut < 0 ? wanted.suffix : wanted.suffix.slice(0, cut)
    if (this.quote.length < shortest && before.length + after.length < 4) return false
    // Where the known part is shorter than it could be, the line begins or ends there.
    const begins = before.length < wanted.prefix.length || wanted.prefix.length < contextMax
    const ends = cut >= 0 || wanted.suffix.length < contextMax
    const standsBefore =
      words.text.slice(Math.max(0, start - before.length), start) === before &&
      (!begins || words.breakAt(start - before.length))
    const standsAfter =
      words.text.slice(end, end + after.length) === after && (!ends || words.breakAt(end + after.length))
    // Words at an edge of their block stood beside another block, which may be elsewhere now.
    const block = this.offsetsOf('block')
    return (standsBefore || start === block?.from) && (standsAfter || end === block?.to)
  }
}
