import { Fragment, type Node as ProseMirrorNode, Slice } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'

/** Nodes `from` to `to` of a document give way to `content`: whole nodes of one parent, or text of one block. */
export interface Change {
  readonly from: number
  readonly to: number
  readonly content: Fragment
}

/**
 * Makes the document's content `next` by replacing what differs alone: everything else stays the very same node,
 * and positions in it can be mapped.
 *
 * @returns False where the schema does not allow one of the steps; it and those behind it are not made.
 */
export function replaceChanged(transaction: Transaction, next: Fragment): boolean {
  // From the back, so that no change moves the place of the next.
  return changesBetween(transaction.doc.content, next)
    .reverse()
    .every(({ from, to, content }) => {
      const step = new ReplaceStep(from, to, new Slice(content, 0, 0))
      return transaction.maybeStep(step).failed === null
    })
}

/** What to replace, in the document's order, in positions of `before`. Empty: nothing differs. */
export function changesBetween(before: Fragment, after: Fragment): Change[] {
  const changes: Change[] = []
  compare(before, after, 0, changes)
  return changes
}

/** @param start position at which `before` begins. */
function compare(before: Fragment, after: Fragment, start: number, changes: Change[]): void {
  const [old, now] = [before.content, after.content]
  let [oldEnd, nowEnd] = [old.length, now.length]
  let first = 0
  let at = start
  for (; first < oldEnd && first < nowEnd && old[first] === now[first]; first += 1) at += sizeOf(old[first])
  while (oldEnd > first && nowEnd > first && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd -= 1
    nowEnd -= 1
  }
  // Nodes that stand on both sides divide what is left into gaps.
  const places = new Map(now.slice(first, nowEnd).map((node, index) => [node, first + index]))
  let gap: { old: ProseMirrorNode[]; at: number } = { old: [], at }
  let from = first
  for (const node of old.slice(first, oldEnd)) {
    const place = places.get(node)
    at += node.nodeSize
    if (place === undefined || place < from) gap.old.push(node)
    else {
      compareGap(gap.old, now.slice(from, place), gap.at, changes)
      from = place + 1
      gap = { old: [], at }
    }
  }
  compareGap(gap.old, now.slice(from, nowEnd), gap.at, changes)
}

/** Nodes that have no twin on the other side: those that are one block before and after are compared within. */
function compareGap(
  before: readonly ProseMirrorNode[],
  after: readonly ProseMirrorNode[],
  start: number,
  changes: Change[],
): void {
  let first = 0
  let at = start
  for (; isSameBlock(before[first], after[first]); first += 1) {
    compareBlock(before[first], after[first], at, changes)
    at += sizeOf(before[first])
  }
  let last = 0
  const rest = Math.min(before.length, after.length) - first
  while (last < rest && isSameBlock(before.at(-1 - last), after.at(-1 - last))) last += 1
  const old = before.slice(first, before.length - last)
  const now = after.slice(first, after.length - last)
  const end = at + old.reduce((sum, node) => sum + node.nodeSize, 0)
  if (old.length > 0 || now.length > 0) changes.push({ from: at, to: end, content: Fragment.from(now) })
  at = end
  for (; last > 0; last -= 1) {
    compareBlock(before.at(-last), after.at(-last), at, changes)
    at += sizeOf(before.at(-last))
  }
}

const sizeOf = (node: ProseMirrorNode | undefined): number => node?.nodeSize ?? 0

const isSameBlock = (a: ProseMirrorNode | undefined, b: ProseMirrorNode | undefined): boolean =>
  a !== undefined && b !== undefined && !a.isText && !a.isLeaf && a.sameMarkup(b)

/** @param position before the block. */
function compareBlock(
  before: ProseMirrorNode | undefined,
  after: ProseMirrorNode | undefined,
  position: number,
  changes: Change[],
): void {
  if (!before || !after) return
  const found = changes.length
  if (before.inlineContent) compareText(before.content, after.content, position + 1, changes)
  else compare(before.content, after.content, position + 1, changes)
  // Equal and yet another node: who asks whether a block was touched asks for its identity.
  if (changes.length === found) {
    changes.push({ from: position, to: position + before.nodeSize, content: Fragment.from(after) })
  }
}

function compareText(before: Fragment, after: Fragment, start: number, changes: Change[]): void {
  const from = before.findDiffStart(after)
  const end = from === null ? null : before.findDiffEnd(after)
  if (from === null || end === null) return
  // Of letters that repeat (`aa` to `aaa`) both searches may claim the same ones.
  const shared = Math.max(0, from - Math.min(end.a, end.b))
  changes.push({
    from: start + from,
    to: start + end.a + shared,
    content: after.cut(from, end.b + shared),
  })
}
