import * as Y from 'yjs'
import { type Carrying, carry } from '../../lib/content/carry'
import {
  type CarriedRun,
  copyOfBlock,
  idOfElement,
  itemsOf,
  runsInCopy,
  stands,
  valueIn,
} from '../../lib/content/copy-block'
import { fragmentName } from '../../lib/content/shape'
import { carriedPlaces, carriedWords, keptWords, receivedUpdates } from './origins'

/** So many of one's own changes are remembered as having deleted something. */
const mostDeletions = 1_000

export interface CarriedWordsInput {
  readonly doc: Y.Doc
  /** What came from the server says so in its origin. */
  readonly isRemote: (origin: unknown) => boolean
  /** This person wrote it, here or in a page before, and the server is not known to have it. */
  readonly isUnsaved: (client: number, clock: number) => boolean
}

interface Pair {
  readonly was: Y.XmlElement
  readonly now: Y.XmlElement
  /** What the change that moved it deletes: so much of it was seen. Null: that was told together with much else. */
  readonly seen: DeleteSet | null
}

type DeleteSet = Y.Transaction['deleteSet']

/**
 * Whoever moves a block writes it anew (Yjs moves nothing), and what others typed in the old one at that moment would
 * go with it. Whose words those are puts them into the new one, as soon as the move arrives: before the next key, so
 * that what is typed on stands behind them. Nobody else does, so that they stand there once. What the mover had seen
 * is in the new block, or was left out by the mover, who then puts it there: undo of a move brings the old block back
 * as it was.
 */
export class CarriedWords {
  readonly #input: CarriedWordsInput
  readonly #deletions: DeleteSet[] = []

  constructor(input: CarriedWordsInput) {
    this.#input = input
    input.doc.on('afterTransaction', this.#after)
  }

  destroy(): void {
    this.#input.doc.off('afterTransaction', this.#after)
  }

  // In this event all that is drawn of the change stands, and what was deleted is not forgotten yet.
  readonly #after = (transaction: Y.Transaction): void => {
    const { origin, deleteSet } = transaction
    const remote = this.#input.isRemote(origin)
    const undoes = origin instanceof Y.UndoManager
    if (remote || undoes) {
      const pairs = pairsOf(transaction, remote ? transaction.meta.get(receivedUpdates) : undefined)
      if (pairs.length > 0) this.#carry(transaction, pairs, remote)
    }
    if (remote || deleteSet.clients.size === 0) return
    this.#deletions.push(deleteSet)
    if (this.#deletions.length > mostDeletions) this.#deletions.shift()
  }

  #carry(transaction: Y.Transaction, pairs: readonly Pair[], remote: boolean): void {
    const { doc, isUnsaved } = this.#input
    const wasThere = (item: Y.Item) => !item.deleted || Y.isDeleted(transaction.deleteSet, item.id)
    // What of all that came at once was meant for which block is not told, after a reconnection: words that the server
    // had before may have been deleted there since.
    const isOwn = pairs.some(({ seen }) => seen) ? (client: number) => client === doc.clientID : isUnsaved
    const isCarried = remote ? isOwn : (client: number) => client !== doc.clientID
    const wasDeletedHere = (client: number, clock: number) =>
      this.#deletions.some((set) => Y.isDeleted(set, Y.createID(client, clock)))
    const origin = remote ? carriedWords : keptWords
    doc.transact((change) => {
      const runs = pairs.flatMap(({ was, now, seen }) => {
        const wasSeen =
          seen && ((client: number, clock: number) => Y.isDeleted(seen, Y.createID(client, clock)))
        const how: Carrying = { wasThere, wasSeen, isCarried, wasDeletedHere }
        return carry(was, now, how)
      })
      const mayFollow = (item: Y.Item) => !remote || isOwn(item.id.client, item.id.clock)
      change.meta.set(carriedPlaces, [...runs, ...followSections(doc, pairs, mayFollow)])
    }, origin)
  }
}

