import * as Y from 'yjs'
import type { SavedVector } from './saved-vector'

/**
 * The words in a body that the server is not known to hold: what somebody gets back when their text was
 * refused or their access ended. Text that others wrote is not in it, as it came from the server.
 *
 * @returns Plain text, a blank line between blocks and ` … ` where saved words stood between. Empty: nothing.
 */
export function unsentWords(body: Y.XmlFragment, saved: SavedVector): string {
  const blocks: string[] = []
  collect(body, saved, blocks)
  return blocks.join('\n\n')
}

function collect(parent: Y.XmlFragment | Y.XmlText, saved: SavedVector, blocks: string[]): void {
  let block = ''
  let gap = false
  for (let item = parent._start; item !== null; item = item.right) {
    if (item.deleted) continue
    const { content } = item
    if (content instanceof Y.ContentType) {
      const { type } = content
      if (type instanceof Y.XmlFragment || type instanceof Y.XmlText) collect(type, saved, blocks)
    } else if (content instanceof Y.ContentString) {
      const known = Math.max(0, saved.clockOf(item.id.client) - item.id.clock)
      const fresh = content.str.slice(known)
      if (known > 0 || fresh === '') gap = block !== ''
      if (fresh === '') continue
      block += gap ? ` … ${fresh}` : fresh
      gap = false
    }
  }
  if (block.trim() !== '') blocks.push(block)
}
