import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { cutText } from '../cut-text'
import type { DecisionState } from './attribute'
import { blockIdsOf } from './block-id'
import { lineWords } from './leaf-words'
import { exportMarkdown } from './markdown/markdown-export'
import { outlineOf, sectionAt } from './outline'
import { contentSchema } from './schema'

/** Longest text of a decision in the log, in UTF-16 code units: its first block says it in a sentence. */
export const longestDecision = 500

/** A decision block, as the log has it. */
export interface LoggedDecision {
  readonly blockId: string
  /** What was decided: the words of its first block; empty where nothing is written yet. */
  readonly text: string
  readonly state: DecisionState
  /** `YYYY-MM-DD`. Null: not said. */
  readonly day: string | null
  readonly deciders: string | null
  /** Title of the section that it stands in. Null: it stands before the first one. */
  readonly section: string | null
}

interface Found {
  readonly node: ProseMirrorNode
  readonly position: number
  readonly blockId: string
}

/** The decisions of a body, in document order. What nobody has written a word in is none yet. */
export function decisionsOf(doc: ProseMirrorNode): LoggedDecision[] {
  const found = findDecisions(doc)
  if (found.length === 0) return []
  const outline = outlineOf(doc)
  return found.flatMap(({ node, position, blockId }) => {
    const text = saidIn(node)
    if (text === '') return []
    const { state, day, deciders } = node.attrs as Pick<LoggedDecision, 'state' | 'day' | 'deciders'>
    const section = sectionAt(outline, position)?.title
    return [{ blockId, text: cutText(text, longestDecision), state, day, deciders, section: section || null }]
  })
}

function findDecisions(doc: ProseMirrorNode): Found[] {
  const found: { node: ProseMirrorNode; position: number }[] = []
  doc.descendants((node, position) => {
    if (node.type.name === 'decision') found.push({ node, position })
    return !node.inlineContent
  })
  if (found.length === 0) return []
  const ids = blockIdsOf(doc)
  return found.flatMap(({ node, position }) => {
    const blockId = ids.get(position)
    return blockId === undefined ? [] : [{ node, position, blockId }]
  })
}

const saidIn = ({ firstChild }: ProseMirrorNode): string => (firstChild ? lineWords(firstChild) : '')

/** Where a record says that it comes from. */
export interface RecordSource {
  /** `TDD-0042`; null for a document without one. */
  readonly number: string | null
  readonly title: string
  /** Absolute address of the document. */
  readonly address: string
}

const stateWords: Record<DecisionState, string> = {
  proposed: 'Proposed',
  accepted: 'Accepted',
  rejected: 'Rejected',
  superseded: 'Superseded',
}

const notSaid = '*Not said in the document.*'

/**
 * A decision as an architecture decision record (Nygard's form): its context is what its section says before it, its
 * consequences are what it says itself under a heading of that name. What was not written is said to be missing.
 *
 * @returns Markdown; null: the body has no such decision.
 */
export function decisionRecord(doc: ProseMirrorNode, blockId: string, source: RecordSource): string | null {
  const decision = findDecisions(doc).find((one) => one.blockId === blockId)
  if (!decision) return null
  const { node, position } = decision
  const { state, day, deciders } = node.attrs as Pick<LoggedDecision, 'state' | 'day' | 'deciders'>
  const section = sectionAt(outlineOf(doc), position)
  const { decided, consequences } = partsOf(node)
  const from = [source.number, source.title].filter(Boolean).join(' ')
  const lines = [
    ['Status', stateWords[state]],
    ['Date', day],
    ['Deciders', deciders],
    ['Section', section?.title],
  ].flatMap(([name, value]) => (value ? [`- ${name}: ${plain(value)}`] : []))
  return [
    `# ${plain(saidIn(node) || 'Decision')}`,
    [...lines, `- From: [${plain(from)}](<${source.address}#${blockId}>)`].join('\n'),
    `## Context\n\n${markdownOf(contextOf(doc, section?.ownFrom ?? 0, position))}`,
    `## Decision\n\n${markdownOf(decided)}`,
    `## Consequences\n\n${markdownOf(consequences)}`,
  ]
    .join('\n\n')
    .concat('\n')
}

/** The section's blocks before the one that the decision stands in, up to the decision before that. */
function contextOf(doc: ProseMirrorNode, from: number, position: number): ProseMirrorNode[] {
  let blocks: ProseMirrorNode[] = []
  doc.nodesBetween(from, Math.max(from, position), (block, at) => {
    if (at < from || at + block.nodeSize > position) return false
    blocks = block.type.name === 'decision' ? [] : [...blocks, block]
    return false
  })
  return blocks
}

function partsOf(decision: ProseMirrorNode): { decided: ProseMirrorNode[]; consequences: ProseMirrorNode[] } {
  const blocks = decision.content.content
  const at = blocks.findIndex(
    (block) => block.isTextblock && /^consequences\s*:?$/iu.test(block.textContent.trim()),
  )
  return at < 0
    ? { decided: [...blocks], consequences: [] }
    : { decided: blocks.slice(0, at), consequences: blocks.slice(at + 1) }
}

function markdownOf(blocks: readonly ProseMirrorNode[]): string {
  if (blocks.length === 0) return notSaid
  const doc = contentSchema.topNodeType.create(null, blocks)
  const written = exportMarkdown(doc, { title: '', status: 'draft', templateKey: '', titleHeading: false })
  return written.trim() || notSaid
}

/** As one line of text in Markdown: nothing in it makes a link, markup or a line of its own. */
const plain = (text: string): string => text.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<>#&]/gu, '\\$&')
