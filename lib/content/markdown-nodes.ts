import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { BlockContent, ListItem, RootContent } from 'mdast'
import { phrasingOf } from './markdown-marks'
import { tableNode } from './markdown-table-node'

/** The blocks of a body, or of a quote or list item, as Markdown nodes. Empty paragraphs have no form there. */
export function blockNodes(parent: ProseMirrorNode): RootContent[] {
  const nodes: RootContent[] = []
  parent.forEach((block) => {
    const node = blockNode(block)
    if (node) nodes.push(node)
  })
  return nodes
}

function blockNode(block: ProseMirrorNode): RootContent | null {
  switch (block.type.name) {
    case 'paragraph': {
      const children = phrasingOf(block, 'break')
      return children.length > 0 ? { type: 'paragraph', children } : null
    }
    case 'heading':
      return {
        type: 'heading',
        depth: Math.min(Math.max(Number(block.attrs.level), 1), 6) as 1 | 2 | 3 | 4 | 5 | 6,
        children: phrasingOf(block, 'space'),
      }
    case 'blockquote':
      return { type: 'blockquote', children: blockNodes(block) as BlockContent[] }
    case 'codeBlock':
      return codeNode(block)
    case 'horizontalRule':
      return { type: 'thematicBreak' }
    case 'table':
      return tableNode(block)
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return listNode(block)
    default:
      return null
  }
}

function codeNode(block: ProseMirrorNode): RootContent {
  const info = typeof block.attrs.language === 'string' ? block.attrs.language : ''
  const [, lang = '', meta = ''] = /^\s*(\S*)\s*([^\r\n]*)/.exec(info) ?? []
  return { type: 'code', lang: lang || null, meta: meta.trim() || null, value: block.textContent }
}

function listNode(block: ProseMirrorNode): RootContent {
  const ordered = block.type.name === 'orderedList'
  const children: ListItem[] = []
  block.forEach((item) => {
    const checked = item.type.name === 'taskItem' ? item.attrs.checked === true : null
    const content = blockNodes(item) as BlockContent[]
    // A box stands in a paragraph, be it an empty one.
    if (checked !== null && !startsWithText(item)) content.unshift({ type: 'paragraph', children: [] })
    children.push({ type: 'listItem', checked, spread: isSpread(content), children: content })
  })
  // Markers have nine digits at most (CommonMark 0.31, 5.2).
  const start = Math.min(Number(block.attrs.start ?? 1), 999_999_999 - children.length)
  const spread = children.some((item) => item.spread)
  return { type: 'list', ordered, start: ordered ? start : null, spread, children }
}

const startsWithText = (item: ProseMirrorNode): boolean => {
  const first = item.firstChild
  return first?.type.name === 'paragraph' && phrasingOf(first, 'break').length > 0
}

/** Blank lines inside an item only where it holds more than a paragraph with lists beneath. */
const isSpread = (content: readonly BlockContent[]): boolean =>
  content.some((block, index) => index > 0 && block.type !== 'list')
