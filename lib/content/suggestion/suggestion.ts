import { Fragment, type Node as ProseMirrorNode, ReplaceError, Slice } from '@tiptap/pm/model'
import { type Anchor, resolveAnchor } from '../anchor/anchor'
import { indexOf, type Range } from '../anchor/anchor-index'
import type { AnchorPlace } from '../anchor/anchor-position'
import type { DocumentJson } from '../document-json'
import { contentSchema } from '../schema'
import { maxDepth } from '../shape'
import { buildNodes, withoutIds } from './suggestion-nodes'
import type { Suggestion, SuggestionPlace } from './suggestion-shape'

/** Where a suggestion applies, for whoever has the anchor of its thread. Null: it is stale. */
export function rangeOfSuggestion(
  at: AnchorPlace,
  anchor: Anchor | null,
  suggestion: Suggestion,
): Range | null {
  const { place } = suggestion
  if (place.kind === 'blocks') return rangeOfBlocks(at.doc, place, suggestion.base)
  const words = anchor && resolveAnchor(at, anchor)
  return anchor && words ? rangeInText(at.doc, anchor, words, suggestion) : null
}

/** The same for words whose place is known already. */
function rangeInText(
  doc: ProseMirrorNode,
  anchor: Anchor,
  words: Range,
  { place, base, replacement }: Suggestion,
): Range | null {
  if (place.kind === 'blocks') return null
  const wanted = buildNodes(base, doc.type.schema)
  if (!Array.isArray(wanted)) return null
  const taken = Fragment.fromArray(wanted)
  const range =
    place.kind === 'words' ? aroundWords(words, textOf(taken)) : besideWords(doc, anchor, words, place, taken)
  if (!range || range.from < 0 || range.to > doc.content.size) return null
  const $from = doc.resolve(range.from)
  if (!$from.parent.inlineContent || range.to > $from.end()) return null
  const there = $from.parent.content.cut($from.parentOffset, range.to - $from.start())
  // To take words away it is enough that they are the same words.
  const isSame = replacement.length === 0 ? saidIn(there) === saidIn(taken) : there.eq(taken)
  return isSame ? range : null
}

/** The characters of inline nodes; whatever is none of text is one line break. */
export const textOf = (content: Fragment): string => content.textBetween(0, content.size, null, () => '\n')

/** The same with its parts told apart: who is named is not who else is. */
const saidIn = (content: Fragment): string =>
  content.textBetween(0, content.size, null, ({ type, attrs }) =>
    type.name === 'hardBreak' ? '\n' : JSON.stringify([type.name, attrs]),
  )

const isBlank = (text: string): boolean => !/\S/u.test(text)

function aroundWords(words: Range, text: string): Range | null {
  if (isBlank(text)) return null
  const lead = text.length - text.trimStart().length
  const trail = text.length - text.trimEnd().length
  return { from: words.from - lead, to: words.to + trail }
}

/** So many characters at the end of an anchor tell that nothing was written between it and the point. */
const edgeMax = 8

function besideWords(
  doc: ProseMirrorNode,
  { quote }: Anchor,
  words: Range,
  place: { readonly kind: 'before' | 'after'; readonly gap: string },
  taken: Fragment,
): Range | null {
  const { gap } = place
  if (!isBlank(gap)) return null
  const size = taken.size
  const edge =
    place.kind === 'after' ? quote.slice(-edgeMax).split('\n').at(-1) : quote.slice(0, edgeMax).split('\n')[0]
  if (!edge) return null
  const from = place.kind === 'after' ? words.to + gap.length : words.from - gap.length - size
  const [first, last] =
    place.kind === 'after' ? [words.to - edge.length, from] : [from + size, words.from + edge.length]
  if (first < 0 || last > doc.content.size || !doc.resolve(first).sameParent(doc.resolve(last))) return null
  const beside = textOf(doc.slice(first, last).content)
  return beside === (place.kind === 'after' ? edge + gap : gap + edge) ? { from, to: from + size } : null
}

function rangeOfBlocks(
  doc: ProseMirrorNode,
  { blockIds, after }: Extract<SuggestionPlace, { kind: 'blocks' }>,
  base: readonly DocumentJson[],
): Range | null {
  const index = indexOf(doc)
  if (blockIds.length === 0) {
    if (base.length > 0) return null
    const before = after === null ? { from: 0, to: 0 } : index.block(after)
    return before && { from: before.to, to: before.to }
  }
  const blocks = blockIds.map((id) => index.block(id))
  const [first, last] = [blocks[0], blocks.at(-1)]
  if (!first || !last || blocks.some((block, at) => !block || (at > 0 && block.from !== blocks[at - 1]?.to)))
    return null
  const range = { from: first.from, to: last.to }
  if (!doc.resolve(range.from).sameParent(doc.resolve(range.to))) return null
  const there = nodesOf(doc.slice(range.from, range.to).content)
  const known = buildNodes(base, doc.type.schema)
  if (!Array.isArray(known) || known.length !== there.length) return null
  return there.every((node, at) => withoutIds(node).eq(withoutIds(known[at] as ProseMirrorNode)))
    ? range
    : null
}

export const nodesOf = (content: Fragment): ProseMirrorNode[] => {
  const nodes: ProseMirrorNode[] = []
  content.forEach((node) => {
    nodes.push(node)
  })
  return nodes
}

/** One suggestion on its way into a body. */
export interface Wanted {
  readonly id: string
  readonly anchor: Anchor | null
  readonly suggestion: Suggestion
}

