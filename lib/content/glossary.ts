import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { cutText } from '../cut-text'
import { literal, wholeWord } from '../literal'
import { leafSign } from './find/find'
import { comparableTitle } from './markdown/recognise'
import type { OutlineSection } from './outline'

/** A word with a meaning of its own in a document. */
export interface GlossaryEntry {
  readonly term: string
  /** What it is called in the text: the term, and what stands behind it in brackets. */
  readonly names: readonly string[]
  readonly meaning: string
}

/** More than these are not read from one document. */
export const maxEntries = 500
/** Longer than this is a sentence. In UTF-16 code units. */
const maxTermLength = 80
/** What is told of a meaning at most. In UTF-16 code units. */
const maxMeaningLength = 600

/** The section of the built-in template whose list feeds the glossary. */
const terminologyKey = 'terminology'
const titles = new Set([
  'terminology',
  'glossary',
  'definitions',
  'terms',
  'terms and definitions',
  'definitions and acronyms',
  'acronyms',
  'abbreviations',
])

/**
 * The sections in which a document says what its words mean, the outermost alone.
 *
 * @param keyOf which section of the template a heading is; null: none.
 */
export function terminologyIn(
  outline: readonly OutlineSection[],
  keyOf: (headingId: string) => string | null,
): OutlineSection[] {
  const found: OutlineSection[] = []
  for (const section of outline) {
    const isOne = keyOf(section.id) === terminologyKey || titles.has(comparableTitle(section.title))
    if (section.level > 0 && isOne && section.from >= (found.at(-1)?.to ?? 0)) found.push(section)
  }
  return found
}

/** The blocks of the body that stand in these sections. */
export function blocksWithin(
  doc: ProseMirrorNode,
  sections: readonly Pick<OutlineSection, 'from' | 'to'>[],
): ProseMirrorNode[] {
  const blocks: ProseMirrorNode[] = []
  if (sections.length === 0) return blocks
  doc.forEach((block, offset) => {
    if (sections.some(({ from, to }) => from <= offset && offset < to)) blocks.push(block)
  })
  return blocks
}

/** The entries of these blocks: items of lists and rows of tables, in order; of one term the first. */
export function entriesOf(blocks: readonly ProseMirrorNode[]): GlossaryEntry[] {
  const entries = new Map<string, GlossaryEntry>()
  const add = (entry: GlossaryEntry | null) => {
    if (entry && entries.size < maxEntries && !entries.has(entry.term)) entries.set(entry.term, entry)
  }
  for (const block of blocks) {
    if (block.type.name === 'table') for (const row of block.children) add(entryOfRow(row))
    else {
      block.descendants((node) => {
        if (node.type.name === 'table') for (const row of node.children) add(entryOfRow(row))
        if (node.type.name === 'listItem' || node.type.name === 'taskItem') add(entryOfItem(node))
        return !node.isTextblock && node.type.name !== 'table'
      })
    }
  }
  return [...entries.values()]
}

/** A row's first cell is the term, its second the meaning; a row of headers says what the columns are. */
function entryOfRow(row: ProseMirrorNode): GlossaryEntry | null {
  const [term, meaning] = row.children
  if (!term || !meaning || row.children.every((cell) => cell.type.name === 'tableHeader')) return null
  return entry(textOf(term), textOf(meaning))
}

/** `**term**: meaning`, `term - meaning` or `term: meaning`; what follows in the item belongs to the meaning. */
function entryOfItem(item: ProseMirrorNode): GlossaryEntry | null {
  const first = item.firstChild
  if (first?.type.name !== 'paragraph') return null
  const more = item.children.slice(1).filter(({ type }) => !type.name.endsWith('List'))
  const rest = more.map(textOf).join(' ')
  const strong = leadingStrong(first)
  const all = textOf(first)
  if (strong !== '') {
    const meaning = all.slice(strong.length).replace(/^\s*[:\u2013\u2014-]?\s*/u, '')
    return entry(strong.trimEnd().replace(/:$/, ''), `${meaning} ${rest}`)
  }
  const parts = /^(.{1,100}?)(?:\s*:\s+|\s+[-\u2013\u2014]\s+)(.+)$/su.exec(all)
  return parts ? entry(parts[1] ?? '', `${parts[2]} ${rest}`) : null
}

