import { isIdentified } from './attribute'
import { type DocumentJson, element } from './document-json'
import type { SectionKeys } from './template/template'

/**
 * A whole body with a fresh id on every block (at least one: an empty paragraph), and the section keys by
 * the ids that their headings got.
 *
 * @throws Error when `newId` repeats itself.
 */
export function withIds(
  blocks: readonly DocumentJson[],
  newId: () => string,
  sectionOf: ReadonlyMap<DocumentJson, string> = new Map(),
): { content: DocumentJson; keys: SectionKeys } {
  const given = new Set<string>()
  const keys: SectionKeys = {}
  const identified = (node: DocumentJson): DocumentJson => {
    const content = node.content?.map(identified)
    const copy: DocumentJson = content ? { ...node, content } : { ...node }
    if (isIdentified(node.type)) {
      const id = newId()
      if (given.has(id)) throw new Error('newId gave the same block id twice.')
      given.add(id)
      copy.attrs = { ...node.attrs, id }
      const key = sectionOf.get(node)
      if (key !== undefined) keys[id] = key
    }
    return copy
  }
  const all = blocks.length > 0 ? blocks : [element('paragraph')]
  return { content: element('doc', all.map(identified)), keys }
}
