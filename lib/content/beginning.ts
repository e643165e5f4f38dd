import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { isDrawnLanguage } from './nodes/drawn-language'
import type { RedlineBlock } from './redline/redline'
import { sameBlock } from './redline/redline-build'

/** How a text begins: what a page shows until its editor stands. */
export interface Beginning {
  /** Whole blocks. */
  readonly blocks: readonly RedlineBlock[]
  /** About how many characters they are as data. */
  readonly size: number
  /** Nothing stands behind them. */
  readonly isWhole: boolean
}

/** More than the tallest screen shows of ordinary text. Each costs a page twice: as HTML, and as data. */
const mostBlocks = 60
/** In characters as data, addresses and titles of links among them. */
const mostSize = 24_000
/** What a node takes beside its words. */
const sizeOfNode = 100

/**
 * Blocks that look the same without an editor. Others have a drawing, a size, a number or a name that is known in a page
 * alone.
 */
const plain: ReadonlySet<string> = new Set([
  'paragraph',
  'bulletList',
  'orderedList',
  'listItem',
  'taskList',
  'taskItem',
  'blockquote',
  'horizontalRule',
  'table',
  'tableRow',
  'tableHeader',
  'tableCell',
  'codeBlock',
  'callout',
])

/** As far as it can be drawn so that nothing moves when the editor takes its place. */
export function beginningOf(doc: ProseMirrorNode): Beginning {
  const blocks: RedlineBlock[] = []
  let size = 0
  for (const [index, node] of doc.content.content.entries()) {
    const more = index < mostBlocks && isPlain(node, true) ? sizeOf(node, mostSize - size) : null
    if (more === null) return { blocks, size, isWhole: false }
    blocks.push(sameBlock(node, index))
    size += more
  }
  return { blocks, size, isWhole: true }
}

function isPlain(node: ProseMirrorNode, isTop = false): boolean {
  const { type, attrs } = node
  if (node.isInline) {
    const isKnown = node.isText || type.name === 'hardBreak'
    return isKnown && node.marks.every((mark) => mark.type.name !== 'formula')
  }
  if (!plain.has(type.name) && !(isTop && type.name === 'heading')) return false
  if (isDrawnLanguage(attrs.language) || typeof attrs.width === 'number') return false
  return node.children.every((child) => isPlain(child))
}

/** Null: more than `most`. */
function sizeOf(block: ProseMirrorNode, most: number): number | null {
  let size = 0
  const count = (node: ProseMirrorNode): boolean => {
    size += sizeOfNode + (node.text?.length ?? 0)
    for (const { attrs } of node.marks) size += JSON.stringify(attrs).length
    return size <= most && node.children.every(count)
  }
  return count(block) ? size : null
}
