import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { ListItem, RootContent } from 'mdast'
import { alertNode } from './markdown-alert'
import { fileNode, imageNode } from './markdown-file'
import { type Labels, phrasingOf } from './markdown-marks'
import { tableNode } from './markdown-table-node'
import type { FlowContent } from './markdown-tree'

/**
 * The blocks of a body, or of a quote or list item, as Markdown nodes. Empty paragraphs have no form there.
 *
 * @param labels what footnotes are called in the file.
 */
export function blockNodes(parent: ProseMirrorNode, labels: Labels): RootContent[] {
  const nodes: RootContent[] = []
  parent.forEach((block) => {
    const node = blockNode(block, labels)
    if (node) nodes.push(node)
  })
  return nodes
}

function blockNode(block: ProseMirrorNode, labels: Labels): RootContent | null {
  const within = (node: ProseMirrorNode) => blockNodes(node, labels) as FlowContent[]
  switch (block.type.name) {
    case 'paragraph': {
      const children = phrasingOf(block, 'break', labels)
      return children.length > 0 ? { type: 'paragraph', children } : null
    }
    case 'heading':
      return {
        type: 'heading',
        depth: Math.min(Math.max(Number(block.attrs.level), 1), 6) as 1 | 2 | 3 | 4 | 5 | 6,
        children: phrasingOf(block, 'space', labels),
      }
    case 'blockquote':
      return { type: 'blockquote', children: within(block) }
    case 'codeBlock':
      return codeNode(block)
    case 'horizontalRule':
      return { type: 'thematicBreak' }
    case 'table':
      return tableNode(block, labels)
    case 'bulletList':
    case 'orderedList':
    case 'taskList':
      return listNode(block, labels)
    case 'callout':
    case 'decision':
      return alertNode(block, within(block))
    case 'details':
      return detailsNode(block, labels)
    case 'footnote': {
      const label = labels.get(String(block.attrs.label)) ?? String(block.attrs.label)
      return { type: 'footnoteDefinition', identifier: label, label, children: within(block) }
    }
    case 'image':
      return imageFlow(block)
    case 'file':
      return fileNode(block)
    default:
      return null
  }
}

function codeNode(block: ProseMirrorNode): RootContent {
  const info = typeof block.attrs.language === 'string' ? block.attrs.language : ''
  const [, lang = '', meta = ''] = /^\s*(\S*)\s*([^\r\n]*)/.exec(info) ?? []
  return { type: 'code', lang: lang || null, meta: meta.trim() || null, value: block.textContent }
}

function imageFlow(block: ProseMirrorNode): RootContent {
  const image = imageNode(block)
  return image.type === 'html' ? image : { type: 'paragraph', children: [image] }
}

/** The first block is what the rest is folded behind. */
function detailsNode(block: ProseMirrorNode, labels: Labels): RootContent {
  const [first, ...rest] = block.children
  const flow = (nodes: readonly ProseMirrorNode[]) =>
    nodes.flatMap((node) => blockNode(node, labels) ?? []) as FlowContent[]
  const summary = first ? flow([first]) : []
  const empty: FlowContent = { type: 'paragraph', children: [] }
  return { type: 'details', summary: summary.length > 0 ? summary : [empty], children: flow(rest) }
}

function listNode(block: ProseMirrorNode, labels: Labels): RootContent {
  const ordered = block.type.name === 'orderedList'
  const children: ListItem[] = []
  block.forEach((item) => {
    const checked = item.type.name === 'taskItem' ? item.attrs.checked === true : null
    const content = blockNodes(item, labels) as FlowContent[]
    // A box stands in a paragraph, be it an empty one.
    if (checked !== null && !startsWithText(item, labels))
      content.unshift({ type: 'paragraph', children: [] })
    children.push({ type: 'listItem', checked, spread: isSpread(content), children: content })
  })
  // Markers have nine digits at most (CommonMark 0.31, 5.2).
  const start = Math.min(Number(block.attrs.start ?? 1), 999_999_999 - children.length)
  const spread = children.some((item) => item.spread)
  return { type: 'list', ordered, start: ordered ? start : null, spread, children }
}

const startsWithText = (item: ProseMirrorNode, labels: Labels): boolean => {
  const first = item.firstChild
  return first?.type.name === 'paragraph' && phrasingOf(first, 'break', labels).length > 0
}

/** Blank lines inside an item only where it holds more than a paragraph with lists beneath: HTML ends with one. */
const isSpread = (content: readonly FlowContent[]): boolean =>
  content.some(
    (block, index) => index > 0 && (block.type !== 'list' || content[index - 1]?.type !== 'paragraph'),
  )
