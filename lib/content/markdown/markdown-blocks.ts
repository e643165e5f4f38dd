import type {
  BlockContent,
  DefinitionContent,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  RootContent,
} from 'mdast'
import { type DocumentJson, element, elementWith, textJson } from '../document-json'
import { mathLanguage } from '../nodes/drawn-language'
import { maxDepth } from '../shape'
import { decodeEntities, htmlPieces } from './html-source'
import { alertIn } from './markdown-alert'
import { fileJson, imageIn, imageTagJson } from './markdown-file'
import {
  type Conversion,
  commentLoss,
  imageTag,
  inlineJson,
  plainParagraph,
  tagLoss,
  unwrapped,
} from './markdown-inline'
import { lineOf, tooDeep } from './markdown-source'
import { tableJson } from './markdown-table'

type Block = RootContent | BlockContent | DefinitionContent

/**
 * Blocks of a file as blocks of a body. `depth` is that of the blocks that come out (1 at the top).
 *
 * @throws PublicError `schema` where nesting exceeds `maxDepth`; that bounds the recursion as well.
 */
export function blocksJson(nodes: readonly Block[], conversion: Conversion, depth = 1): DocumentJson[] {
  return nodes.flatMap((node) => blockJson(node, conversion, depth))
}

function blockJson(node: Block, conversion: Conversion, depth: number): DocumentJson[] {
  if (depth > maxDepth) throw tooDeep(lineOf(node))
  switch (node.type) {
    case 'paragraph':
      return paragraphJson(node, conversion)
    case 'heading':
      return [elementWith('heading', { level: node.depth }, inlineJson(node.children, conversion))]
    case 'thematicBreak':
      return [element('horizontalRule')]
    case 'blockquote': {
      const alert = alertIn(node, conversion.source)
      const content = filled(blocksJson(alert?.children ?? node.children, conversion, depth + 1))
      return [alert ? elementWith(alert.type, alert.attrs, content) : element('blockquote', content)]
    }
    case 'code':
      return [codeBlock([node.lang, node.meta].filter(Boolean).join(' '), node.value)]
    case 'list':
      return listJson(node, conversion, depth)
    case 'table':
      return [tableJson(node, conversion, depth)]
    case 'html':
      return htmlBlock(node.value, lineOf(node), conversion)
    case 'footnoteDefinition': {
      const label = conversion.footnotes.get(node.identifier) ?? node.identifier
      return [elementWith('footnote', { label }, filled(blocksJson(node.children, conversion, depth + 1)))]
    }
    case 'details': {
      const { summary, children } = node
      const first = summary ? filled(blocksJson(summary, conversion, depth + 1)) : [plainParagraph('Details')]
      return [element('details', [...first, ...blocksJson(children, conversion, depth + 1)])]
    }
    case 'displayMath':
      if (node.isClosed) return [codeBlock(mathLanguage, node.value)]
      return [plainParagraph(unwrapped(`$$\n${node.value}`).trim())]
    default:
      // Definitions were gathered before; whatever else a parser may come up with holds no text.
      return []
  }
}

/** A paragraph, or what stands in its place where it is nothing but that: an image, a file, formulas on lines. */
function paragraphJson(paragraph: Paragraph, conversion: Conversion): DocumentJson[] {
  const { children } = paragraph
  const [only] = children
  const image = children.length === 1 && only ? imageIn(only, conversion) : null
  if (image) return [image]
  const file = fileJson(paragraph)
  if (file) return [file]
  const out: DocumentJson[] = []
  let line: PhrasingContent[] = []
  const endLine = () => {
    const content = inlineJson(line, conversion)
    if (content.length > 0) out.push(element('paragraph', content))
    line = []
  }
  for (const node of children) {
    if (node.type === 'formula' && node.isDisplay) {
      endLine()
      out.push(codeBlock(mathLanguage, node.value.trim()))
    } else line.push(node)
  }
  if (out.length === 0) return [element('paragraph', inlineJson(children, conversion))]
  endLine()
  return out
}

