import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { Blockquote, Paragraph, PhrasingContent } from 'mdast'
import { cutText } from '../../cut-text'
import {
  type AttributeValue,
  calloutKinds,
  decisionStates,
  maxDecidersLength,
  nodeAttributes,
} from '../attribute'
import { plainText } from './front-matter'
import type { AlertNode, FlowContent } from './markdown-tree'

/**
 * Callouts and decisions are quotes whose first line says so: `> [!NOTE]` as on GitHub, and
 * `> [!DECISION] accepted · 2026-11-26 · Ada, Grace`, which other readers show as a quote.
 */
export interface Alert {
  readonly type: 'callout' | 'decision'
  readonly attrs: Record<string, AttributeValue>
  readonly children: readonly FlowContent[]
}

/** Null for an ordinary quote. `source` is what the positions of the tree count in. */
export function alertIn({ children: [first, ...rest] }: Blockquote, source: string): Alert | null {
  const [text] = first?.type === 'paragraph' ? first.children : []
  if (first?.type !== 'paragraph' || text?.type !== 'text') return null
  const marker = /^\[!([a-z]+)\]/i.exec(text.value)
  // `\[!NOTE]` is text.
  if (!marker || !source.startsWith('[!', text.position?.start.offset ?? 0)) return null
  const { line, below } = cutAtLineEnd(first)
  const said = plainText({ type: 'paragraph', children: line }).slice(marker[0].length).trim()
  const children = below.length > 0 ? [{ ...first, children: below }, ...rest] : rest
  const name = marker[1]?.toLowerCase() ?? ''
  if (name === 'decision') {
    const attrs = decisionFrom(said)
    return attrs ? { type: 'decision', attrs, children } : null
  }
  const isKind = (calloutKinds as readonly string[]).includes(name)
  // GitHub as well takes a line with more in it for a quote.
  return isKind && said === '' ? { type: 'callout', attrs: { kind: name }, children } : null
}

/** The first line of a paragraph, and what is below it. */
function cutAtLineEnd({ children }: Paragraph): { line: PhrasingContent[]; below: PhrasingContent[] } {
  for (const [index, node] of children.entries()) {
    const [before, behind] = [children.slice(0, index), children.slice(index + 1)]
    if (node.type === 'break') return { line: before, below: behind }
    const end = node.type === 'text' ? node.value.search(/\r?\n|\r/) : -1
    if (node.type !== 'text' || end < 0) continue
    const rest = node.value.slice(end).replace(/^(?:\r\n|\n|\r)/, '')
    return {
      line: [...before, { ...node, value: node.value.slice(0, end) }],
      below: rest === '' ? behind : [{ ...node, value: rest }, ...behind],
    }
  }
  return { line: children, below: [] }
}

const parted = ' · '
/** Stands for a day that nobody said, where what follows could be taken for one. */
const noDay = '–'
const day = /^\d{4}-\d{2}-\d{2}$/

const partsOf = (line: string): string[] => line.split('·').map((part) => part.trim())

function decisionFrom(line: string): Record<string, AttributeValue> | null {
  const [state = '', ...more] = partsOf(line)
  const known = state.trim().toLowerCase()
  if (!(decisionStates as readonly string[]).includes(known)) return null
  const [second] = more
  const given = second !== undefined && day.test(second) && nodeAttributes.decision?.day?.allows(second)
  const deciders = (given || second === noDay ? more.slice(1) : more).join(parted).trim()
  return { state: known, day: given ? second : null, deciders: cutText(deciders, maxDecidersLength) || null }
}

/** What the first line of a decision says behind the marker. */
function decisionLine({ attrs }: ProseMirrorNode): string {
  const deciders = String(attrs.deciders ?? '')
    .replace(/\s+/gu, ' ')
    .trim()
  const first = partsOf(deciders)[0] ?? ''
  const isMistaken = attrs.day === null && (day.test(first) || first === noDay)
  const when = attrs.day === null ? (isMistaken ? noDay : '') : String(attrs.day)
  return [String(attrs.state), when, deciders].filter((part) => part !== '').join(parted)
}

/** A callout or a decision with what it holds. */
export function alertNode(block: ProseMirrorNode, children: FlowContent[]): AlertNode {
  const isDecision = block.type.name === 'decision'
  const said: PhrasingContent[] = isDecision ? [{ type: 'text', value: decisionLine(block) }] : []
  return {
    type: 'alert',
    marker: isDecision ? 'DECISION' : String(block.attrs.kind).toUpperCase(),
    line: { type: 'paragraph', children: said },
    children,
  }
}