export interface Applied {
  /** The body with all that could be applied. */
  readonly doc: ProseMirrorNode
  /** Where the replacement of each stands in it, in document order. */
  readonly applied: readonly { readonly id: string; readonly range: Range }[]
  /** Their text is another one, or another of these has changed it. */
  readonly stale: readonly string[]
  /** Their replacement does not fit there. */
  readonly unfit: readonly string[]
}

/**
 * A body with suggestions in it, each upon the text as it stood before any of them.
 *
 * @param newId for blocks that are new.
 */
export function applySuggestions(at: AnchorPlace, wanted: readonly Wanted[], newId: () => string): Applied {
  const stale: string[] = []
  const unfit: string[] = []
  const placed: { id: string; range: Range; suggestion: Suggestion }[] = []
  for (const { id, anchor, suggestion } of wanted) {
    const range = rangeOfSuggestion(at, anchor, suggestion)
    const meets = range !== null && placed.some((other) => overlap(other.range, range))
    if (!range || meets) stale.push(id)
    else placed.push({ id, range, suggestion })
  }
  // What is put in just before something else stays before it.
  placed.sort((a, b) => a.range.from - b.range.from || a.range.to - b.range.to)
  let { doc } = at
  let shift = 0
  const applied: { id: string; range: Range }[] = []
  for (const { id, range, suggestion } of placed) {
    const here = { from: range.from + shift, to: range.to + shift }
    const next = replaced(doc, here, suggestion, newId)
    if (next === null) {
      unfit.push(id)
      continue
    }
    const grown = next.content.size - doc.content.size
    applied.push({ id, range: { from: here.from, to: here.to + grown } })
    shift += grown
    doc = next
  }
  return { doc, applied, stale, unfit }
}

/** Two insertions at one point meet too: which of them comes first is for people to say. */
const overlap = (a: Range, b: Range): boolean =>
  (a.from < b.to && b.from < a.to) || (a.from === b.from && a.to === b.to)

/** One suggestion alone. @returns the body, or why not. */
export function applySuggestion(
  at: AnchorPlace,
  anchor: Anchor | null,
  suggestion: Suggestion,
  newId: () => string,
): ProseMirrorNode | 'stale' | 'schema' {
  const { doc, stale, unfit } = applySuggestions(at, [{ id: '', anchor, suggestion }], newId)
  if (stale.length > 0) return 'stale'
  return unfit.length > 0 ? 'schema' : doc
}

/** Null: what comes does not fit there. */
function replaced(
  doc: ProseMirrorNode,
  range: Range,
  { place, replacement }: Suggestion,
  newId: () => string,
): ProseMirrorNode | null {
  const $from = doc.resolve(range.from)
  const isBlocks = place.kind === 'blocks'
  const built = buildNodes(
    isBlocks ? identified(doc, range, replacement, newId) : replacement,
    doc.type.schema,
  )
  if (!Array.isArray(built)) return null
  if (isBlocks !== built.every((node) => node.isBlock) && built.length > 0) return null
  const isWhole = range.from === 0 && range.to === doc.content.size
  if (isBlocks && built.length === 0 && isWhole) {
    const empty = doc.type.schema.nodes.paragraph?.create({ id: newId() })
    if (empty) built.push(empty)
  }
  if (Math.max(0, ...built.map(heightOf)) + $from.depth > maxDepth) return null
  try {
    return doc.replace(range.from, range.to, new Slice(Fragment.fromArray(built), 0, 0))
  } catch (error) {
    if (error instanceof RangeError || error instanceof ReplaceError) return null
    throw error
  }
}

/** How many blocks stand in one another, the outermost included. */
function heightOf(node: ProseMirrorNode): number {
  if (node.isInline) return 0
  let height = 0
  node.forEach((child) => {
    height = Math.max(height, heightOf(child))
  })
  return height + 1
}

/**
 * Blocks with an id each: their own, where nobody else has it; the one of the block in whose place they stand, where
 * they have none and are of its type; else a new one.
 */
function identified(
  doc: ProseMirrorNode,
  range: Range,
  blocks: readonly DocumentJson[],
  newId: () => string,
): DocumentJson[] {
  const index = indexOf(doc)
  const taken = new Set<string>()
  const isFree = (id: unknown): id is string => {
    if (typeof id !== 'string' || taken.has(id)) return false
    const holder = index.block(id)
    return holder === null || (holder.from >= range.from && holder.to <= range.to)
  }
  const collect = (block: DocumentJson) => {
    if (isFree(block.attrs?.id)) taken.add(block.attrs.id)
    block.content?.forEach(collect)
  }
  blocks.forEach(collect)
  const kept = new Set<string>()
  const before = nodesOf(doc.slice(range.from, range.to).content)
  const give = (block: DocumentJson, instead: ProseMirrorNode | undefined): DocumentJson => {
    if (block.type === 'text' || contentSchema.nodes[block.type]?.isInline) return block
    const own = block.attrs?.id
    const old: unknown = instead?.type.name === block.type ? instead.attrs.id : null
    let id: string
    if (typeof own === 'string' && taken.has(own) && !kept.has(own)) id = own
    else if (!own && typeof old === 'string' && !taken.has(old)) id = old
    else id = newId()
    kept.add(id)
    taken.add(id)
    const content = block.content?.map((child, at) => give(child, instead?.maybeChild(at) ?? undefined))
    return { ...block, attrs: { ...block.attrs, id }, ...(content ? { content } : {}) }
  }
  return blocks.map((block, at) => give(block, before[at]))
}
