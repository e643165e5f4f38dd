import type { DocumentJson } from '../../../../lib/content/document-json'
import { contentSchema } from '../../../../lib/content/schema'

const attributesIn = (attrs: DocumentJson['attrs'] = {}): string =>
  Object.entries(attrs)
    .filter(([name, value]) => name !== 'id' && value !== null && !(/span$/.test(name) && value === 1))
    .map(([name, value]) => ` ${name}=${value}`)
    .join('')

const inline = (part: DocumentJson): string => {
  if (part.type === 'hardBreak') return '⏎'
  if (part.type !== 'text') return `{${part.type}${attributesIn(part.attrs)}}`
  return (part.marks ?? []).reduce(
    (text, { type, attrs }) => `<${type}${attributesIn(attrs)}>${text}</>`,
    part.text ?? '',
  )
}

/** Blocks as lines that people read: what holds others is indented, text shows its marks. */
export function told(blocks: readonly DocumentJson[]): string {
  const lines: string[] = []
  const tell = (block: DocumentJson, depth: number): void => {
    const content = block.content ?? []
    const isText = contentSchema.nodes[block.type]?.inlineContent
    const words = isText && content.length > 0 ? `: ${content.map(inline).join('')}` : ''
    lines.push(`${'  '.repeat(depth)}${block.type}${attributesIn(block.attrs)}${words}`)
    if (!isText) for (const child of content) tell(child, depth + 1)
  }
  for (const block of blocks) tell(block, 0)
  return `\n${lines.join('\n')}\n`
}

/** Throws where a document of these blocks does not fit the schema. */
export function fitted(blocks: readonly DocumentJson[]): void {
  contentSchema.nodeFromJSON({ type: 'doc', content: [...blocks] }).check()
}
