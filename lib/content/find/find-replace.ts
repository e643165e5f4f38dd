import { Fragment, type Node as ProseMirrorNode, Slice } from '@tiptap/pm/model'
import { ReplaceStep, type Step } from '@tiptap/pm/transform'
import { leafSign } from './find'
import { signOf } from './find-text'

/** Words that others come in place of, in positions of a document. */
export interface Replacement {
  readonly from: number
  readonly to: number
  readonly instead: string
}

/**
 * The steps that put words in place of others, from the last to the first: each holds in the document that the ones
 * before it leave. What stays at either end of a word is not touched, so that what is anchored there holds. New words
 * look as the first of those did that they come in place of.
 *
 * @returns `left`: how many were left alone, since they hold what is no text (a mention, a footnote).
 */
export function replacementSteps(
  doc: ProseMirrorNode,
  replacements: readonly Replacement[],
): { readonly steps: Step[]; readonly done: number; readonly left: number } {
  const steps: Step[] = []
  let left = 0
  for (const { from, to, instead } of [...replacements].sort((a, b) => b.from - a.from)) {
    const before = doc.textBetween(from, to, undefined, signOf)
    if (before.includes(leafSign)) {
      left += 1
      continue
    }
    const [start, end] = sameEnds(before, instead)
    const $from = doc.resolve(from + start)
    const words = instead.slice(start, instead.length - end)
    const cut = to - end
    if ($from.pos === cut && words === '') continue
    // Where nothing goes, what comes is more of what stands before it.
    const beside = $from.pos < cut || start === 0 ? $from.nodeAfter : $from.nodeBefore
    const content =
      words === '' ? Fragment.empty : Fragment.from(doc.type.schema.text(words, beside?.marks ?? []))
    steps.push(new ReplaceStep($from.pos, cut, new Slice(content, 0, 0)))
  }
  return { steps, done: replacements.length - left, left }
}

/** How many code units two texts share at their beginning, and at their end; never half a character. */
function sameEnds(a: string, b: string): [number, number] {
  const least = Math.min(a.length, b.length)
  let start = 0
  while (start < least && a[start] === b[start]) start += 1
  if (start > 0 && isHigh(a.charCodeAt(start - 1))) start -= 1
  let end = 0
  while (end < least - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  if (end > 0 && isLow(a.charCodeAt(a.length - end))) end -= 1
  return [start, end]
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
