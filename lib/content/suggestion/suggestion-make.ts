import { Fragment, type Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type Anchor, anchorAt } from '../anchor/anchor'
import { indexOf, type Range } from '../anchor/anchor-index'
import type { AnchorPlace } from '../anchor/anchor-position'
import { blockIdsOf } from '../block-id'
import type { DocumentJson } from '../document-json'
import { nodesOf, textOf } from './suggestion'
import { withoutIds } from './suggestion-nodes'
import type { Suggestion } from './suggestion-shape'

/** A suggestion with what it is anchored to; null: to no words, since there are none. */
export interface Made {
  readonly anchor: Anchor | null
  readonly suggestion: Suggestion
}

const jsonOf = (nodes: readonly ProseMirrorNode[]): DocumentJson[] =>
  nodes.map((node) => node.toJSON() as DocumentJson)

/**
 * A change of what stands between two positions, as a suggestion: of words where they are in one text block and words
 * stand there or beside, else of the whole blocks.
 *
 * @param content inline nodes that are to stand there.
 * @returns null where the range is in more than one text block.
 */
export function suggestInText(at: AnchorPlace, range: Range, content: Fragment): Made | null {
  const $from = at.doc.resolve(range.from)
  if (!$from.parent.inlineContent || range.to > $from.end()) return null
  const base = $from.parent.content.cut($from.parentOffset, range.to - $from.start())
  const given = { base: jsonOf(nodesOf(base)), replacement: jsonOf(nodesOf(content)) }
  if (/\S/u.test(textOf(base))) {
    const anchor = anchorAt(at, range)
    if (anchor) return { anchor, suggestion: { place: { kind: 'words' }, ...given } }
  } else {
    const beside = besideOf(at, range)
    if (beside) return { anchor: beside.anchor, suggestion: { place: beside.place, ...given } }
  }
  const block = $from.parent.copy(
    $from.parent.content
      .cut(0, $from.parentOffset)
      .append(content)
      .append($from.parent.content.cut(range.to - $from.start())),
  )
  return suggestBlocks(at, { from: $from.before(), to: $from.after() }, [block])
}

/** One word beside a point, before it where there is one. */
function besideOf(
  at: AnchorPlace,
  { from, to }: Range,
): { anchor: Anchor; place: { kind: 'before' | 'after'; gap: string } } | null {
  const $from = at.doc.resolve(from)
  const { parent, parentOffset } = $from
  const before = /(\S{1,64})(\s*)$/u.exec(textOf(parent.content.cut(0, parentOffset)))
  if (before?.[1] !== undefined) {
    const [, word, gap = ''] = before
    const end = from - gap.length
    const anchor = anchorAt(at, { from: end - word.length, to: end })
    if (anchor) return { anchor, place: { kind: 'after', gap } }
  }
  const behind = /^(\s*)(\S{1,64})/u.exec(textOf(parent.content.cut(to - $from.start())))
  if (behind?.[2] === undefined) return null
  const [, gap = '', word] = behind
  const start = to + gap.length
  const anchor = anchorAt(at, { from: start, to: start + word.length })
  return anchor && { anchor, place: { kind: 'before', gap } }
}

/**
 * A change of whole blocks that stand between two positions, which are borders of blocks of one parent.
 *
 * @returns null where new blocks would stand at the beginning of something that is not the body.
 */
export function suggestBlocks(
  at: AnchorPlace,
  range: Range,
  replacement: readonly ProseMirrorNode[],
): Made | null {
  const $from = at.doc.resolve(range.from)
  const ids = blockIdsOf(at.doc)
  const blockIds: string[] = []
  const base: ProseMirrorNode[] = []
  for (let position = range.from, index = $from.index(); position < range.to; index += 1) {
    const node = $from.parent.maybeChild(index)
    const id = ids.get(position)
    if (!node || !id) return null
    blockIds.push(id)
    base.push(node)
    position += node.nodeSize
  }
  const behind =
    blockIds.length === 0 && $from.nodeBefore ? ids.get(range.from - $from.nodeBefore.nodeSize) : null
  const after = behind ?? null
  if (blockIds.length === 0 && after === null && range.from > 0) return null
  const place = { kind: 'blocks' as const, blockIds, after }
  const anchor = blockIds.length > 0 ? anchorAt(at, range) : null
  return { anchor, suggestion: { place, base: jsonOf(base), replacement: jsonOf(replacement) } }
}

