import type { AttributeValue } from '../attribute'
import type { MarkJson } from '../document-json'
import type { SectionDifference } from '../substance'

/**
 * One text beside another, section by section: what was added, removed, moved, written or formatted anew. Nothing is
 * left out on either side: taken from it, the earlier text is the earlier text again, and so is the later one.
 */
export interface Redline {
  /** In the order of the later text; a removed one stands behind what it stood behind. */
  readonly sections: readonly RedlineSection[]
}

export interface RedlineSection {
  readonly id: string
  readonly title: string
  /** As in the outline of the text that has it; empty for the preamble. */
  readonly number: string
  /** 1 to 6; 0 for the preamble. */
  readonly level: number
  /** What became of it in substance; null: it says the same, though white space or the like may differ. */
  readonly difference: SectionDifference | null
  /** How many places in it differ: each is one stop on the way through. */
  readonly changes: number
  /** Of its own content, the heading first. */
  readonly blocks: readonly RedlineBlock[]
}

export type RedlineState = 'same' | 'changed' | 'added' | 'removed'

/** A block of either text or of both. What stands in it is in `inline` (text) or in `blocks`. */
export interface RedlineBlock {
  readonly state: RedlineState
  /** Its place among its siblings, in the earlier text and in the later one. Null: it is not there. */
  readonly before: number | null
  readonly after: number | null
  /** It stands elsewhere than it stood, whether or not it says the same. */
  readonly moved: boolean
  /** The title of the section that it was moved out of. Null: it stayed in its own, or did not move. */
  readonly movedFrom: string | null
  /** Its kind and attributes; the later ones where both have it. */
  readonly type: string
  readonly attrs: Readonly<Record<string, AttributeValue>>
  /** The earlier ones, where they differ. */
  readonly was: Pick<RedlineBlock, 'type' | 'attrs'> | null
  readonly inline: readonly RedlinePiece[] | null
  readonly blocks: readonly RedlineBlock[] | null
}

/** What is no text within a line: somebody who is named, a reference to a footnote. */
export type RedlineLeaf = BlockKind

/** A stretch of text, a line break or another part of a line, with one formatting. */
export interface RedlinePiece {
  /** `formatted`: the same words in another formatting. */
  readonly state: 'same' | 'added' | 'removed' | 'formatted'
  /** Null: a line break. Of another part of a line what it is called. */
  readonly text: string | null
  /** Null: text, or a line break. */
  readonly leaf: RedlineLeaf | null
  readonly marks: readonly MarkJson[]
  /** Of `formatted`: how it was formatted. */
  readonly wasMarks: readonly MarkJson[] | null
  /** The id of who wrote it, of `added` and `removed`. Null: nobody knows, or the server. */
  readonly author: string | null
}

export type BlockKind = Pick<RedlineBlock, 'type' | 'attrs'>

export const isSameKind = (one: BlockKind, other: BlockKind): boolean =>
  one.type === other.type && Object.keys(one.attrs).every((name) => one.attrs[name] === other.attrs[name])

/** Ids are no text: a block under another id says the same. So does a column that is wider or less wide. */
export const isSameBut = (was: BlockKind | null, is: BlockKind): boolean =>
  was === null || isSameKind(said(was), said(is))

const said = ({ type, attrs }: BlockKind): BlockKind => ({
  type,
  attrs: { ...attrs, id: null, ...(type === 'image' ? {} : { width: null }) },
})

/** Places at which a reader stops: a whole block that came, went or moved; else each stretch of text. */
export function stopsIn(block: RedlineBlock): number {
  if (block.state === 'added' || block.state === 'removed') return 1
  const own = block.moved || !isSameBut(block.was, block) ? 1 : 0
  if (block.blocks) return own + block.blocks.reduce((count, inner) => count + stopsIn(inner), 0)
  return own + stretches(block.inline ?? [])
}

/** Pieces that differ, those side by side as one. */
const stretches = (pieces: readonly RedlinePiece[]): number =>
  pieces.filter(({ state }, at) => state !== 'same' && (pieces[at - 1]?.state ?? 'same') === 'same').length
