import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { isIdentified, isLegalBlockId } from './attribute'

/**
 * Whose an id is. Two people who move the same block at once leave two blocks with one id, and no filter
 * can stop the second one. So the first holder in document order owns it, and later holders (and blocks that
 * never got one) have an id derived from the document alone: every client derives the same. The next local
 * edit writes it.
 */

/** Names that sections have for themselves. */
const reserved: readonly string[] = ['preamble']

/** The id of every block by its position: its own, or the derived one. In document order. */
export function blockIdsOf(doc: ProseMirrorNode): ReadonlyMap<number, string> {
  return assign(doc).ids
}

/** Blocks whose derived id is not written yet: where, and what to write there. Empty for a sound document. */
export function unwrittenIdsOf(doc: ProseMirrorNode): { position: number; id: string }[] {
  return assign(doc).unwritten
}

function assign(doc: ProseMirrorNode) {
  const ids = new Map<number, string>()
  const owned = new Set<string>(reserved)
  const later: { position: number; wanted: string }[] = []
  doc.descendants((node, position) => {
    if (!isIdentified(node.type.name)) return false
    const wanted: unknown = node.attrs.id
    const named = isLegalBlockId(wanted)
    const own = named && !owned.has(wanted)
    if (own) owned.add(wanted)
    else later.push({ position, wanted: named ? wanted : 'block' })
    // Holds the place in document order; filled below when all owners are known.
    ids.set(position, own ? wanted : '')
    return !node.inlineContent
  })
  // The number at which the next twin of a name is tried, so that a thousand twins stay one pass.
  const next = new Map<string, number>()
  const unwritten = later.map(({ position, wanted }) => {
    const stem = wanted.slice(0, 56)
    let count = next.get(stem) ?? 2
    while (owned.has(`${stem}-${count}`)) count += 1
    const id = `${stem}-${count}`
    next.set(stem, count + 1)
    owned.add(id)
    ids.set(position, id)
    return { position, id }
  })
  return { ids, unwritten }
}
