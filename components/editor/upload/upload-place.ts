import type { NodeType, Node as ProseMirrorNode, ResolvedPos } from '@tiptap/pm/model'
import type { Mappable } from '@tiptap/pm/transform'

/**
 * Where a block is going to be put, while others write on. Told by the block beside it where there is one: whoever
 * presses Enter at the end of the line above means to write on below the picture.
 */
export type Place =
  | { readonly kind: 'beside'; readonly anchor: number; readonly side: 'before' | 'after' }
  | { readonly kind: 'at'; readonly position: number }

/** Before an empty paragraph, so that it stays to be written in; else behind the block that the caret is in. */
export function placeAtCaret($at: ResolvedPos): Place {
  if ($at.depth === 0) return { kind: 'at', position: $at.pos }
  const isEmpty = $at.parent.type.name === 'paragraph' && $at.parent.content.size === 0
  return { kind: 'beside', anchor: $at.pos, side: isEmpty ? 'before' : 'after' }
}

export const mapPlace = (place: Place, mapping: Mappable): Place =>
  place.kind === 'at'
    ? { ...place, position: mapping.map(place.position) }
    : { ...place, anchor: mapping.map(place.anchor, place.side === 'before' ? 1 : -1) }

/** The position between two blocks that this is now, of the nearest ones that may have such a block between them. */
export function positionOf(doc: ProseMirrorNode, place: Place, type: NodeType): number | null {
  const size = doc.content.size
  if (place.kind === 'at') {
    const $at = doc.resolve(Math.min(place.position, size))
    const index = $at.index()
    const isBetween = $at.textOffset === 0 && $at.parent.canReplaceWith(index, index, type)
    return isBetween ? $at.pos : beside($at, 'after', type)
  }
  return beside(doc.resolve(Math.min(place.anchor, size)), place.side, type)
}

function beside($at: ResolvedPos, side: 'before' | 'after', type: NodeType): number | null {
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    const index = $at.index(depth - 1) + (side === 'after' ? 1 : 0)
    if ($at.node(depth - 1).canReplaceWith(index, index, type)) {
      return side === 'after' ? $at.after(depth) : $at.before(depth)
    }
  }
  const index = $at.index(0)
  return $at.node(0).canReplaceWith(index, index, type) && $at.depth === 0 ? $at.pos : null
}

/**
 * Places of several, in the order in which they were given, once one of them stands at `position`: those before it
 * go before it, those behind it behind it, whichever of them comes first.
 */
export function aroundPut(
  places: readonly Place[],
  put: { readonly index: number; readonly position: number; readonly size: number },
  wasAt: (place: Place) => number | null,
  mapping: Mappable,
): Place[] {
  const { index: own, position, size } = put
  return places.map((place, index) => {
    if (index === own || wasAt(place) !== position) return mapPlace(place, mapping)
    return { kind: 'at', position: index < own ? position : position + size }
  })
}
