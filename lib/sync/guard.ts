import * as Y from 'yjs'
import type { BodyShape } from './body-shape'
import { bodyOf, type Container, containerAt, containerOfType, gone, type SharedType } from './container'
import { type ContentRule, contentRule, type Place } from './content-rule'
import { type DecodedUpdate, type DecodeRule, decodeUpdate, type Struct } from './decode-update'
import { maxId } from './message'
import { type NeighbourRule, Neighbours } from './neighbours'
import { indexAt, isDeletedThrough, stateOf, structAt } from './struct-store'

/**
 * What an update may contain, decided before `applyUpdate`, which is not atomic: an update that fails half
 * way leaves its first half behind. Pure, and synchronous: nothing changes but the verdict. Who may write
 * under which client id is not decided here but in `ownership.ts`; both must agree.
 */
export interface GuardInput {
  /** Only read. Its pending structs and deletes must be empty. */
  readonly doc: Y.Doc
  readonly update: Uint8Array
  readonly shape: BodyShape
}

/** Which rule an invalid update breaks; for the log and the tests, never for the person. */
export type GuardRule =
  | ContentRule
  | DecodeRule
  | NeighbourRule
  | 'id'
  | 'length'
  | 'order'
  | 'root'
  | 'parent'

/** New clocks of one client: `[from, to)`. */
export interface FreshRange {
  readonly client: number
  readonly from: number
  readonly to: number
}

export type Verdict =
  /** Everything in it is here already. */
  | { readonly kind: 'nothing_new' }
  /** It rests on something that is not here: no offence, but not to be applied either. */
  | { readonly kind: 'gap' }
  | {
      readonly kind: 'take'
      /** Client ids under which it brings something new; empty when it only deletes. */
      readonly fresh: readonly FreshRange[]
      /**
       * True when its bytes may be passed on as they are: it holds nothing that is here already, and nothing that
       * is put into something collected. Of that the store keeps a tombstone, but whoever has not collected it
       * yet, or reads the log in one go, would build it, unchecked and however deep.
       */
      readonly exact: boolean
    }
  | { readonly kind: 'invalid'; readonly rule: GuardRule }

/**
 * Structs and deleted ranges in one update. A million structs take a second to judge: 16 MiB of the corpus'
 * largest document, which undoing a select-all brings back whole, are 465,000, and of a table with one digit a
 * cell 750,000. The 260,000 edits of the paper `automerge-paper` (300 KB) left 2,639 ranges.
 */
export const most = { structs: 800_000, deletes: 250_000 }

/** Clocks in one struct: what no client types in a lifetime, and far from where numbers lose exactness. */
const maxStructLength = 2 ** 26

/** A client id's last clock. */
const maxClock = 2 ** 32

const invalid = (rule: GuardRule): Verdict => ({ kind: 'invalid', rule })

export function guardUpdate({ doc, update, shape }: GuardInput): Verdict {
  const decoded = decodeUpdate(update, most)
  if (typeof decoded === 'string') return invalid(decoded)
  const reader = new UpdateReader(doc, shape, decoded)
  const structs = reader.readStructs()
  if (structs !== null) return structs
  const deletes = reader.readDeletes()
  if (deletes.kind !== 'known') return deletes
  const fresh = reader.fresh()
  if (fresh.length === 0 && !deletes.fresh) return { kind: 'nothing_new' }
  return { kind: 'take', fresh, exact: reader.exact }
}

/** One client's part of the update, and how far it has been read. */
interface Lane {
  readonly client: number
  readonly structs: readonly Struct[]
  /** The next clock that the store expects. */
  readonly known: number
  /** The clock behind its last struct. */
  readonly end: number
  /** The next clock after what was read: everything below exists, in the store or in this update. */
  reached: number
  /** Index of the next struct to read. */
  next: number
}

/**
 * Reads an update in the order in which yjs would integrate it: causal, not written (it is written by
 * descending client id, and one client's structs may rest on another's). An item's place is only known once
 * the items beside it are, hence one pass for order and rules alike.
 */
class UpdateReader {
  readonly #doc: Y.Doc
  readonly #shape: BodyShape
  readonly #decoded: DecodedUpdate
  readonly #lanes: readonly Lane[]
  readonly #laneOf: ReadonlyMap<number, Lane>
  /** Where the new items of this update stand. */
  readonly #places = new Map<Struct, Place>()
  /** Null: nothing new was read yet. */
  #neighbours: Neighbours | null = null
  /** Something new is put into something collected. */
  #entersGone = false

