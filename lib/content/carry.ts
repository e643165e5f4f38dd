import * as Y from 'yjs'
import {
  type CarriedRun,
  copyOfBlock,
  copyOfText,
  type IsThere,
  idOfElement,
  itemsOf,
  runsInCopy,
  runsOf,
  valueIn,
} from './copy-block'

/**
 * Yjs moves nothing: whoever moves a block writes it anew and deletes the old one. What somebody else wrote in the old
 * one at that moment goes with it, since whoever moved it had not seen it. Here it is put into the new one, where it
 * stood: what was seen and what was not tells which words those are, and where they belong.
 */
export interface Carrying {
  /** It stood in the text before the change that took its block away. */
  readonly wasThere: IsThere
  /** Whoever made the change had it; null: nobody can tell, the texts are compared. */
  readonly wasSeen: ((client: number, clock: number) => boolean) | null
  /** It is one of those that are carried here; all others are somebody else's to carry. */
  readonly isCarried: (client: number, clock: number) => boolean
  /** It was deleted here, before the change arrived. */
  readonly wasDeletedHere: (client: number, clock: number) => boolean
}

/** Texts whose differing middles are larger than this, in pairs of characters, share nothing but their ends. */
const mostPairs = 1_000_000

/**
 * Carries from one block to another. To be called in one transaction, before what was deleted is forgotten.
 *
 * @returns where the old characters stand.
 */
export function carry(was: Y.XmlElement, now: Y.XmlElement, how: Carrying): CarriedRun[] {
  const runs: CarriedRun[] = []
  carryAttributes(was, now, how)
  const partners = partnersOf(was, now, how)
  /** The last one that stands on both sides. */
  let last: Y.XmlElement | Y.XmlText | null = null
  for (const item of itemsOf(was)) {
    const partner = partners.get(item)
    const type = typeOf(item)
    if (partner) {
      if (how.wasThere(item)) {
        if (partner instanceof Y.XmlText && type instanceof Y.XmlText) {
          carryText(type, partner, how, runs)
        } else if (partner instanceof Y.XmlElement && type instanceof Y.XmlElement) {
          runs.push(...carry(type, partner, how))
        }
        last = partner
      } else if (how.wasDeletedHere(item.id.client, item.id.clock) && now.length > 1) {
        now.delete(now.toArray().indexOf(partner), 1)
      }
      continue
    }
    if (!how.wasThere(item) || !how.isCarried(item.id.client, item.id.clock) || isSeen(item, how)) continue
    const copy = copyOfNew(type, how.wasThere)
    if (!copy) continue
    now.insert(last === null ? 0 : now.toArray().indexOf(last) + 1, [copy])
    last = copy
    if (type) runs.push(...runsInCopy(type, copy, how.wasThere))
  }
  return runs
}

function typeOf({ content }: Y.Item): Child | null {
  const type = content instanceof Y.ContentType ? content.type : null
  return type instanceof Y.XmlElement || type instanceof Y.XmlText ? type : null
}

const isSeen = ({ id }: Y.Item, { wasSeen }: Carrying): boolean => wasSeen?.(id.client, id.clock) ?? false

/** Null: there is nothing in it. */
function copyOfNew(
  type: Y.XmlElement | Y.XmlText | null,
  wasThere: IsThere,
): Y.XmlElement | Y.XmlText | null {
  if (type instanceof Y.XmlElement) return copyOfBlock(type, wasThere)
  if (!(type instanceof Y.XmlText) || runsOf(type, wasThere).length === 0) return null
  return copyOfText(type, wasThere)
}

/** An attribute that was set here, unseen, is set there. */
function carryAttributes(was: Y.XmlElement, now: Y.XmlElement, how: Carrying): void {
  if (how.wasSeen === null) return
  for (const [name, item] of was._map) {
    if (!how.isCarried(item.id.client, item.id.clock) || isSeen(item, how)) continue
    if (!how.wasThere(item)) continue
    if (now.getAttribute(name) === valueIn(item)) continue
    now.setAttribute(name, valueIn(item) as string)
  }
}

type Child = Y.XmlElement | Y.XmlText

/** Which child of the new block each child of the old one became. */
function partnersOf(was: Y.XmlElement, now: Y.XmlElement, how: Carrying): Map<Y.Item, Child> {
  const items = [...itemsOf(was)]
  const children = now.toArray() as Child[]
  if (how.wasSeen !== null) {
    const seen = items.filter((item) => isSeen(item, how))
    if (seen.length === children.length) {
      return new Map(seen.map((item, index) => [item, children[index] as Child]))
    }
  }
  const left = [...children]
  const partners = new Map<Y.Item, Child>()
  for (const item of items) {
    if (!how.wasThere(item) || !(item.content instanceof Y.ContentType)) continue
    const { type } = item.content
    const at = left.findIndex((child) => isSameChild(type, child))
    if (at < 0) continue
    partners.set(item, left[at] as Child)
    left.splice(0, at + 1)
  }
  return partners
}

