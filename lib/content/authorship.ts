import * as Y from 'yjs'
import { fragmentName, mayContainText } from './shape'

/** Who wrote the characters of a block, in order. Line breaks are not among them. */
export type AuthorRuns<Author> = readonly { readonly author: Author; readonly length: number }[]

/** Yjs client ids of the writers of each block's characters, by the block's id. Of twins the first counts. */
export function writersOf(doc: Y.Doc): Map<string, AuthorRuns<number>> {
  const found = new Map<string, AuthorRuns<number>>()
  const visit = (parent: Y.XmlFragment): void => {
    for (const child of parent.toArray()) {
      if (!(child instanceof Y.XmlElement)) continue
      if (!mayContainText(child.nodeName)) visit(child)
      else {
        const id: unknown = child.getAttribute('id')
        if (typeof id === 'string' && !found.has(id)) found.set(id, runsIn(child))
      }
    }
  }
  visit(doc.getXmlFragment(fragmentName))
  return found
}

function runsIn(block: Y.XmlElement): AuthorRuns<number> {
  const runs: { author: number; length: number }[] = []
  for (const text of block.toArray()) {
    if (!(text instanceof Y.XmlText)) continue
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue
      const last = runs.at(-1)
      if (last?.author === item.id.client) last.length += item.length
      else runs.push({ author: item.id.client, length: item.length })
    }
  }
  return runs
}
