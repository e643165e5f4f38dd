import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { AuthorRuns } from '../authorship'
import { outlineOf } from '../outline'
import { changesInSubstance } from '../substance'
import { alignBlocks } from './align-blocks'
import {
  isSameBut,
  isSameKind,
  type Redline,
  type RedlineBlock,
  type RedlineSection,
  stopsIn,
} from './redline'
import { compareInline, wholeInline } from './redline-inline'

/** A text with whose its characters are. */
export interface Written {
  readonly doc: ProseMirrorNode
  /** By block id. */
  readonly authors: ReadonlyMap<string, AuthorRuns<string | null>>
}

/** How `before` became `after`. */
export function redlineOf(before: Written, after: Written): Redline {
  const blocks = compareBlocks(before.doc.content.content, after.doc.content.content, { before, after })
  const differences = new Map(
    changesInSubstance(before.doc, after.doc, null).map(({ sectionId, change }) => [sectionId, change]),
  )
  const [old, now] = [sectionsOf(before.doc), sectionsOf(after.doc)]
  const inNow = new Set(now.ofBlock.map(({ id }) => id))
  const found = new Map<string, { head: SectionHead; blocks: RedlineBlock[] }>()
  for (const block of blocks) {
    const was = block.before === null ? null : (old.ofBlock[block.before] as SectionHead)
    const is = block.after === null ? null : (now.ofBlock[block.after] as SectionHead)
    const head = is ?? (was as SectionHead)
    const isElsewhere = block.moved && was !== null && was.id !== head.id
    const told = isElsewhere ? { ...block, movedFrom: was.title } : block
    const known = found.get(head.id)
    if (known) known.blocks.push(told)
    else
      found.set(head.id, {
        head: inNow.has(head.id) ? (now.byId.get(head.id) ?? head) : head,
        blocks: [told],
      })
  }
  const sections = [...found.values()].map(({ head, blocks: all }) => {
    const blocks = movedAlong(all, (place) => old.ofBlock[place]?.id === head.id)
    const changes = blocks.reduce((count, block) => count + stopsIn(block), 0)
    return { ...head, difference: differences.get(head.id) ?? null, changes, blocks }
  })
  return { sections: inDocumentOrder(sections, [...now.byId.keys()]) }
}

type SectionHead = Pick<RedlineSection, 'id' | 'title' | 'number' | 'level'>

/** The sections of a text, and of each of its blocks the one that it stands in. */
function sectionsOf(doc: ProseMirrorNode) {
  const outline = outlineOf(doc)
  const preamble: SectionHead = { id: 'preamble', title: '', number: '', level: 0 }
  const heads = outline.map(({ id, title, number, level }): SectionHead => ({ id, title, number, level }))
  const ofBlock: SectionHead[] = []
  let next = 0
  let current = preamble
  doc.forEach((_, offset) => {
    while (next < outline.length && (outline[next]?.from ?? 0) <= offset) {
      current = heads[next] as SectionHead
      next += 1
    }
    ofBlock.push(current)
  })
  return { ofBlock, byId: new Map(heads.map((head) => [head.id, head])) }
}

/** Of a section that moved, its heading did: blocks that stood in it, in this order, only came along. */
function movedAlong(
  blocks: readonly RedlineBlock[],
  isOfSection: (place: number) => boolean,
): RedlineBlock[] {
  const [heading] = blocks
  if (!heading?.moved || heading.type !== 'heading') return [...blocks]
  let last = heading.before ?? 0
  return blocks.map((block) => {
    if (block === heading || !block.moved || block.before === null) return block
    if (block.before < last || !isOfSection(block.before)) return block
    last = block.before
    return { ...block, moved: false }
  })
}

/** Sections of the later text in its order; others behind the one that they were found behind. */
function inDocumentOrder(sections: readonly RedlineSection[], order: readonly string[]): RedlineSection[] {
  const places = new Map(order.map((id, place) => [id, place]))
  let last = -1
  const placed = sections.map((section, index) => {
    const place = places.get(section.id)
    // A preamble of blank paragraphs is none of the outline's; it stands in front.
    if (place !== undefined) last = place
    return { section, place: place ?? (section.level === 0 ? -1 : last), isLater: place === undefined, index }
  })
  return placed
    .sort((a, b) => a.place - b.place || Number(a.isLater) - Number(b.isLater) || a.index - b.index)
    .map(({ section }) => section)
}

