import type { DocumentJson } from '../../../lib/content/document-json'
import type { Redline, RedlineBlock, RedlinePiece } from '../../../lib/content/redline/redline'

type Side = 'before' | 'after'

/** The text on one side of a redline, made of the redline alone. */
export const sideOf = (redline: Redline, side: Side): DocumentJson => ({
  type: 'doc',
  content: blocksOn(
    redline.sections.flatMap(({ blocks }) => blocks),
    side,
  ),
})

const blocksOn = (blocks: readonly RedlineBlock[], side: Side): DocumentJson[] =>
  blocks
    .filter((block) => block[side] !== null)
    .sort((a, b) => (a[side] ?? 0) - (b[side] ?? 0))
    .map((block) => {
      const { type, attrs } = side === 'before' ? (block.was ?? block) : block
      const content = block.inline
        ? block.inline.flatMap((piece) => on(piece, side))
        : blocksOn(block.blocks ?? [], side)
      return { type, attrs: { ...attrs }, content }
    })

function on(piece: RedlinePiece, side: Side): DocumentJson[] {
  if (piece.state === (side === 'before' ? 'added' : 'removed')) return []
  const marks = [...(side === 'before' ? (piece.wasMarks ?? piece.marks) : piece.marks)]
  if (piece.leaf) return [{ type: piece.leaf.type, attrs: { ...piece.leaf.attrs }, marks }]
  return [piece.text === null ? { type: 'hardBreak', marks } : { type: 'text', text: piece.text, marks }]
}
