import * as Y from 'yjs'
import type { SavedVector } from './saved-vector'

/**
 * The words in a body that the server is not known to hold: what somebody gets back when their text was
 * refused or their access ended. Text that others wrote is not in it.
 *
 * @param own the Yjs clients as which they wrote. Null: not known, all that is not known to be saved is theirs.
 * @returns Plain text, a blank line between blocks and ` … ` where saved words stood between. Empty: nothing.
 */
export function unsentWords(body: Y.XmlFragment, saved: SavedVector, own: Clients | null = null): string {
  const blocks: string[] = []
  collect(body, (client) => (own === null || own.has(client) ? saved.clockOf(client) : Infinity), blocks)
  return blocks.join('\n\n')
}

type Clients = ReadonlySet<number>

/** @param firstOf the first clock of a client whose text is given back. */
function collect(
  parent: Y.XmlFragment | Y.XmlText,
  firstOf: (client: number) => number,
  blocks: string[],
): void {
  let block = ''
  let gap = false
  for (let item = parent._start; item !== null; item = item.right) {
    if (item.deleted) continue
    const { content } = item
    if (content instanceof Y.ContentType) {
      const { type } = content
      if (type instanceof Y.XmlFragment || type instanceof Y.XmlText) collect(type, firstOf, blocks)
    } else if (content instanceof Y.ContentString) {
      const known = Math.max(0, firstOf(item.id.client) - item.id.clock)
      const fresh = content.str.slice(known)
      if (known > 0 || fresh === '') gap = block !== ''
      if (fresh === '') continue
      block += gap ? ` … ${fresh}` : fresh
      gap = false
    }
  }
  if (block.trim() !== '') blocks.push(block)
}
