import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { leafWords } from '../leaf-words'
import { longestAscending } from './longest-ascending'
import { wordsOf } from './word-diff'

/** Of two blocks, how much of their words both must have to be one block that was changed. */
const leastLikeness = 0.5

/** More pairs than this are not compared word by word: what has no id and no twin there came or went. */
const maxPairs = 2_500

/** Which block of an earlier row each block of a later one is. */
export interface Alignment {
  /** By place in the later row, the place in the earlier one. Null: it was not there. */
  readonly partners: readonly (number | null)[]
  /** Places in the later row of those that stand elsewhere among the others: the fewest that explain the order. */
  readonly moved: ReadonlySet<number>
}

/**
 * Blocks are known again by their ids; those that have none or another one, by saying the same; and between two that
 * are known, by being much alike.
 */
export function alignBlocks(
  before: readonly ProseMirrorNode[],
  after: readonly ProseMirrorNode[],
): Alignment {
  const partners: (number | null)[] = after.map(() => null)
  const taken = new Set<number>()
  const pair = (old: number, now: number) => {
    partners[now] = old
    taken.add(old)
  }
  pairBy(before, after, { partners, taken, pair, keyOf: idOf })
  pairBy(before, after, { partners, taken, pair, keyOf: wordsAndShape })
  pairAlike(before, after, { partners, taken, pair })
  const known = partners.flatMap((old, now) => (old === null ? [] : [{ old, now }]))
  const inOrder = new Set(longestAscending(known.map(({ old }) => old)))
  return { partners, moved: new Set(known.filter((_, index) => !inOrder.has(index)).map(({ now }) => now)) }
}

interface Pairing {
  readonly partners: readonly (number | null)[]
  readonly taken: ReadonlySet<number>
  readonly pair: (old: number, now: number) => void
}

/** Pairs those of the same key, the first with the first. */
function pairBy(
  before: readonly ProseMirrorNode[],
  after: readonly ProseMirrorNode[],
  given: Pairing & { keyOf: (node: ProseMirrorNode) => string | null },
): void {
  const places = new Map<string, number[]>()
  for (const [place, node] of before.entries()) {
    const key = given.taken.has(place) ? null : given.keyOf(node)
    if (key !== null) places.set(key, [...(places.get(key) ?? []), place])
  }
  if (places.size === 0) return
  for (const [place, node] of after.entries()) {
    if (given.partners[place] !== null) continue
    const old = places.get(given.keyOf(node) ?? '')?.shift()
    if (old !== undefined) given.pair(old, place)
  }
}

/** Text blocks may become each other and keep their id: a paragraph becomes a heading. */
const idOf = (node: ProseMirrorNode): string | null => {
  const { id } = node.attrs
  return typeof id === 'string' ? `${node.inlineContent ? 'text' : node.type.name} ${id}` : null
}

/** Empty blocks are like any other empty one: they say nothing of where they were. A picture is not empty. */
const wordsAndShape = (node: ProseMirrorNode): string | null =>
  node.textContent === '' && !hasLeaf(node) ? null : JSON.stringify(withoutIds(node))

function hasLeaf(node: ProseMirrorNode): boolean {
  if (node.type.name === 'image' || node.type.name === 'file' || node.type.name === 'mention') return true
  return node.children.some(hasLeaf)
}

function withoutIds(node: ProseMirrorNode): unknown {
  if (node.isText) return node.toJSON()
  return [node.type.name, { ...node.attrs, id: null }, node.content.content.map(withoutIds)]
}

/** Pairs, within each gap between two that are paired, those that are much alike. */
function pairAlike(
  before: readonly ProseMirrorNode[],
  after: readonly ProseMirrorNode[],
  { partners, taken, pair }: Pairing,
): void {
  const words = new Map<ProseMirrorNode, ReadonlyMap<string, number>>()
  const wordsIn = (node: ProseMirrorNode) => {
    const known = words.get(node) ?? countWords(node)
    words.set(node, known)
    return known
  }
  let oldStart = 0
  let budget = maxPairs
  for (let now = 0; now < after.length; ) {
    const partner = partners[now]
    if (partner !== null && partner !== undefined) {
      oldStart = partner + 1
      now += 1
      continue
    }
    let end = now
    while (end < after.length && partners[end] === null) end += 1
    const oldEnd = endOfGap(partners[end] ?? before.length, oldStart, before.length)
    let from = oldStart
    for (let place = now; place < end; place++) {
      let best = { old: -1, likeness: leastLikeness }
      for (let old = from; old < oldEnd && budget > 0; old++) {
        const [was, is] = [before[old] as ProseMirrorNode, after[place] as ProseMirrorNode]
        if (taken.has(old) || was.type !== is.type) continue
        budget -= 1
        const likeness = likenessOf(wordsIn(was), wordsIn(is))
        if (likeness > best.likeness) best = { old, likeness }
      }
      if (best.old < 0) continue
      pair(best.old, place)
      from = best.old + 1
    }
    now = end
  }
}

/** What is paired behind the gap may have come from in front of it. */
const endOfGap = (next: number, start: number, length: number): number => (next >= start ? next : length)

/** Of a picture its description, of a file its name: one that is replaced by another with the same is changed. */
const wordsAround = (node: ProseMirrorNode): string =>
  node.isLeaf ? leafWords(node) : node.textBetween(0, node.content.size, ' ', leafWords)

function countWords(node: ProseMirrorNode): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const word of wordsOf(wordsAround(node))) {
    if (/\S/u.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

/** Words that both have, of all that they have: 0 to 1 (Dice). */
function likenessOf(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let [shared, all] = [0, 0]
  for (const [word, count] of one) {
    shared += Math.min(count, other.get(word) ?? 0)
    all += count
  }
  for (const count of other.values()) all += count
  return all === 0 ? 0 : (2 * shared) / all
}
