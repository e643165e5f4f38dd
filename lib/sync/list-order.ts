import type * as Y from 'yjs'
import type { SharedType } from './container'

/** One end of a gap in a list of the store: an item, and a clock in it. Null: the list's own end. */
export interface ListEnd {
  readonly item: Y.Item
  readonly clock: number
}

/** The list that an item stands in: the children of a type, or the values that one of its attributes has had. */
export interface List {
  readonly type: SharedType
  readonly sub: string | null
}

interface Numbers {
  readonly of: ReadonlyMap<Y.Item, number>
  readonly count: number
}

/** So many neighbours are looked at one by one before a list is numbered: editors write beside each other. */
const near = 32

/**
 * How places lie to each other in a document's lists. One for each update: lists do not change while it is
 * judged. However often it is asked and however far things are apart, each list is walked through once.
 */
export class ListOrder {
  readonly #lists = new Map<SharedType, Map<string | null, Numbers>>()

  /**
   * How many items stand between two ends: so many yjs may look at to find a place there.
   *
   * @returns null when `right` does not stand on the right side of `left`.
   */
  between(list: List, left: ListEnd | null, right: ListEnd | null): number | null {
    if (left !== null && left.item === right?.item) return left.clock < right.clock ? 0 : null
    const end = right?.item ?? null
    // Of an attribute yjs keeps the last value at hand, of children the first.
    if (left !== null || list.sub === null) {
      let item = left === null ? list.type._start : left.item.right
      for (let steps = 0; steps < near; steps++) {
        if (item === end) return steps
        if (item === null) return null
        item = item.right
      }
    }
    const { of, count } = this.#numbersOf(list)
    const from = left === null ? -1 : (of.get(left.item) ?? 0)
    const to = end === null ? count : (of.get(end) ?? 0)
    return from < to ? to - from - 1 : null
  }

  #numbersOf(list: List): Numbers {
    const bySub = this.#lists.get(list.type) ?? new Map<string | null, Numbers>()
    const numbers = bySub.get(list.sub) ?? numbersOf(list)
    this.#lists.set(list.type, bySub.set(list.sub, numbers))
    return numbers
  }
}

function numbersOf({ type, sub }: List): Numbers {
  let item = sub === null ? type._start : (type._map.get(sub) ?? null)
  while (sub !== null && item !== null && item.left !== null) item = item.left
  const of = new Map<Y.Item, number>()
  for (; item !== null; item = item.right) of.set(item, of.size)
  return { of, count: of.size }
}