/** The words in bold (or as code) that a paragraph begins with. */
function leadingStrong(paragraph: ProseMirrorNode): string {
  let words = ''
  for (const node of paragraph.children) {
    const isStrong = node.marks.some(({ type }) => type.name === 'bold' || type.name === 'code')
    if (!node.isText || !isStrong) break
    words += node.text
  }
  return words
}

function entry(given: string, meant: string): GlossaryEntry | null {
  const term = tidy(given).replace(/^["'\u201c\u2018]|["'\u201d\u2019]$/gu, '')
  const meaning = tidy(meant)
  if (meaning === '' || term.length < 2 || term.length > maxTermLength || !/[\p{L}\p{N}]/u.test(term))
    return null
  const both = /^(.{2,}?)\s*\(([^()]{2,40})\)$/u.exec(term)
  const names = both?.[1] && both[2] ? [both[1], both[2]] : [term]
  const short =
    meaning.length > maxMeaningLength ? `${cutText(meaning, maxMeaningLength).trimEnd()}\u2026` : meaning
  return { term, names, meaning: short }
}

const tidy = (text: string): string => text.replaceAll(leafSign, '').replace(/\s+/gu, ' ').trim()

const textOf = (node: ProseMirrorNode): string => node.textBetween(0, node.content.size, ' ', leafSign)

/** Entries, ready to be looked for. */
export interface Glossary {
  readonly byName: ReadonlyMap<string, GlossaryEntry>
  /** Null: there are none. */
  readonly pattern: RegExp | null
}

export function glossaryOf(entries: readonly GlossaryEntry[]): Glossary {
  const byName = new Map<string, GlossaryEntry>()
  for (const one of entries) for (const name of one.names) if (!byName.has(name)) byName.set(name, one)
  // The longest first: of `rate` and `rate limit` the one that says more.
  const names = [...byName.keys()].sort((a, b) => b.length - a.length)
  const source = wholeWord(names.map(literal).join('|'))
  return {
    byName,
    pattern: names.length > 0 ? new RegExp(source, 'gu') : null,
  }
}

/** A word of the glossary where it is used: positions from the beginning of the block of the body (which is 0). */
export interface TermUse {
  readonly from: number
  readonly to: number
  readonly entry: GlossaryEntry
}

/** Where a block of the body uses words of the glossary: whole, in exact case, in running text alone. */
export function usesIn(block: ProseMirrorNode, { byName, pattern }: Glossary): TermUse[] {
  if (!pattern) return []
  const uses: TermUse[] = []
  const read = (node: ProseMirrorNode, at: number) => {
    if (node.type.name === 'heading' || node.type.spec.code) return
    const text = node.children.map(runningText).join('')
    for (const match of text.matchAll(pattern)) {
      const found = byName.get(match[0])
      if (found) uses.push({ from: at + match.index, to: at + match.index + match[0].length, entry: found })
    }
  }
  if (block.isTextblock) read(block, 1)
  else {
    block.descendants((node, position) => {
      if (!node.isTextblock) return true
      read(node, position + 2)
      return false
    })
  }
  return uses
}

/** Code, formulas and links say something else with the same words. */
const runningText = (node: ProseMirrorNode): string =>
  node.isText && !node.marks.some(({ type }) => type.name === 'link' || type.spec.code)
    ? (node.text ?? '')
    : leafSign.repeat(node.nodeSize)

/** Of the uses within one section the first of each term: what was said once need not be said at every turn. */
export function firstUses(uses: readonly TermUse[]): TermUse[] {
  const seen = new Set<GlossaryEntry>()
  return uses.filter(({ entry: one }) => {
    const isFirst = !seen.has(one)
    seen.add(one)
    return isFirst
  })
}
