import * as Y from 'yjs'
import { type PersonId, parsePersonId } from '../id'
import { isLegalBlockId } from './attribute'
import { fragmentName } from './shape'

/** Somebody who is named in a line of a body. */
export interface Named {
  /** Id of the block whose line it is. */
  readonly blockId: string
  readonly personId: PersonId
  /** Yjs client id of whoever put it there. */
  readonly clientId: number
}

/** So many are read at most, from the beginning: nobody can be told more. */
export const mostNamed = 2_000

/** Who is named in a body, each of them once for a block, in document order. Lines without an id name nobody yet. */
export function namedIn(ydoc: Y.Doc): Named[] {
  const named = new Map<string, Named>()
  const visit = (parent: Y.XmlFragment): void => {
    for (let child = parent.firstChild; child && named.size < mostNamed; child = child.nextSibling) {
      if (!(child instanceof Y.XmlElement)) continue
      if (child.nodeName !== 'mention') visit(child)
      else {
        const one = namedBy(child, parent)
        const key = one && `${one.blockId} ${one.personId}`
        if (one && key && !named.has(key)) named.set(key, one)
      }
    }
  }
  visit(ydoc.getXmlFragment(fragmentName))
  return [...named.values()]
}

function namedBy(element: Y.XmlElement, line: Y.XmlFragment): Named | null {
  // Their types say text; a program may have written anything.
  const person: unknown = element.getAttribute('person')
  const blockId: unknown = line instanceof Y.XmlElement ? line.getAttribute('id') : null
  const personId = typeof person === 'string' ? parsePersonId(person) : null
  const clientId = element._item?.id.client
  return personId && isLegalBlockId(blockId) && clientId !== undefined
    ? { blockId, personId, clientId }
    : null
}
