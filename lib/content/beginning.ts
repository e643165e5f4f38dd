import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { isDrawnLanguage } from './nodes/formula'
import type { RedlineBlock } from './redline/redline'
import { sameBlock } from './redline/redline-build'

/** How a text begins: what a page shows until its editor stands. */
export interface Beginning {
  /** Whole blocks. */
  readonly blocks: readonly RedlineBlock[]
  /** How much of a text they are, in ProseMirror's positions. */
  readonly characters: number
  /** Nothing stands behind them. */
  readonly isWhole: boolean
}

/** More than the tallest screen shows of ordinary text. Each costs a page twice: as HTML, and as data. */
const mostBlocks = 60
const mostCharacters = 12_000

/** Blocks that look the same without an editor. Others have a drawing, a size or a state that is known in a page alone. */
const plain: ReadonlySet<string> = new Set([
  'paragraph',
  'heading',
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
  let characters = 0
  for (const [index, node] of doc.content.content.entries()) {
    const isTooMuch = index >= mostBlocks || characters + node.nodeSize > mostCharacters
    if (isTooMuch || !isPlain(node)) return { blocks, characters, isWhole: false }
    blocks.push(sameBlock(node, index))
    characters += node.nodeSize
  }
  return { blocks, characters, isWhole: true }
}

function isPlain(node: ProseMirrorNode): boolean {
  if (node.isInline) return node.marks.every(({ type }) => type.name !== 'formula')
  if (!plain.has(node.type.name) || isDrawnLanguage(node.attrs.language)) return false
  return node.children.every(isPlain)
}