export const codeBlock = (language: string, value: string): DocumentJson =>
  elementWith(
    'codeBlock',
    { language: language === '' ? null : language.slice(0, 200) },
    value === '' ? [] : [textJson(value.replace(/\r\n?/g, '\n'))],
  )

/** At least one block: an empty paragraph where there is none. */
const filled = (blocks: DocumentJson[]): DocumentJson[] =>
  blocks.length > 0 ? blocks : [element('paragraph')]

/** What a list item holds begins with a paragraph. */
const itemContent = (blocks: DocumentJson[]): DocumentJson[] =>
  blocks[0]?.type === 'paragraph' ? blocks : [element('paragraph'), ...blocks]

/**
 * One list, or several where items with and without a box alternate: a body has lists of either kind. A
 * numbered list keeps its numbers, and its boxes become characters.
 */
function listJson(list: List, conversion: Conversion, depth: number): DocumentJson[] {
  if (depth + 1 > maxDepth) throw tooDeep(lineOf(list))
  if (list.ordered) {
    const start = Math.min(Math.max(list.start ?? 1, 0), 999_999_999)
    const items = list.children.map((item) => element('listItem', boxedContent(item, conversion, depth)))
    return [elementWith('orderedList', { start }, items)]
  }
  const lists: DocumentJson[] = []
  for (const item of list.children) {
    const isTask = typeof item.checked === 'boolean'
    const type = isTask ? 'taskList' : 'bulletList'
    const content = itemContent(blocksJson(item.children, conversion, depth + 2))
    const json = isTask
      ? elementWith('taskItem', { checked: item.checked === true }, content)
      : element('listItem', content)
    const last = lists.at(-1)
    if (last?.type === type) last.content?.push(json)
    else lists.push(element(type, [json]))
  }
  return lists
}

function boxedContent(item: ListItem, conversion: Conversion, depth: number): DocumentJson[] {
  const content = itemContent(blocksJson(item.children, conversion, depth + 2))
  if (typeof item.checked !== 'boolean') return content
  conversion.losses.add(lineOf(item), 'A box in a numbered list became the character ☐ or ☑.')
  return prefixed(item.checked ? '☑ ' : '☐ ', content)
}

/** Text put before the first paragraph of some blocks. */
function prefixed(prefix: string, blocks: DocumentJson[]): DocumentJson[] {
  const [first, ...rest] = blocks
  if (first?.type !== 'paragraph') return [plainParagraph(prefix.trim()), ...blocks]
  return [element('paragraph', [textJson(prefix), ...(first.content ?? [])]), ...rest]
}

/**
 * A block of HTML: comments and lone tags are left out, images become blocks, the name of a collapsible part that
 * never ends a bold line. HTML with text of its own is kept as a block of code.
 */
function htmlBlock(value: string, line: number, { losses }: Conversion): DocumentJson[] {
  const pieces = htmlPieces(value)
  const says = pieces.some((piece) => piece.kind === 'text' && /\S/.test(piece.text))
  const hasTag = pieces.some((piece) => piece.kind === 'tag')
  const isSummary = pieces.every((piece) => piece.kind !== 'tag' || /^(details|summary)$/.test(piece.name))
  if (says && hasTag && !isSummary) {
    losses.add(line, 'HTML was kept as a block of code.')
    return [codeBlock('html', value)]
  }
  const out: DocumentJson[] = []
  let atLine = line
  let inSummary = false
  for (const piece of pieces) {
    if (piece.kind === 'comment') losses.add(atLine, commentLoss)
    else if (piece.kind === 'text') {
      const text = decodeEntities(piece.text).replace(/\s+/gu, ' ').trim()
      if (text !== '') out.push(plainParagraph(text, inSummary ? [{ type: 'bold' }] : []))
      atLine += piece.text.split('\n').length - 1
    } else if (piece.name === 'img') {
      const image = imageTagJson(piece.source, atLine, losses)
      if (image) out.push(image)
      else out.push(plainParagraph(imageTag(piece.source, atLine, losses)[0]))
    } else {
      if (piece.name === 'summary') inSummary = !piece.closing
      if (!piece.closing) losses.add(atLine, tagLoss(piece.name))
    }
  }
  return out
}
