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
  /** By client and left neighbour, what the client last put on the right side of it. */
  readonly #latest = new Map<string, Y.ID>()
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
    const left = before ? before.left : origin && this.#endAt(origin)
    const behind = rightOrigin && this.#newAt(rightOrigin)
    const right = behind ? behind.right : rightOrigin && this.#endAt(rightOrigin)
    // In what was typed in one go, whatever is further up stands on the left.
    if (before && behind && rightOrigin.client === origin?.client) {
      if (before.runFrom <= rightOrigin.clock && rightOrigin.clock <= origin.clock) return 'neighbours'
    }
    const between = this.#order.between({ type: container.holder, sub }, left, right)
    if (between === null) return 'neighbours'
    const isNext = before !== null && origin?.client === id.client && origin.clock === id.clock - 1
    if (before === null) this.#work += between
    if (!isNext) this.#countBeside(item, origin, sub)
    this.#known.set(item, { left, right, runFrom: isNext ? before.runFrom : id.clock })
    this.#shown += 1
    return this.#work > maxWork ? 'work' : null
  }

  /**
   * Whoever puts something where they put something before finds that on its right side. If it is not named there,
   * yjs goes through what is new, up to all of it.
   */
  #countBeside({ id, rightOrigin, parent }: Y.Item, origin: Y.ID | null, sub: string | null): void {
    if (this.#shown < few) return
    const where = origin ?? (parent instanceof Y.ID ? parent : null)
    const key = `${id.client} ${origin === null} ${where?.client} ${where?.clock} ${sub}`
    const latest = this.#latest.get(key) ?? this.#typedBehind(origin)
    if (latest && !Y.compareIDs(latest, rightOrigin)) this.#work += this.#shown
    this.#latest.set(key, id)
  }

  /** The item that was typed in one go with the one of this id, right behind it. */
  #typedBehind(id: Y.ID | null): Y.ID | null {
    const next = id && Y.createID(id.client, id.clock + 1)
    const known = next && this.#newAt(next)
    return known && known.runFrom < next.clock ? next : null
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
