import type { Mark, Node as ProseMirrorNode } from '@tiptap/pm/model'
import { isBlank, type OutlineSection, outlineOf } from './outline'
import { movedIds } from './redline/longest-ascending'

/**
 * What a section says, leaving out what nobody means: white space, and variants of the same character (quotes,
 * dashes, ways to write an accent), outside code; how wide columns and pictures are. Everything else counts: words,
 * formatting, blocks and what is said of them, the heading and its level. An approval stands while the substance of what it covers is the same.
 */
export interface SectionSubstance {
  readonly sectionId: string
  readonly title: string
  /** Of the heading and its own content, down to the next heading of whatever level. Compared, never shown. */
  readonly substance: string
}

export type SectionDifference = 'changed' | 'added' | 'removed' | 'moved'

/** How a section differs in substance between two texts. */
export interface SectionChange {
  readonly sectionId: string
  readonly title: string
  readonly change: SectionDifference
}

interface Read {
  readonly outline: readonly OutlineSection[]
  readonly sections: readonly SectionSubstance[]
}

/** Of bodies that are at hand: one is compared for each reviewer, and nodes never change. */
const known = new WeakMap<ProseMirrorNode, Read>()

/** All sections of a body in document order, the preamble (where it has content) included. */
export const substancesOf = (doc: ProseMirrorNode): readonly SectionSubstance[] => read(doc).sections

function read(doc: ProseMirrorNode): Read {
  const found = known.get(doc)
  if (found) return found
  const outline = outlineOf(doc)
  const said: unknown[][] = outline.map(() => [])
  let index = -1
  doc.forEach((block, offset) => {
    while (index + 1 < outline.length && (outline[index + 1] as OutlineSection).from <= offset) index += 1
    said[index]?.push(...substanceOf(block))
  })
  const sections = outline.map(({ id, title }, at) => ({
    sectionId: id,
    title,
    substance: JSON.stringify(said[at]),
  }))
  const made = { outline, sections }
  known.set(doc, made)
  return made
}

/**
 * Sections that differ in substance, in the order of `after`; a removed one stands behind what it stood behind.
 *
 * @param scope heading ids, each standing for its section and all that is under it in either text; null: everything.
 *   A heading that vanished, or came back under another id, is removed (and the other one added).
 */
export function changesInSubstance(
  before: ProseMirrorNode,
  after: ProseMirrorNode,
  scope: readonly string[] | null,
): SectionChange[] {
  const [old, now] = [substancesOf(before), substancesOf(after)]
  const oldById = new Map(old.map((section) => [section.sectionId, section]))
  const nowIds = new Set(now.map((section) => section.sectionId))
  const [oldScope, nowScope] = [scopeOf(before, scope), scopeOf(after, scope)]
  const moved = movedIds(
    old.map(({ sectionId }) => sectionId).filter((id) => nowIds.has(id)),
    now.map(({ sectionId }) => sectionId).filter((id) => oldById.has(id)),
  )
  const removedBehind = new Map<string | null, SectionChange[]>()
  let last: string | null = null
  for (const { sectionId, title } of old) {
    if (nowIds.has(sectionId)) last = sectionId
    else if (oldScope.has(sectionId)) {
      const removed = removedBehind.get(last) ?? []
      removedBehind.set(last, [...removed, { sectionId, title, change: 'removed' }])
    }
  }
  const differenceOf = ({ sectionId, substance }: SectionSubstance): SectionDifference | null => {
    const was = oldById.get(sectionId)
    const [inOld, inNow] = [oldScope.has(sectionId), nowScope.has(sectionId)]
    if (!inOld && !inNow) return null
    if (!was) return 'added'
    if (was.substance !== substance) return 'changed'
    return moved.has(sectionId) || inOld !== inNow ? 'moved' : null
  }
  const changes = [...(removedBehind.get(null) ?? [])]
  for (const section of now) {
    const { sectionId, title } = section
    const change = differenceOf(section)
    if (change !== null) changes.push({ sectionId, title, change })
    changes.push(...(removedBehind.get(sectionId) ?? []))
  }
  return changes
}

/** Ids of the sections that a scope covers in one text. */
export function scopeOf(doc: ProseMirrorNode, scope: readonly string[] | null): ReadonlySet<string> {
  const { outline } = read(doc)
  if (scope === null) return new Set(outline.map(({ id }) => id))
  const wanted = new Set(scope)
  const covered = new Set<string>()
  const isCovered = ({ id, parent }: OutlineSection): boolean =>
    wanted.has(id) || (parent !== null && covered.has((outline[parent] as OutlineSection).id))
  for (const section of outline) if (isCovered(section)) covered.add(section.id)
  return covered
}

/** Of the blocks that begin within two positions. */
export function substanceBetween(doc: ProseMirrorNode, from: number, to: number): string {
  const said: unknown[] = []
  doc.forEach((block, offset) => {
    if (offset >= from && offset < to) said.push(...substanceOf(block))
  })
  return JSON.stringify(said)
}

/** Nothing for a block that is white space. */
function substanceOf(block: ProseMirrorNode): unknown[] {
  const { name } = block.type
  if (name === 'paragraph' && isBlank(block) && block.content.content.every((child) => child.isText))
    return []
  const attrs = Object.entries(block.attrs)
    .filter(([attribute]) => attribute !== 'id' && attribute !== 'width')
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const content = block.inlineContent
    ? inlineSubstance(block)
    : block.content.content.flatMap((child) => substanceOf(child))
  return [[name, attrs, content]]
}

function inlineSubstance(block: ProseMirrorNode): unknown[] {
  if (block.type.spec.code) return [block.textContent]
  const said: [string, string][] = []
  // White space belongs to no formatting: it is one space between words, and none at the ends and beside breaks.
  let isSpaceBefore = false
  const say = (text: string, marks: string) => {
    const last = said.at(-1)
    if (isSpaceBefore && last && last[1] !== lineBreak && marks !== lineBreak) said.push([' ', ''])
    isSpaceBefore = false
    const end = said.at(-1)
    if (end && end[1] === marks && marks !== lineBreak) end[0] += text
    else said.push([text, marks])
  }
  block.forEach((child) => {
    if (child.type.name === 'hardBreak') say(child.type.name, lineBreak)
    else if (!child.isText) say(partOf(child), part)
    else if (child.marks.some((mark) => mark.type.spec.code)) say(child.text ?? '', marksOf(child.marks))
    else {
      for (const [word] of foldCharacters(child.text ?? '').matchAll(/\s+|\S+/gu)) {
        if (/^\s/u.test(word)) isSpaceBefore = true
        else say(word, marksOf(child.marks))
      }
    }
  })
  return said
}

const lineBreak = 'break'
const part = 'part'

/** Who is named, whatever they were called then; which footnote. */
const partOf = ({ type, attrs }: ProseMirrorNode): string =>
  JSON.stringify([type.name, type.name === 'mention' ? attrs.person : attrs])

const marksOf = (marks: readonly Mark[]): string =>
  marks
    .map((mark) => JSON.stringify([mark.type.name, Object.entries(mark.attrs).sort()]))
    .sort()
    .join()

/** Quotes and dashes as a keyboard has them, accents composed. */
const foldCharacters = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u2018-\u201b]/gu, "'")
    .replace(/[\u201c-\u201f]/gu, '"')
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