/** The blocks that this change has taken away in one place and made anew in another, in its order. */
function pairsOf(transaction: Y.Transaction, updates: readonly Uint8Array[] = []): Pair[] {
  const isOfBlocks = [...transaction.changed].some(
    ([type, keys]) => keys.has(null) && (type instanceof Y.XmlElement || type instanceof Y.XmlFragment),
  )
  if (!isOfBlocks || transaction.deleteSet.clients.size === 0) return []
  const made = madeBlocks(transaction)
  if (made.size === 0) return []
  const deletions = updates.map((update) => Y.decodeUpdate(update).ds)
  const seenOf = (block: Y.XmlElement): DeleteSet | null => {
    const id = block._item?.id
    return (id && deletions.find((one) => Y.isDeleted(one, id))) ?? null
  }
  /** What became of a block, over as many moves as this change holds. */
  const newest = (block: Y.XmlElement, passed: readonly Y.XmlElement[] = []): Y.XmlElement | null => {
    const seen = seenOf(block)
    const id = idOfElement(block, (item) => !seen || Y.isDeleted(seen, item.id))
    const next = (made.get(id ?? '') ?? []).filter((one) => one !== block && !passed.includes(one))
    const there = next.find((one) => one._item && stands(one._item))
    return there ?? (next[0] ? newest(next[0], [...passed, block]) : null)
  }
  const found = new Map<Y.XmlElement, Pair>()
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) return
    const { type: was } = struct.content
    if (!(was instanceof Y.XmlElement)) return
    const now = newest(was)
    if (now) found.set(was, { was, now, seen: seenOf(was) })
  })
  // What went along within a larger one is carried with that; what left it on the way is carried by itself.
  const wentAlong = ({ was, now }: Pair): boolean => {
    for (let { parent } = was; parent instanceof Y.XmlElement; parent = parent.parent) {
      const around = found.get(parent)
      if (around && isIn(now, around.now)) return true
    }
    return false
  }
  return [...found.values()].filter((pair) => !wentAlong(pair))
}

function isIn({ parent }: Y.XmlElement, holder: Y.XmlElement): boolean {
  return parent instanceof Y.XmlElement && (parent === holder || isIn(parent, holder))
}

/** Blocks that this change has made, by the id that they were made with. */
function madeBlocks({ doc, beforeState, afterState }: Y.Transaction): Map<string, Y.XmlElement[]> {
  const made = new Map<string, Y.XmlElement[]>()
  for (const [client, until] of afterState) {
    const from = beforeState.get(client) ?? 0
    const structs = doc.store.clients.get(client)
    if (until <= from || !structs) continue
    for (let at = Y.findIndexSS(structs, from); at < structs.length; at += 1) {
      const struct = structs[at]
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentType)) continue
      const { type } = struct.content
      const id = type instanceof Y.XmlElement ? idOfElement(type, ({ left }) => left === null) : null
      if (id !== null) made.set(id, [...(made.get(id) ?? []), type as Y.XmlElement])
    }
  }
  return made
}

/**
 * Blocks that were put into a section while somebody moved it stay behind where it stood, since whoever moved it had
 * not seen them. They follow: each behind the block that it was put behind.
 */
function followSections(
  doc: Y.Doc,
  pairs: readonly Pair[],
  isCarried: (item: Y.Item) => boolean,
): CarriedRun[] {
  const root = doc.getXmlFragment(fragmentName)
  const moved = pairs.filter(({ was, now }) => was.parent === root && now.parent === root)
  const levels = moved.flatMap(({ was }) => (was.nodeName === 'heading' ? [levelOf(was)] : []))
  if (levels.length === 0) return []
  const runs: CarriedRun[] = []
  const level = Math.min(...levels)
  const places = new Map(moved.flatMap(({ was, now }) => (was._item ? [[nameOf(was._item.id), now]] : [])))
  for (const item of [...itemsOf(root)]) {
    const behind = item.origin && places.get(nameOf(item.origin))
    const block = item.content instanceof Y.ContentType ? item.content.type : null
    if (!behind || !(block instanceof Y.XmlElement) || item.deleted || !isCarried(item)) continue
    // It begins another section.
    if (block.nodeName === 'heading' && levelOf(block) <= level) continue
    const copy = copyOfBlock(block)
    root.insert(root.toArray().indexOf(behind) + 1, [copy])
    runs.push(...runsInCopy(block, copy, stands))
    root.delete(root.toArray().indexOf(block), 1)
    places.set(nameOf(item.id), copy)
  }
  return runs
}

const nameOf = ({ client, clock }: Y.ID): string => `${client} ${clock}`

const levelOf = (heading: Y.XmlElement): number => {
  const item = heading._map.get('level')
  return item ? Number(valueIn(item)) : 1
}