function isSameChild(type: unknown, child: Child): boolean {
  if (!(type instanceof Y.XmlElement)) return type instanceof Y.XmlText && child instanceof Y.XmlText
  if (!(child instanceof Y.XmlElement)) return false
  const id = idOfElement(type)
  return id === null ? type.nodeName === child.nodeName : id === idOfElement(child)
}

/** A stretch of an old text of which the same holds throughout. */
interface Unit {
  readonly client: number
  readonly clock: number
  readonly length: number
  /** Empty where it was deleted long ago. */
  readonly text: string
  readonly formats: Readonly<Record<string, unknown>>
  readonly there: boolean
  readonly seen: boolean
}

function carryText(was: Y.XmlText, now: Y.XmlText, how: Carrying, runs: CarriedRun[]): void {
  const units = unitsOf(was, how)
  const place = placesOf(units, now, how)
  /** In the order of the text, at places as they are before any of it. */
  const edits: { at: number; remove: number; insert: string; formats: Unit['formats'] }[] = []
  let before = 0
  let grown = 0
  for (const unit of units.flatMap((given) => partsOf(given, place))) {
    const { client, clock, length, text, formats } = unit
    const isMine = unit.there && how.isCarried(client, clock)
    const at = unit.offset === null ? place.behind(before) : place.of(unit.offset)
    const isLost = unit.offset === null ? isMine : how.wasSeen === null && isMine && !place.has(unit.offset)
    const isGone =
      unit.offset !== null && !unit.there && place.has(unit.offset) && how.wasDeletedHere(client, clock)
    if (unit.offset !== null) before = unit.offset + length
    if (isGone) edits.push({ at, remove: length, insert: '', formats: {} })
    else if (isLost || unit.offset !== null)
      runs.push({ client, clock, length, text: now, index: at + grown })
    if (isLost) edits.push({ at, remove: 0, insert: text, formats })
    grown += isGone ? -length : isLost ? length : 0
  }
  for (const { at, remove, insert, formats } of edits.reverse()) {
    if (remove > 0) now.delete(at, remove)
    // A copy: Yjs writes into what it is given, and ends there whatever formatting is not named.
    if (insert !== '') now.insert(at, insert, { ...formats })
  }
}

interface Part extends Unit {
  /** How many characters by which places are told stand before it; null: it is none of them. */
  readonly offset: number | null
}

/** Cuts a unit where some of their characters stand in the new text and some not. */
function partsOf(unit: Unit, place: Places): Part[] {
  const from = place.count(unit)
  if (from === null) return [{ ...unit, offset: null }]
  const parts: Part[] = []
  for (let start = 0, end = 1; start < unit.length; end += 1) {
    const [last, next] = [from + end - 1, from + end]
    const goesOn = place.has(last) === place.has(next) && place.of(next) === place.behind(next)
    if (end < unit.length && goesOn) continue
    const text = unit.text.slice(start, end)
    parts.push({ ...unit, clock: unit.clock + start, length: end - start, text, offset: from + start })
    start = end
  }
  return parts
}

function unitsOf(was: Y.XmlText, { wasThere, wasSeen, isCarried }: Carrying): Unit[] {
  const formats = new Map(runsOf(was, wasThere).map((run) => [run.item, run.formats]))
  const units: Unit[] = []
  for (const item of itemsOf(was)) {
    const { content, length, id } = item
    if (!(content instanceof Y.ContentString || content instanceof Y.ContentDeleted)) continue
    const text = content instanceof Y.ContentString ? content.str : ''
    const there = wasThere(item)
    const seenAt = (offset: number) => wasSeen?.(id.client, id.clock + offset) ?? false
    const mineAt = (offset: number) => isCarried(id.client, id.clock + offset)
    for (let from = 0, to = 1; from < length; to += 1) {
      if (to < length && seenAt(to) === seenAt(from) && mineAt(to) === mineAt(from)) continue
      units.push({
        client: id.client,
        clock: id.clock + from,
        length: to - from,
        text: text.slice(from, to),
        formats: formats.get(item) ?? {},
        there,
        seen: seenAt(from),
      })
      from = to
    }
  }
  return units
}

