import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { fitOf } from './anchor-fit'
import type { Range } from './anchor-index'
import { wordsBetween } from './anchor-words'

/** A range, and whether its ends are known to be the characters that were marked first and last. */
export interface MarkedRange extends Range {
  readonly head: boolean
  readonly tail: boolean
}

/** The marked words without breaks; `cut`: there were more, and only these are known. */
export interface MarkedWords {
  readonly words: string
  readonly cut: boolean
}

/**
 * What of a range is still the marked words: from the first character that is left to the last. Characters
 * that stand beside it again as they did (an undo by somebody else, the other half of a split) belong to it.
 * Null: too little is left.
 */
export function settle(
  doc: ProseMirrorNode,
  { words: quote, cut }: MarkedWords,
  range: MarkedRange,
): MarkedRange | null {
  const words = wordsBetween(doc, range.from, range.to)
  const found = fitOf(quote, words.text, { ...range, cut })
  if (!found) return null
  let from = words.posAt(found.from)
  let to = words.endAt(found.to)
  let { before, after } = found
  if (before > 0) {
    const beside = wordsBetween(doc, from - reach(before), from)
    const back = countBack(quote.slice(0, before), beside.text)
    if (back === before || back >= 3) {
      from = beside.posAt(beside.text.length - back)
      before -= back
    }
  }
  if (after > 0) {
    const beside = wordsBetween(doc, to, to + reach(after))
    const on = countOn(quote.slice(-after), beside.text)
    if (on === after || on >= 3) {
      to = beside.endAt(on)
      after -= on
    }
  }
  return { from, to, head: before === 0, tail: cut ? range.tail : after === 0 }
}

/** Positions to look at for some characters: blocks between them take a few more. */
const reach = (characters: number): number => characters + 32

function countBack(missing: string, text: string): number {
  let count = 0
  while (count < missing.length && count < text.length && missing.at(-1 - count) === text.at(-1 - count))
    count += 1
  return count
}

function countOn(missing: string, text: string): number {
  let count = 0
  while (count < missing.length && count < text.length && missing[count] === text[count]) count += 1
  return count
}
