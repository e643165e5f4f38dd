import * as Y from 'yjs'
import type { Place } from './content-rule'
import type { Struct } from './decode-update'
import { type ListEnd, ListOrder } from './list-order'
import { stateOf, structAt } from './struct-store'

export type NeighbourRule = 'neighbours' | 'work'

/**
 * Items that yjs may have to look at to find the places of one update's. An editor's text is put between two that
 * stand beside each other; looked at is only what others put between them meanwhile. Thirty million take up to a second.
 */
const maxWork = 30_000_000

/** Fewer items than this are never much work, whatever they name. */
const few = 1_000

/** What is known of where a new item stands. */
interface Known {
  /** The next items of the store to its left and to its right. Null: the end of the list. */
  readonly left: ListEnd | null
  readonly right: ListEnd | null
  /** From this clock of its client on, everything up to it was typed in one go. */
  readonly runFrom: number
}

/**
 * Whether the neighbours that new items name stand as an editor finds them: the left one on the left of the right
 * one, and, where much is new, beside each other. Yjs applies others too, but *where* depends on how the text
 * happens to be cut at that moment: the same update puts the same letter here on one page and there on another, for
 * good, while state vectors agree; or it looks through the whole list for each letter.
 */
export class Neighbours {
  readonly #doc: Y.Doc
  readonly #ofUpdate: (id: Y.ID) => Struct | undefined
  readonly #order = new ListOrder()
  readonly #known = new Map<Struct, Known>()
  /** The clock of what a client last put on the right side of a place, by the client and that place. */
  readonly #latest = new Map<string, number>()
  /** The same by the clock of that place, where it is the client's own. */
  readonly #latestOwn = new Map<number, Map<number, number>>()
  #shown = 0
  #work = 0

  /** @param ofUpdate the struct of this update that holds an id. */
  constructor(doc: Y.Doc, ofUpdate: (id: Y.ID) => Struct | undefined) {
    this.#doc = doc
    this.#ofUpdate = ofUpdate
  }

  /**
   * @param item whose neighbours are in the store or were shown before.
   * @param origin its left neighbour as yjs will find it.
   * @returns the rule that it breaks, or null.
   */
  ruleOf(item: Y.Item, origin: Y.ID | null, { container, sub }: Place): NeighbourRule | null {
    if (container.kind === 'gone') return null
    const { id, rightOrigin } = item
    const before = origin && this.#newAt(origin)
    const behind = rightOrigin && this.#newAt(rightOrigin)
    // In what was typed in one go, whatever is further up stands on the left.
    if (before && behind && rightOrigin.client === origin?.client) {
      if (before.runFrom <= rightOrigin.clock && rightOrigin.clock <= origin.clock) return 'neighbours'
    }
    const left = before ? before.left : origin && this.#endAt(origin)
    const right = behind ? behind.right : rightOrigin && this.#endAt(rightOrigin)
    const isNext = before !== null && origin?.client === id.client && origin.clock === id.clock - 1
    this.#shown += 1
    if (isNext && isSameEnd(right, before.right)) {
      // Most of a long text: nothing of it is new but the letter.
      this.#known.set(item, before)
      return null
    }
    const between = this.#order.between({ type: container.holder, sub }, left, right)
    if (between === null) return 'neighbours'
    if (before === null) this.#work += between
    if (!isNext) this.#countBeside(item, origin, sub)
    this.#known.set(item, { left, right, runFrom: isNext ? before.runFrom : id.clock })
    return this.#work > maxWork ? 'work' : null
  }

  /**
   * Whoever puts something where they put something before finds that on its right side. If it is not named there,
   * yjs goes through what is new, up to all of it.
   */
  #countBeside({ id, rightOrigin, parent }: Y.Item, origin: Y.ID | null, sub: string | null): void {
    if (this.#shown < few) return
    let latest: number | undefined
    if (origin?.client === id.client) {
      const own = this.#latestOwn.get(id.client) ?? new Map<number, number>()
      latest = own.get(origin.clock) ?? this.#typedBehind(origin)
      this.#latestOwn.set(id.client, own.set(origin.clock, id.clock))
    } else {
      const where = origin ?? (parent instanceof Y.ID ? parent : null)
      const key = `${id.client} ${origin === null} ${where?.client} ${where?.clock} ${sub}`
      latest = this.#latest.get(key)
      this.#latest.set(key, id.clock)
    }
    const isNamed = rightOrigin?.client === id.client && rightOrigin.clock === latest
    if (latest !== undefined && !isNamed) this.#work += this.#shown
  }

  /** The clock of the item that was typed in one go with the one of this id, right behind it. */
  #typedBehind({ client, clock }: Y.ID): number | undefined {
    const next = this.#newAt(Y.createID(client, clock + 1))
    return next && next.runFrom <= clock ? clock + 1 : undefined
  }

  #newAt(id: Y.ID): Known | null {
    if (id.clock < stateOf(this.#doc.store, id.client)) return null
    const struct = this.#ofUpdate(id)
    if (struct === undefined || id.clock >= struct.id.clock + struct.length) return null
    return this.#known.get(struct) ?? null
  }

  #endAt(id: Y.ID): ListEnd | null {
    const item = structAt(this.#doc.store, id)
    return item instanceof Y.Item ? { item, clock: id.clock } : null
  }
}

const isSameEnd = (one: ListEnd | null, other: ListEnd | null): boolean =>
  one?.item === other?.item && one?.clock === other?.clock
