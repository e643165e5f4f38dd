import { Fragment, type Node as ProseMirrorNode } from '@tiptap/pm/model'
import { diffWordsWithSpace } from 'diff'
import { nodesOf, textOf } from './suggestion'

/**
 * Inline content that reads as a plain text, made from content that reads otherwise: what stays keeps its look, what
 * comes takes the look of what it replaces or stands behind.
 *
 * @param isCode a line break is a character there.
 */
export function retext(content: Fragment, text: string, isCode: boolean): Fragment {
  const old = textOf(content)
  let kept = Fragment.empty
  let at = 0
  for (const { value, added, removed } of diffWordsWithSpace(old, text)) {
    if (added) kept = kept.append(plain(content, at, value, isCode))
    else {
      if (!removed) kept = kept.append(content.cut(at, at + value.length))
      at += value.length
    }
  }
  return Fragment.fromArray(nodesOf(kept))
}

function plain(content: Fragment, at: number, text: string, isCode: boolean): Fragment {
  const beside = nodeBefore(content, at) ?? content.firstChild
  const schema = beside?.type.schema
  if (!schema) throw new Error('There is nothing to take the look from.')
  const marks = beside.isText ? beside.marks : []
  const lines = isCode ? [text] : text.split('\n')
  const nodes: ProseMirrorNode[] = []
  for (const [index, line] of lines.entries()) {
    const lineBreak = schema.nodes.hardBreak
    if (index > 0 && lineBreak) nodes.push(lineBreak.create())
    if (line !== '') nodes.push(schema.text(line, marks))
  }
  return Fragment.fromArray(nodes)
}

function nodeBefore(content: Fragment, at: number): ProseMirrorNode | null {
  let end = 0
  for (const node of nodesOf(content)) {
    end += node.nodeSize
    if (end >= at && at > 0) return node
  }
  return null
}

/**
 * The same for text blocks, of which a plain text has one for each paragraph: a block that still reads the same stays,
 * one that reads otherwise keeps its kind, and one more is like the last one.
 */
export function retextBlocks(blocks: readonly ProseMirrorNode[], text: string): ProseMirrorNode[] {
  const lines = text.trim() === '' ? [] : text.trim().split(/\n\s*\n/)
  const reads = (block: ProseMirrorNode | undefined) => block && textOf(block.content).trim()
  let head = 0
  while (head < Math.min(lines.length, blocks.length) && reads(blocks[head]) === lines[head]) head += 1
  let tail = 0
  const most = Math.min(lines.length, blocks.length) - head
  while (tail < most && reads(blocks.at(-1 - tail)) === lines.at(-1 - tail)) tail += 1
  const middle = lines.slice(head, lines.length - tail).map((line, index) => {
    const inPlace = head + index < blocks.length - tail
    const like = blocks[inPlace ? head + index : Math.max(0, blocks.length - tail - 1)] as ProseMirrorNode
    const source = like.content.size > 0 ? like.content : Fragment.from(like.type.schema.text(line))
    const content = retext(
      inPlace ? source : Fragment.from(like.type.schema.text(line)),
      line,
      like.type.spec.code === true,
    )
    const { paragraph } = like.type.schema.nodes
    return inPlace || !paragraph || like.type.name === 'paragraph'
      ? like.type.create(inPlace ? like.attrs : { ...like.attrs, id: null }, content)
      : paragraph.create(null, content)
  })
  return [...blocks.slice(0, head), ...middle, ...blocks.slice(blocks.length - tail)]
}
