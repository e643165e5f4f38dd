import type { Node as ProseMirrorNode, ResolvedPos } from '@tiptap/pm/model'
import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'

/**
 * Positions of characters in Yjs' terms: they follow their character through whatever happens elsewhere.
 *
 * y-tiptap has functions for that; these are our own, since its (3.0.9) need the size of every block before the
 * position in a mapping that each remote update clears, take every position at the start of the body for a
 * mistake (`isMisresolvedTextPosition`), and pass each tombstone of the body on the way. Here the body's blocks
 * are listed once for all positions that are asked of one place.
 */
export interface AnchorPlace {
  readonly doc: ProseMirrorNode
  /** The root `content`, at the same state as `doc`. */
  readonly fragment: Y.XmlFragment
}

export interface CharacterPlace {
  /** For a first character the position before it, for a last one the position behind it. */
  readonly position: number
  /** False: it was deleted; the position is where it stood. */
  readonly there: boolean
}

/** The character after `position` as the first one of a stretch. Null: no character is there. */
export const encodeFirst = (place: AnchorPlace, position: number): string | null => encode(place, position, 0)

/** The character before `position` as the last one of a stretch. */
export const encodeLast = (place: AnchorPlace, position: number): string | null => encode(place, position, -1)

function encode({ doc, fragment }: AnchorPlace, position: number, assoc: 0 | -1): string | null {
  const $at = doc.resolve(position)
  if (!$at.parent.inlineContent) return null
  const textblock = elementAt(fragment, $at)
  let rest = $at.parentOffset + assoc
  for (const child of textblock?.toArray() ?? []) {
    const size = child instanceof Y.XmlText ? child.length : 1
    if (rest < size) {
      if (!(child instanceof Y.XmlText)) return null
      const found = Y.createRelativePositionFromTypeIndex(child, rest - assoc, assoc)
      return found.item && toBase64(Y.encodeRelativePosition(found))
    }
    rest -= size
  }
  return null
}

/** The element of the block that a position is in; null where the body and the document differ. */
function elementAt(fragment: Y.XmlFragment, $at: ResolvedPos): Y.XmlElement | null {
  let element: Y.XmlFragment = fragment
  for (let depth = 0; depth < $at.depth; depth += 1) {
    const child = elementsOf(element)[$at.index(depth)]
    if (child?.nodeName !== $at.node(depth + 1).type.name) return null
    element = child
  }
  return element instanceof Y.XmlElement ? element : null
}

const elementsOf = (parent: Y.XmlFragment): Y.XmlElement[] =>
  parent.toArray().filter((child) => child instanceof Y.XmlElement)

/** A position of one character, of an anchor; null: it is none. */
export function parsePosition(encoded: unknown, side: 'first' | 'last'): Y.RelativePosition | null {
  if (typeof encoded !== 'string') return null
  try {
    const position = Y.decodeRelativePosition(fromBase64(encoded))
    const asWritten = toBase64(Y.encodeRelativePosition(position)) === encoded
    const fits = side === 'first' ? position.assoc >= 0 : position.assoc === -1
    return asWritten && fits && position.item ? position : null
  } catch {
    return null
  }
}

/**
 * Where a character is. Null: the block that it was in is gone, or was made anew (as by a move, or by another
 * type of block).
 */
export function locate(place: AnchorPlace, encoded: string, side: 'first' | 'last'): CharacterPlace | null {
  const position = parsePosition(encoded, side)
  const doc = place.fragment.doc
  if (!position?.item || !doc) return null
  const seen = (assoc: number) =>
    Y.createAbsolutePositionFromRelativePosition(
      new Y.RelativePosition(null, null, position.item, assoc),
      doc,
    )
  const before = seen(0)
  const behind = seen(-1)
  if (!before || !behind || !(before.type instanceof Y.XmlText)) return null
  const there = behind.index > before.index
  const index = side === 'first' ? before.index : behind.index
  const found = positionIn(place, before.type, index)
  return found === null ? null : { position: found, there }
}

/** Where a position in a text is; null: it is in none, or the text is gone or not there yet. */
export function positionOf(place: AnchorPlace, position: Y.RelativePosition): number | null {
  const { doc } = place.fragment
  const found = doc && Y.createAbsolutePositionFromRelativePosition(position, doc)
  return found?.type instanceof Y.XmlText ? positionIn(place, found.type, found.index) : null
}

function positionIn(place: AnchorPlace, text: Y.XmlText, index: number): number | null {
  // The blocks around it, the outermost first.
  const around: Y.XmlElement[] = []
  let type: Y.XmlText | Y.XmlElement = text
  for (;;) {
    if (!type._item || type._item.deleted) return null
    const parent: unknown = type.parent
    if (parent === place.fragment) break
    if (!(parent instanceof Y.XmlElement)) return null
    around.unshift(parent)
    type = parent
  }
  const [top, ...within] = around
  let position = top && blocksOf(place).get(top)
  let node = position === undefined ? null : place.doc.nodeAt(position)
  let element = top
  if (position === undefined || !node || !element) return null
  for (const child of within) {
    const at = elementsOf(element).indexOf(child)
    position += 1
    for (let sibling = 0; sibling < at; sibling += 1) position += node.maybeChild(sibling)?.nodeSize ?? 0
    node = node.maybeChild(at)
    if (node?.type.name !== child.nodeName) return null
    element = child
  }
  let offset = index
  for (const sibling of element.toArray()) {
    if (sibling === text) break
    offset += sibling instanceof Y.XmlText ? sibling.length : 1
  }
  return node.inlineContent && offset <= node.content.size ? position + 1 + offset : null
}

const listed = new WeakMap<AnchorPlace, ReadonlyMap<Y.XmlElement, number>>()

/** The body's own blocks, by their position. */
function blocksOf(place: AnchorPlace): ReadonlyMap<Y.XmlElement, number> {
  const known = listed.get(place)
  if (known) return known
  const blocks = new Map<Y.XmlElement, number>()
  const elements = elementsOf(place.fragment)
  place.doc.forEach((node, position, index) => {
    const element = elements[index]
    if (element?.nodeName === node.type.name) blocks.set(element, position)
  })
  listed.set(place, blocks)
  return blocks
}