  constructor(doc: Y.Doc, shape: BodyShape, decoded: DecodedUpdate) {
    // Read by its name once, before anything else: until then yjs holds a stand-in in the root's place, which
    // the blocks directly below it name as their parent.
    doc.getXmlFragment(shape.fragmentName)
    this.#doc = doc
    this.#shape = shape
    this.#decoded = decoded
    this.#lanes = Array.from(decoded.structs, ([client, structs]) => {
      const known = stateOf(doc.store, client)
      const last = structs.at(-1)
      const end = last === undefined ? known : last.id.clock + last.length
      return { client, structs, known, end, reached: known, next: 0 }
    })
    this.#laneOf = new Map(this.#lanes.map((lane) => [lane.client, lane]))
  }

  /** Null when every struct was read and breaks no rule. */
  readStructs(): Verdict | null {
    for (const lane of this.#lanes) {
      const rule = this.#staticRule(lane)
      if (rule !== null) return invalid(rule)
      const first = lane.structs[0]
      if (first !== undefined && first.id.clock > lane.known) return { kind: 'gap' }
    }
    // Each struct is read once, whatever order the sender chose: who waits is put aside, and what it waits for
    // is read first, as yjs does. Passes over all lanes would be quadratic in their number.
    for (const start of this.#lanes) {
      const open: { readonly lane: Lane; readonly until: number }[] = [
        { lane: start, until: Number.POSITIVE_INFINITY },
      ]
      const waiting = new Set<Lane>([start])
      for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
        const missing = this.#readLane(top.lane, top.until)
        if (typeof missing === 'string') return invalid(missing)
        if (missing === null) {
          open.pop()
          waiting.delete(top.lane)
          continue
        }
        const lane = this.#laneOf.get(missing.client)
        // It is neither here nor in this update, or waits for itself in a circle, which no client makes:
        // applied, it would stay in memory as pending for ever.
        if (lane === undefined || lane.end <= missing.clock || waiting.has(lane)) return { kind: 'gap' }
        open.push({ lane, until: missing.clock + 1 })
        waiting.add(lane)
      }
    }
    return null
  }

  /** Reads a lane on, to its end or up to a clock. @returns null: done; what it waits for; the rule it breaks. */
  #readLane(lane: Lane, until: number): Y.ID | GuardRule | null {
    for (; lane.next < lane.structs.length && lane.reached < until; lane.next++) {
      const struct = lane.structs[lane.next] as Struct
      const end = struct.id.clock + struct.length
      if (struct instanceof Y.Item) {
        // Also of one that is here already: yjs looks for its neighbours before it sees that.
        const missing = this.#missingOf(struct)
        if (missing !== null) return missing
        const rule = end > lane.known ? this.#itemRule(struct, lane.known) : null
        if (rule !== null) return rule
      }
      lane.reached = Math.max(lane.reached, end)
    }
    return null
  }

  /** Deleted ranges must exist; `fresh` says whether any of it is not deleted yet. */
  readDeletes(): Verdict | { readonly kind: 'known'; readonly fresh: boolean } {
    let fresh = false
    for (const [client, ranges] of this.#decoded.deletes) {
      if (client > maxId) return invalid('id')
      const reached = this.#reached(client)
      const known = stateOf(this.#doc.store, client)
      let behind = 0
      for (const { clock, len } of ranges) {
        if (len < 1 || len > maxClock) return invalid('length')
        // yjs writes them in order and merged. Others would have the same structs looked at again and again.
        if (clock < behind) return invalid('order')
        behind = clock + len
        if (clock + len > reached) return { kind: 'gap' }
        if (clock + len > known) fresh = true
        else fresh ||= !isDeletedThrough(this.#doc.store, client, clock, clock + len)
      }
    }
    return { kind: 'known', fresh }
  }

  fresh(): FreshRange[] {
    return this.#lanes
      .filter((lane) => lane.reached > lane.known)
      .map((lane) => ({ client: lane.client, from: lane.known, to: lane.reached }))
  }

  get exact(): boolean {
    return !this.#entersGone && this.#lanes.every((lane) => lane.structs[0]?.id.clock === lane.known)
  }

  /** Rules that hold for known structs too: yjs creates a root as soon as it reads its name. */
  #staticRule(lane: Lane): GuardRule | null {
    if (lane.client > maxId) return 'id'
    for (const struct of lane.structs) {
      if (struct.length < 1 || struct.length > maxStructLength) return 'length'
      if (
        struct instanceof Y.Item &&
        typeof struct.parent === 'string' &&
        struct.parent !== this.#shape.fragmentName
      ) {
        return 'root'
      }
    }
    const last = lane.structs.at(-1)
    return last !== undefined && last.id.clock + last.length > maxClock ? 'length' : null
  }

  #reached(client: number): number {
    return this.#laneOf.get(client)?.reached ?? stateOf(this.#doc.store, client)
  }

  /**
   * What of its neighbours and its parent is not known yet; null: nothing. Of its own client too: yjs does not
   * look whether an origin of the same client is known, and throws in the middle of integrating when it is not.
   */
  #missingOf({ origin, rightOrigin, parent }: Y.Item): Y.ID | null {
    for (const id of [origin, rightOrigin, parent]) {
      if (id instanceof Y.ID && id.clock >= this.#reached(id.client)) return id
    }
    return null
  }

  /** @param known the next clock of its client: what of the item is below is here already. */
  #itemRule(item: Y.Item, known: number): GuardRule | null {
    const place = this.#placeOf(item)
    if (place === null) return 'parent'
    const isPartlyKnown = item.id.clock < known
    const origin = isPartlyKnown ? Y.createID(item.id.client, known - 1) : item.origin
    if (isPartlyKnown && origin !== null) {
      // yjs puts the new part behind the known one, but into the parent that is named here.
      const before = this.#placeAt(origin)
      if (before === undefined || !isSamePlace(before, place)) return 'parent'
    }
    if (place.container.kind === 'gone') this.#entersGone = true
    this.#places.set(item, place)
    this.#neighbours ??= new Neighbours(this.#doc, (id) => this.#ofUpdate(id))
    return contentRule(this.#shape, place, item.content) ?? this.#neighbours.ruleOf(item, origin, place)
  }

  /** Null: its neighbours stand in different places, or what it names as its parent cannot be one. */
  #placeOf(item: Y.Item): Place | null {
    const { origin, rightOrigin, parent } = item
    if (origin === null && rightOrigin === null) {
      const container =
        parent instanceof Y.ID ? this.#containerMadeBy(parent) : bodyOf(this.#doc, this.#shape.fragmentName)
      return container && { container, sub: item.parentSub }
    }
    const left = origin && this.#placeAt(origin)
    const right = rightOrigin && this.#placeAt(rightOrigin)
    if (left === undefined || right === undefined) return null
    if (left === null || right === null) return left ?? right
    // One collected neighbour is enough for yjs to keep the item as a tombstone.
    if (left.container.kind === 'gone') return left
    if (right.container.kind === 'gone') return right
    return isSamePlace(left, right) ? left : null
  }

  #container(type: SharedType): Container | null {
    return containerOfType(this.#doc, this.#shape.fragmentName, type)
  }

  /** Where the item with this id stands. Undefined: in no place that a body has. */
  #placeAt(id: Y.ID): Place | undefined {
    const struct = structAt(this.#doc.store, id) ?? this.#ofUpdate(id)
    if (!(struct instanceof Y.Item)) return { container: gone, sub: null }
    const own = this.#places.get(struct)
    if (own !== undefined) return own
    const container = this.#container(struct.parent as SharedType)
    return container === null ? undefined : { container, sub: struct.parentSub }
  }

  /** The container that the item with this id makes. Null: it is text or a value, and holds nothing. */
  #containerMadeBy(id: Y.ID): Container | null {
    const struct = structAt(this.#doc.store, id) ?? this.#ofUpdate(id)
    if (!(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted) return gone
    if (!(struct.content instanceof Y.ContentType)) return null
    const own = this.#places.get(struct)
    if (own === undefined) return this.#container(struct.content.type)
    return own.container.kind === 'gone' ? gone : containerAt(struct.content.type, own.container.depth + 1)
  }

  #ofUpdate(id: Y.ID): Struct | undefined {
    const structs = this.#laneOf.get(id.client)?.structs
    return structs?.[indexAt(structs, id.clock)]
  }
}

function isSamePlace(one: Place, other: Place): boolean {
  if (one.container.kind === 'gone' || other.container.kind === 'gone')
    return one.container.kind === other.container.kind
  return one.container.holder === other.container.holder && one.sub === other.sub
}