export interface Sides {
  readonly before: Written
  readonly after: Written
}

/** Both rows of blocks as one: the later order, with removed ones behind what they stood behind. */
function compareBlocks(
  before: readonly ProseMirrorNode[],
  after: readonly ProseMirrorNode[],
  sides: Sides,
): RedlineBlock[] {
  const { partners, moved } = alignBlocks(before, after)
  const taken = new Set(partners)
  const stays = new Set(partners.filter((_, index) => !moved.has(index)))
  const blocks: RedlineBlock[] = []
  const addRemovedFrom = (start: number) => {
    for (let old = start; old < before.length && !stays.has(old); old++) {
      if (!taken.has(old))
        blocks.push(wholeBlock(before[old] as ProseMirrorNode, 'removed', old, sides.before))
    }
  }
  addRemovedFrom(0)
  for (const [index, node] of after.entries()) {
    const partner = partners[index] ?? null
    if (partner === null) {
      blocks.push(wholeBlock(node, 'added', index, sides.after))
      continue
    }
    const place = { before: partner, after: index, moved: moved.has(index), sides }
    blocks.push(compareBlock(before[partner] as ProseMirrorNode, node, place))
    if (!place.moved) addRemovedFrom(partner + 1)
  }
  return blocks
}

function compareBlock(
  old: ProseMirrorNode,
  now: ProseMirrorNode,
  { sides, ...place }: Pick<RedlineBlock, 'before' | 'after' | 'moved'> & { sides: Sides },
): RedlineBlock {
  // Most of a text is the same in both: nothing in it has to be looked for.
  if (old.eq(now)) return { ...sameBlock(now, 0), ...place }
  const kind = { type: now.type.name, attrs: now.attrs }
  const was = { type: old.type.name, attrs: old.attrs }
  const head = { ...place, movedFrom: null, ...kind, was: isSameKind(was, kind) ? null : was }
  if (now.inlineContent && old.inlineContent) {
    const inline = old.content.eq(now.content)
      ? wholeInline(now, 'same', [])
      : compareInline(old, now, { before: runsOf(old, sides.before), after: runsOf(now, sides.after) })
    const isSame = isSameBut(head.was, kind) && inline.every(({ state }) => state === 'same')
    return { ...head, state: isSame ? 'same' : 'changed', inline, blocks: null }
  }
  const blocks = compareBlocks(old.content.content, now.content.content, sides)
  const isSame = isSameBut(head.was, kind) && blocks.every((block) => block.state === 'same' && !block.moved)
  return { ...head, state: isSame ? 'same' : 'changed', inline: null, blocks }
}

/** A block beside itself. @param index its place among its siblings. */
export const sameBlock = (node: ProseMirrorNode, index: number): RedlineBlock => ({
  state: 'same',
  before: index,
  after: index,
  moved: false,
  movedFrom: null,
  type: node.type.name,
  attrs: node.attrs,
  was: null,
  inline: node.inlineContent ? wholeInline(node, 'same', []) : null,
  blocks: node.inlineContent ? null : node.content.content.map(sameBlock),
})

function wholeBlock(
  node: ProseMirrorNode,
  state: 'added' | 'removed',
  index: number,
  side: Written,
): RedlineBlock {
  return {
    state,
    before: state === 'removed' ? index : null,
    after: state === 'added' ? index : null,
    moved: false,
    movedFrom: null,
    type: node.type.name,
    attrs: node.attrs,
    was: null,
    inline: node.inlineContent ? wholeInline(node, state, runsOf(node, side)) : null,
    blocks: node.inlineContent
      ? null
      : node.content.content.map((child, at) => wholeBlock(child, state, at, side)),
  }
}

const runsOf = (node: ProseMirrorNode, { authors }: Written): AuthorRuns<string | null> =>
  authors.get(node.attrs.id) ?? []
