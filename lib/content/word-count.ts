import type { Node as ProseMirrorNode } from '@tiptap/pm/model'

/** Words that an adult reads silently in a minute: the mean of 190 studies (Brysbaert 2019, doi.org/10.1016/j.jml.2019.104047). */
const wordsPerMinute = 238

/** Scripts that part no words with spaces. */
const unspaced = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]+/gu
/** A word may hold an apostrophe, a hyphen, a point (`it's`, `at-least-once`, `4.2`). */
const spaced = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['\u2019.\u2010_-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu

let segmenter: Intl.Segmenter | null = null

/** How many words there are in a text. Scripts without spaces are parted by the language's own words. */
export function wordsIn(text: string): number {
  let count = 0
  const rest = text.replace(unspaced, (run) => {
    segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' })
    for (const { isWordLike } of segmenter.segment(run)) if (isWordLike) count += 1
    return ' '
  })
  for (const _ of rest.matchAll(spaced)) count += 1
  return count
}

/** Words of a block of the body. Code, diagrams and formulas are looked at, not read through: they count nothing. */
export function wordsOfBlock(block: ProseMirrorNode): number {
  if (block.isTextblock) return wordsOfText(block)
  let count = 0
  block.descendants((node) => {
    if (node.isTextblock) count += wordsOfText(node)
    return !node.isTextblock
  })
  return count
}

const wordsOfText = (node: ProseMirrorNode): number =>
  node.type.spec.code ? 0 : wordsIn(node.textBetween(0, node.content.size, ' ', ' '))

/** Minutes that it takes to read so many words, at least one. */
export const readingMinutes = (words: number): number => Math.max(1, Math.round(words / wordsPerMinute))
