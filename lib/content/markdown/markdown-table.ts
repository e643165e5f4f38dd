import type { PhrasingContent, Table } from 'mdast'
import { type DocumentJson, element, elementWith, textJson } from '../document-json'
import { maxDepth } from '../shape'
import { imageIn } from './markdown-file'
import { type Conversion, inlineJson } from './markdown-inline'
import { lineOf, tooDeep } from './markdown-source'

/** A table may have this many cells, filled-in ones counted: a wide head over many short rows multiplies. */
export const maxTableCells = 50_000

/**
 * A table. Short rows are filled with empty cells: an irregular table would be repaired, and so changed, by
 * whoever opens the document first. A head without any text means that there is no head (Markdown has no
 * other way to say so).
 */
export function tableJson(table: Table, conversion: Conversion, depth: number): DocumentJson {
  if (depth + 3 > maxDepth) throw tooDeep(lineOf(table))
  const width = table.children.reduce((widest, row) => Math.max(widest, row.children.length), 1)
  if (width * table.children.length > maxTableCells) {
    conversion.losses.add(
      lineOf(table),
      `A table of ${table.children.length} rows and ${width} columns is too large and was kept as text.`,
    )
    return asText(table, conversion)
  }
  const rows = table.children.map((row, index) => {
    const cells = Array.from({ length: width }, (_, column) => {
      const children = row.children[column]?.children ?? []
      const align = table.align?.[column] ?? null
      const content = cellBlocks(children, conversion)
      return elementWith(index === 0 ? 'tableHeader' : 'tableCell', { align }, content)
    })
    return element('tableRow', cells)
  })
  const [head, ...body] = rows
  const isEmpty = ({ content }: DocumentJson) =>
    content?.every((block) => block.type === 'paragraph' && !block.content?.length)
  const isHeadless = body.length > 0 && head?.content?.every(isEmpty)
  return element('table', isHeadless ? body : rows)
}

/** A paragraph; an image that has a line for itself is a block. */
function cellBlocks(children: readonly PhrasingContent[], conversion: Conversion): DocumentJson[] {
  const paragraph = (nodes: readonly PhrasingContent[]) => element('paragraph', inlineJson(nodes, conversion))
  if (!children.some(isImage)) return [paragraph(children)]
  const blocks: DocumentJson[] = []
  let words: PhrasingContent[] = []
  const endWords = () => {
    if (words.length > 0) blocks.push(paragraph(words))
    words = []
  }
  for (const line of linesIn(children)) {
    const [only, ...more] = line
    const image = only && more.length === 0 ? imageIn(only, conversion) : null
    if (image) {
      endWords()
      blocks.push(image)
    } else words.push(...(words.length > 0 ? [{ type: 'break' } as const] : []), ...line)
  }
  endWords()
  return blocks
}

const isImage = (node: PhrasingContent): boolean =>
  node.type === 'image' ||
  node.type === 'imageReference' ||
  (node.type === 'html' && /^<img\s/i.test(node.value))

function linesIn(nodes: readonly PhrasingContent[]): PhrasingContent[][] {
  const lines: PhrasingContent[][] = [[]]
  for (const node of nodes) {
    if (node.type === 'html' && /^<br\s*\/?>$/i.test(node.value)) lines.push([])
    else lines.at(-1)?.push(node)
  }
  return lines
}

/** The text of a table, a line for each row and a tab between cells. */
function asText(table: Table, conversion: Conversion): DocumentJson {
  const plain = (nodes: readonly DocumentJson[]) =>
    nodes.map((node) => node.text ?? (node.type === 'mention' ? `@${node.attrs?.name ?? ''}` : ' ')).join('')
  const lines = table.children.map((row) =>
    row.children.map((cell) => plain(inlineJson(cell.children, conversion))).join('\t'),
  )
  return elementWith('codeBlock', { language: null }, [textJson(lines.join('\n') || ' ')])
}