/** Where the old text's characters stand in the new one. */
interface Places {
  /** How many characters by which places are told stand before a unit; null: it is none of them. */
  count(unit: Unit): number | null
  /** The place of such a character, or where it would stand. */
  of(offset: number): number
  /** The place behind the one before it. */
  behind(offset: number): number
  /** The character itself stands there. */
  has(offset: number): boolean
}

function placesOf(units: readonly Unit[], now: Y.XmlText, { wasSeen }: Carrying): Places {
  const seen = units.filter((unit) => unit.seen)
  const copied = wasSeen && copiedCharacters(now, lengthOf(seen))
  if (copied) return placesIn(counting(seen), copied, now)
  const told = units.filter((unit) => unit.there && (wasSeen === null || unit.seen))
  const shared = sharedCharacters(told.map(({ text }) => text).join(''), now.toString())
  return placesIn(counting(told), shared, now)
}

/** Of each character: its place, and whether it stands there. */
type Characters = readonly { readonly place: number; readonly has: boolean }[]

const placesIn = (count: Places['count'], characters: Characters, now: Y.XmlText): Places => ({
  count,
  of: (offset) => characters[offset]?.place ?? now.length,
  behind(offset) {
    const before = characters[offset - 1]
    return before ? before.place + (before.has ? 1 : 0) : 0
  },
  has: (offset) => characters[offset]?.has ?? false,
})

/**
 * The characters with which a text was made: the first ones of who made it, whatever else was written between them
 * since. Null: they are not as many as they were copied from.
 */
function copiedCharacters(now: Y.XmlText, wanted: number): Characters | null {
  const maker = now._item?.id.client
  const isTheirs = ({ id, content }: Y.Item) =>
    id.client === maker && (content instanceof Y.ContentString || content instanceof Y.ContentDeleted)
  const items = [...itemsOf(now)].filter(isTheirs)
  let [end, left] = [0, wanted]
  for (const { id, length } of items.toSorted((a, b) => a.id.clock - b.id.clock)) {
    end = id.clock + Math.min(length, left)
    left -= Math.min(length, left)
    if (left === 0) break
  }
  if (left > 0) return null
  const characters: { place: number; has: boolean }[] = []
  let place = 0
  for (const item of itemsOf(now)) {
    const isOne = isTheirs(item)
    for (let offset = 0; offset < item.length; offset += 1) {
      if (isOne && item.id.clock + offset < end) characters.push({ place, has: !item.deleted })
      if (!item.deleted && item.countable) place += 1
    }
  }
  return characters.length === wanted ? characters : null
}

const lengthOf = (units: readonly Unit[]): number => units.reduce((sum, { length }) => sum + length, 0)

function counting(told: readonly Unit[]): Places['count'] {
  const offsets = new Map<Unit, number>()
  let offset = 0
  for (const unit of told) {
    offsets.set(unit, offset)
    offset += unit.length
  }
  return (unit) => offsets.get(unit) ?? null
}

/**
 * For each character of a text its place in another text, and whether it stands there. By the
 * longest common sequence between a beginning and an end that are the same.
 */
function sharedCharacters(text: string, other: string): Characters {
  const least = Math.min(text.length, other.length)
  let head = 0
  while (head < least && text[head] === other[head]) head += 1
  let tail = 0
  while (tail < least - head && text.at(-1 - tail) === other.at(-1 - tail)) tail += 1
  const matches = new Map<number, number>()
  for (let n = 0; n < head; n += 1) matches.set(n, n)
  const [a, b] = [text.slice(head, text.length - tail), other.slice(head, other.length - tail)]
  for (const [at, place] of commonSequence(a, b)) matches.set(head + at, head + place)
  for (let n = 1; n <= tail; n += 1) matches.set(text.length - n, other.length - n)
  let behind = 0
  return Array.from({ length: text.length }, (_, at) => {
    const place = matches.get(at)
    if (place === undefined) return { place: behind, has: false }
    behind = place + 1
    return { place, has: true }
  })
}

function commonSequence(a: string, b: string): [number, number][] {
  if (a.length * b.length > mostPairs) return []
  const width = b.length + 1
  // lengths[i * width + j]: of the longest one in what follows a[i] and b[j], they included.
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const [skipA = 0, skipB = 0, both = 0] = [
        lengths[(i + 1) * width + j],
        lengths[i * width + j + 1],
        lengths[(i + 1) * width + j + 1],
      ]
      lengths[i * width + j] = a[i] === b[j] ? both + 1 : Math.max(skipA, skipB)
    }
  }
  const found: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) found.push([i++, j++])
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1
    else j += 1
  }
  return found
}
