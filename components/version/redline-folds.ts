import type { RedlineBlock } from '../../lib/content/redline/redline'

/** What is drawn of a section: blocks, and stretches that say the same on both sides, folded to one line. */
export type RedlineRow =
  | { readonly kind: 'block'; readonly block: RedlineBlock; readonly key: string }
  | { readonly kind: 'fold'; readonly blocks: readonly RedlineBlock[]; readonly key: string }

/** So many blocks that did not change stay in sight beside one that did. */
const context = 1

/** A fold hides at least so many: one line in place of one line helps nobody. */
const leastFolded = 2

const isChanged = (block: RedlineBlock): boolean => block.state !== 'same' || block.moved

/** The rows of a section that has changes. Its heading is always drawn. */
export function foldRows(blocks: readonly RedlineBlock[]): RedlineRow[] {
  const shown = blocks.map((block, index) => {
    const isHeading = index === 0 && block.type === 'heading'
    const near = blocks.slice(Math.max(0, index - context), index + context + 1)
    return isHeading || near.some(isChanged)
  })
  const rows: RedlineRow[] = []
  let hidden: RedlineBlock[] = []
  const close = () => {
    if (hidden.length >= leastFolded) rows.push({ kind: 'fold', blocks: hidden, key: keyOf(hidden[0]) })
    else rows.push(...hidden.map(rowOf))
    hidden = []
  }
  for (const [index, block] of blocks.entries()) {
    if (!shown[index]) hidden.push(block)
    else {
      close()
      rows.push(rowOf(block))
    }
  }
  close()
  return rows
}

const rowOf = (block: RedlineBlock): RedlineRow => ({ kind: 'block', block, key: keyOf(block) })

/** Its places say which block it is. */
export const keyOf = (block: RedlineBlock | undefined): string => `${block?.before}/${block?.after}`