/**
 * What takes a suggestion back that has just been accepted.
 *
 * @param at the body with it. @param range where its replacement stands there.
 */
export function inverseOf(at: AnchorPlace, range: Range, { place, base }: Suggestion): Made | null {
  const old = base.map((json) => at.doc.type.schema.nodeFromJSON(json))
  return place.kind === 'blocks'
    ? suggestBlocks(at, range, old)
    : suggestInText(at, range, Fragment.fromArray(old))
}

/**
 * What somebody has made of one block, as the smallest suggestion: of the words that differ where it is the same
 * block still, else of all of it. Null: nothing differs.
 *
 * @param position of the block. @param now what it is to be; more than one: it was split.
 */
export function suggestEdit(at: AnchorPlace, position: number, now: readonly ProseMirrorNode[]): Made | null {
  const before = at.doc.nodeAt(position)
  if (!before) return null
  const [only] = now
  const range = { from: position, to: position + before.nodeSize }
  if (now.length !== 1 || !only || !only.isTextblock || !isSameKind(before, only)) {
    const isSame = now.length === 1 && only && withoutIds(only).eq(withoutIds(before))
    return isSame ? null : suggestBlocks(at, range, now)
  }
  const start = before.content.findDiffStart(only.content)
  const end = before.content.findDiffEnd(only.content)
  if (start === null || end === null) return null
  // Where letters repeat themselves both ends may reach past each other.
  const over = Math.max(0, start - Math.min(end.a, end.b))
  const changed = wholeWords(before, only, { from: start, a: end.a + over, b: end.b + over })
  return suggestInText(
    at,
    { from: position + 1 + changed.from, to: position + 1 + changed.a },
    only.content.cut(changed.from, changed.b),
  )
}

const isSameKind = (a: ProseMirrorNode, b: ProseMirrorNode): boolean =>
  a.type === b.type && a.hasMarkup(b.type, { ...b.attrs, id: a.attrs.id })

/** People read words, not letters; what is only put between two words stays an insertion. */
function wholeWords(
  before: ProseMirrorNode,
  now: ProseMirrorNode,
  { from, a, b }: { from: number; a: number; b: number },
): { from: number; a: number; b: number } {
  const [old, fresh] = [textOf(before.content), textOf(now.content)]
  const isLetter = (text: string, at: number) =>
    at >= 0 && at < text.length && /[\p{L}\p{N}_\p{M}]/u.test(text[at] ?? '')
  const cutsHead = isLetter(old, from - 1) && (isLetter(old, from) || isLetter(fresh, from))
  const cutsTail = isLetter(old, a) && (isLetter(old, a - 1) || isLetter(fresh, b - 1))
  let head = 0
  let tail = 0
  if (cutsHead) while (isLetter(old, from - head - 1)) head += 1
  if (cutsTail) while (isLetter(old, a + tail)) tail += 1
  // Two characters of two units each may have one in common.
  if (isHigh(old[from - head - 1])) head += 1
  if (isLow(old[a + tail])) tail += 1
  return { from: from - head, a: a + tail, b: b + tail }
}

const isHigh = (unit = ''): boolean => unit >= '\ud800' && unit <= '\udbff'
const isLow = (unit = ''): boolean => unit >= '\udc00' && unit <= '\udfff'

/** Where a suggestion stands that has no words: the section of its first block, or of the block that it follows. */
export function sectionOfSuggestion(at: AnchorPlace, range: Range): string {
  const index = indexOf(at.doc)
  const position = Math.max(0, range.from === range.to ? range.from - 1 : range.from)
  return index.sectionIdAt(Math.min(position, at.doc.content.size))
}
