import type { EditorState } from '@tiptap/pm/state'
import type * as Y from 'yjs'
import { type CarriedRun, copyOfBlock, runsInCopy, stands } from '../../../lib/content/copy-block'
import type { OutlineSection } from '../../../lib/content/outline'

/** The section before which another one comes to stand; null: behind the last. */
export type SectionPlace = string | null

/** Two neighbouring stretches of blocks change places. By indexes of the body's blocks. */
export interface Swap {
  readonly from: number
  readonly middle: number
  readonly to: number
  /** Which of the two keeps its blocks; the other is written anew behind or before it. */
  readonly stays: 'first' | 'second'
}

/** So much longer the section's neighbours may be which are written anew in its stead. */
const mostRewritten = { times: 4, atLeast: 50_000 }

/**
 * What putting a section with all that is under it before another one does to the blocks. To move it over others is to
 * move the others over it: where somebody writes in one of the two, that one stays as it is, and the other is written
 * anew.
 *
 * @param writing positions at which others write.
 * @returns null: it stands there already, or within itself it cannot.
 */
export function swapOf(
  { doc }: Pick<EditorState, 'doc'>,
  outline: readonly OutlineSection[],
  { sectionId, before, writing }: { sectionId: string; before: SectionPlace; writing: readonly number[] },
): Swap | null {
  const section = outline.find(({ id, level }) => id === sectionId && level > 0)
  const at = before === null ? doc.content.size : outline.find(({ id }) => id === before)?.from
  if (!section || at === undefined || (at >= section.from && at <= section.to)) return null
  const goesUp = at < section.from
  const other = goesUp ? { from: at, to: section.from } : { from: section.to, to: at }
  const isBusy = ({ from, to }: { from: number; to: number }) =>
    writing.some((position) => position > from && position < to)
  const [ownSize, otherSize] = [section.to - section.from, other.to - other.from]
  const isSmall = otherSize <= Math.max(ownSize * mostRewritten.times, mostRewritten.atLeast)
  const stays = isBusy(section) === isBusy(other) ? ownSize > otherSize : isBusy(section) && isSmall
  const index = (position: number) => doc.resolve(position).index(0)
  const [first, second] = goesUp ? [other, section] : [section, other]
  return {
    from: index(first.from),
    middle: index(second.from),
    to: index(second.to),
    stays: stays === goesUp ? 'second' : 'first',
  }
}

/** In one transaction of the body. @returns where the characters of what was written anew stand. */
export function swapBlocks(root: Y.XmlFragment, { from, middle, to, stays }: Swap): CarriedRun[] {
  const [start, end] = stays === 'first' ? [middle, to] : [from, middle]
  const moved = root.toArray().slice(start, end) as Y.XmlElement[]
  const copies = moved.map((block) => copyOfBlock(block))
  root.insert(stays === 'first' ? from : to, copies)
  const runs = moved.flatMap((block, index) => runsInCopy(block, copies[index] as Y.XmlElement, stands))
  root.delete(stays === 'first' ? start + copies.length : start, copies.length)
  return runs
}
