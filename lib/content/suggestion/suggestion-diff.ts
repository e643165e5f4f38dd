import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import type { AnchorPlace } from '../anchor/anchor-position'
import { blockIdsOf } from '../block-id'
import { longestAscending } from '../redline/longest-ascending'
import { nodesOf } from './suggestion'
import { type Made, suggestBlocks, suggestEdit } from './suggestion-make'
import { withoutIds } from './suggestion-nodes'

/**
 * What somebody has made of a whole body, as suggestions upon it, each as small as it can be: words where a block is
 * the same block still, whole blocks where some came, went or moved. Empty blocks that came are none.
 */
export const suggestBody = (at: AnchorPlace, now: ProseMirrorNode): Made[] =>
  suggestWithin({ at, ids: blockIdsOf(at.doc), idsNow: blockIdsOf(now) }, [at.doc, -1], [now, -1]) ?? []

interface Comparing {
  readonly at: AnchorPlace
  readonly ids: ReadonlyMap<number, string>
  readonly idsNow: ReadonlyMap<number, string>
}

/** A node and the position before it; -1: the body. */
type Placed = readonly [node: ProseMirrorNode, position: number]

/** What differs between the blocks in two nodes. Null: it cannot be said of its blocks, only of the whole. */
function suggestWithin(comparing: Comparing, before: Placed, now: Placed): Made[] | null {
  const { at, ids, idsNow } = comparing
  const [old, fresh] = [childrenOf(before), childrenOf(now)]
  const byId = new Map(fresh.map(([, position], index) => [idsNow.get(position), index]))
  const known = old.flatMap(([node, position], index) => {
    const partner = byId.get(ids.get(position))
    return partner !== undefined && fresh[partner]?.[0].type === node.type ? [{ index, partner }] : []
  })
  const pairs = longestAscending(known.map(({ partner }) => partner)).map((index) => known[index])
  const made: Made[] = []
  let [o, f] = [0, 0]
  for (const pair of [...pairs, { index: old.length, partner: fresh.length }]) {
    if (!pair) continue
    const gone = old.slice(o, pair.index)
    const came = fresh.slice(f, pair.partner).map(([node]) => node)
    const from = gone[0]?.[1] ?? endOf(old[o - 1]) ?? before[1] + 1
    const to = endOf(gone.at(-1)) ?? from
    if (gone.length > 0 || !came.every(isEmptyText)) {
      const one = suggestBlocks(at, { from, to }, came)
      if (!one) return null
      made.push(one)
    }
    const [left, right] = [old[pair.index], fresh[pair.partner]]
    if (left && right) made.push(...suggestPair(comparing, left, right))
    o = pair.index + 1
    f = pair.partner + 1
  }
  return made
}

function suggestPair(comparing: Comparing, before: Placed, now: Placed): Made[] {
  const [[old, position], [fresh]] = [before, now]
  if (old === fresh || withoutIds(old).eq(withoutIds(fresh))) return []
  const isSameFrame = old.hasMarkup(fresh.type, { ...fresh.attrs, id: old.attrs.id })
  // The cells of a table belong together: one of them cannot come or go alone.
  const isOpen = !old.isTextblock && isSameFrame && (old.type.name !== 'table' || isSameShape(old, fresh))
  const within = isOpen ? suggestWithin(comparing, before, now) : null
  if (within) return within
  const whole = suggestEdit(comparing.at, position, [fresh])
  return whole ? [whole] : []
}

const isSameShape = (a: ProseMirrorNode, b: ProseMirrorNode): boolean =>
  a.childCount === b.childCount &&
  nodesOf(a.content).every((row, index) => {
    const other = b.child(index)
    return (
      row.childCount === other.childCount &&
      nodesOf(row.content).every(
        (cell, at) => cell.attrs.id === other.child(at).attrs.id && cell.type === other.child(at).type,
      )
    )
  })

function childrenOf([node, position]: Placed): Placed[] {
  const children: Placed[] = []
  node.forEach((child, offset) => {
    children.push([child, position + 1 + offset])
  })
  return children
}

const endOf = (placed: Placed | undefined): number | undefined => placed && placed[1] + placed[0].nodeSize

const isEmptyText = (node: ProseMirrorNode): boolean => node.isTextblock && node.content.size === 0
