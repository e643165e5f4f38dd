import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { blockIdsOf } from './block-id'
import { lineWords } from './leaf-words'

/**
 * Sections, read from the headings of a body. A body is a flat list of blocks; a section is a top-level
 * heading and the blocks up to the next one. (Headings inside quotes or lists are text, not sections.)
 */
export interface OutlineSection {
  /** Block id of the heading, or the one derived for it (block-id.ts); `preamble` for the preamble. */
  readonly id: string
  /** Text of the heading, white space collapsed; empty for the preamble. */
  readonly title: string
  /** Level 1 to 6 as written; 0 for the preamble. */
  readonly level: number
  /** How many sections it stands in, itself included: 1 for `2`, 2 for `2.1`; 0 for the preamble. */
  readonly depth: number
  /** By rank, not by level: a level 3 directly below a level 1 is `1.1`. Empty for the preamble. */
  readonly number: string
  /** Index in the outline of the section it stands in; null at the top. */
  readonly parent: number | null
  /** Position before the heading (for the preamble: 0). */
  readonly from: number
  /** Position where its own content begins: after the heading. */
  readonly ownFrom: number
  /** Position where its own content ends: before the next heading of whatever level. */
  readonly ownEnd: number
  /** Position where its scope ends: before the next heading of equal or higher rank. */
  readonly to: number
  /** True while its own content is nothing but white space. */
  readonly empty: boolean
  /** True while neither it nor any section within it has content. */
  readonly scopeEmpty: boolean
  /** True when other sections stand in it. */
  readonly hasSubsections: boolean
}

/** The id of the section before the first heading; no heading may have it. */
export const preambleId = 'preamble'

type Draft = { -readonly [Key in keyof OutlineSection]: OutlineSection[Key] }

/**
 * The sections of a body in document order, in one pass. The preamble is among them (first) only when it has
 * content. Every other section's id is unique.
 */
export function outlineOf(doc: ProseMirrorNode): OutlineSection[] {
  const ids = blockIdsOf(doc)
  const sections: Draft[] = []
  // The chain of sections that are still open, by their index, and how many children each has numbered.
  const open: { index: number; level: number; children: number }[] = []
  const top = { children: 0 }
  let current: Draft = draft({ id: preambleId, level: 0, from: 0, ownFrom: 0 })

  doc.forEach((block, offset) => {
    if (block.type.name !== 'heading') {
      current.empty = current.empty && isBlank(block)
      return
    }
    current.ownEnd = offset
    if (current.level === 0 && !current.empty) sections.push(current)
    const level = Number(block.attrs.level)
    for (let last = open.at(-1); last && last.level >= level; last = open.at(-1)) {
      close(sections, last.index, offset)
      open.pop()
    }
    const last = open.at(-1)
    const parent = last ? sections[last.index] : undefined
    const counter = last ?? top
    counter.children += 1
    if (parent) parent.hasSubsections = true
    const id = ids.get(offset) ?? preambleId
    current = draft({ id, level, from: offset, ownFrom: offset + block.nodeSize })
    current.title = lineWords(block)
    current.depth = open.length + 1
    current.number = `${parent ? `${parent.number}.` : ''}${counter.children}`
    current.parent = last?.index ?? null
    sections.push(current)
    open.push({ index: sections.length - 1, level, children: 0 })
  })

  const end = doc.content.size
  current.ownEnd = end
  for (let last = open.pop(); last; last = open.pop()) close(sections, last.index, end)
  if (current.level === 0 && !current.empty) sections.push(current)
  const preamble = sections[0]
  if (preamble?.level === 0) {
    preamble.to = preamble.ownEnd
    preamble.scopeEmpty = false
  }
  return sections
}

/** The section that a position of the document lies in: the innermost one. */
export function sectionAt(sections: readonly OutlineSection[], position: number): OutlineSection | null {
  let low = 0
  let high = sections.length - 1
  let found: OutlineSection | null = null
  while (low <= high) {
    const middle = (low + high) >> 1
    const section = sections[middle] as OutlineSection
    if (section.from <= position) {
      found = section
      low = middle + 1
    } else high = middle - 1
  }
  return found
}

const draft = (given: Pick<Draft, 'id' | 'level' | 'from' | 'ownFrom'>): Draft => ({
  ...given,
  title: '',
  depth: 0,
  number: '',
  parent: null,
  ownEnd: given.ownFrom,
  to: given.ownFrom,
  empty: true,
  scopeEmpty: true,
  hasSubsections: false,
})

/** Ends a section's scope and tells its parent whether anything was in it. */
function close(sections: Draft[], index: number, at: number): void {
  const section = sections[index] as Draft
  section.to = at
  section.scopeEmpty = section.scopeEmpty && section.empty
  const parent = section.parent === null ? undefined : sections[section.parent]
  if (parent) parent.scopeEmpty = parent.scopeEmpty && section.scopeEmpty
}

const substantial: ReadonlySet<string> = new Set([
  'horizontalRule',
  'table',
  'image',
  'file',
  'mention',
  'footnoteReference',
])

/** True for a block without substance: no visible text, no rule, no table, no picture, nobody named. */
export function isBlank(node: ProseMirrorNode): boolean {
  if (node.isText) return !/\S/u.test(node.text ?? '')
  if (substantial.has(node.type.name)) return false
  for (let index = 0; index < node.childCount; index++) {
    if (!isBlank(node.child(index))) return false
  }
  return true
}
