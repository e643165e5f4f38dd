import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { isBlank, type OutlineSection } from './outline'

/**
 * The outline of `after`, from the one of `before`, where nothing but text within sections changed: the same
 * sections at other positions. Most changes are of that kind, and reading an outline takes a look at every block.
 *
 * @returns Null: there is more to it, `outlineOf` must read it.
 */
export function shiftedOutline(
  outline: readonly OutlineSection[],
  before: ProseMirrorNode,
  after: ProseMirrorNode,
): readonly OutlineSection[] | null {
  if (before.childCount !== after.childCount) return null
  /** Where each block that changed ended, and by how much it grew. */
  const grown: { end: number; by: number }[] = []
  let end = 0
  for (const [index, old] of before.content.content.entries()) {
    end += old.nodeSize
    const now = after.child(index)
    if (old === now) continue
    if (old.type.name === 'heading' || !isSameOutside(old, now)) return null
    grown.push({ end, by: now.nodeSize - old.nodeSize })
  }
  const moved = (position: number): number =>
    grown.reduce((sum, change) => (change.end <= position ? sum + change.by : sum), position)
  return outline.map((section) => ({
    ...section,
    from: moved(section.from),
    ownFrom: moved(section.ownFrom),
    ownEnd: moved(section.ownEnd),
    to: moved(section.to),
  }))
}

/** True where two states of a block differ in words alone, and neither begins or ceases to be empty. */
const isSameOutside = (a: ProseMirrorNode, b: ProseMirrorNode): boolean =>
  hasSameBlocks(a, b) && isBlank(a) === isBlank(b) && (a.content.size === 0) === (b.content.size === 0)

/** True where two states of a node consist of the same blocks, with the same attributes; their words may differ. */
export function hasSameBlocks(a: ProseMirrorNode, b: ProseMirrorNode): boolean {
  if (a === b) return true
  if (!a.sameMarkup(b)) return false
  if (a.inlineContent) return true
  return (
    a.childCount === b.childCount &&
    a.content.content.every((child, index) => hasSameBlocks(child, b.child(index)))
  )
}
