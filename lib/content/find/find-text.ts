import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { leafSign } from './find'

/** The words of one block of text, inside a block of the body. */
export interface TextPiece {
  /** Where its words begin, in positions from the beginning of the block of the body (which is 0). */
  readonly at: number
  /** One code unit for each position: what is no text is `leafSign`, a line break is `\n`. */
  readonly text: string
}

/** All text within a block of the body, in order. */
export function textPieces(block: ProseMirrorNode): TextPiece[] {
  if (block.inlineContent) return [{ at: 1, text: textOf(block) }]
  const pieces: TextPiece[] = []
  block.descendants((node, position) => {
    if (!node.inlineContent) return true
    pieces.push({ at: position + 2, text: textOf(node) })
    return false
  })
  return pieces
}

const textOf = (block: ProseMirrorNode): string => block.textBetween(0, block.content.size, undefined, signOf)

/** What stands in a text for a part of a line that is none. */
export const signOf = (leaf: ProseMirrorNode): string => (leaf.type.name === 'hardBreak' ? '\n' : leafSign)
