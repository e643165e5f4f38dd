import type { Node as ProseMirrorNode } from '@tiptap/pm/model'

/**
 * The footnotes of a body. A footnote's number is not stored: two who put one in at once would both write the same.
 * It is the place of its first reference among the first references of all footnotes, and so it changes as they move.
 */
export interface Footnotes {
  /** From 1, by label. A label that is defined nowhere or referred to nowhere has none. */
  readonly numbers: ReadonlyMap<string, number>
  /** The position before the block that says what the label stands for: of several, the first one owns it. */
  readonly definitions: ReadonlyMap<string, number>
  /** The positions before its references in document order, by label, also of labels that are defined nowhere. */
  readonly references: ReadonlyMap<string, readonly number[]>
  /** The positions before blocks whose label another owns, in document order: nothing refers to them. */
  readonly duplicates: readonly number[]
}

/** A reference or a definition within a block, at a distance from the block's own position. */
interface Place {
  readonly kind: 'reference' | 'definition'
  readonly label: string
  readonly offset: number
}

/** Nodes never change: what is the same block as before is not read again. */
const known = new WeakMap<ProseMirrorNode, readonly Place[]>()
const none: readonly Place[] = []

/** True for a block that refers to a footnote, is one, or holds such. */
export const hasFootnotes = (block: ProseMirrorNode): boolean => placesIn(block).length > 0

/** Costs one look-up for each block at the top, and a walk through those that were not seen before. */
export function footnotesOf(doc: ProseMirrorNode): Footnotes {
  const definitions = new Map<string, number>()
  const references = new Map<string, number[]>()
  const duplicates: number[] = []
  doc.forEach((block, position) => {
    for (const { kind, label, offset } of placesIn(block)) {
      const at = position + offset
      const before = references.get(label)
      if (kind === 'definition') {
        if (definitions.has(label)) duplicates.push(at)
        else definitions.set(label, at)
      } else if (before) before.push(at)
      else references.set(label, [at])
    }
  })
  const numbers = new Map<string, number>()
  // A Map hands out its keys in the order in which they came: that of first references.
  for (const label of references.keys()) if (definitions.has(label)) numbers.set(label, numbers.size + 1)
  return { numbers, definitions, references, duplicates }
}

function placesIn(block: ProseMirrorNode): readonly Place[] {
  // A line without parts of other kinds, as most blocks are: not worth remembering.
  if (block.isTextblock && block.childCount <= 1 && (block.firstChild?.isText ?? true)) return none
  const found = known.get(block)
  if (found) return found
  const places: Place[] = []
  const see = (node: ProseMirrorNode, offset: number): void => {
    if (node.type.name === 'footnote') places.push({ kind: 'definition', label: labelOf(node), offset })
    if (node.type.name === 'footnoteReference')
      places.push({ kind: 'reference', label: labelOf(node), offset })
  }
  see(block, 0)
  block.descendants((node, position) => see(node, position + 1))
  const kept = places.length > 0 ? places : none
  known.set(block, kept)
  return kept
}

const labelOf = (node: ProseMirrorNode): string => String(node.attrs.label)

/** What labels that the product gave begin with: they say nothing, and are written as numbers in files. */
const given = '~'

/**
 * A label for a new footnote. It is no number: two who each put in a footnote at once would choose the same.
 *
 * @param newId gives 1 to 64 URL-safe characters that nothing else has.
 */
export const newFootnoteLabel = (newId: () => string): string => `${given}${newId()}`

export const isGivenLabel = (label: string): boolean => label.startsWith(given)
