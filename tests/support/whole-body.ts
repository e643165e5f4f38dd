import * as Y from 'yjs'
import { readBody } from '../../lib/content/read-body'
import { maxDepth } from '../../lib/content/shape'
import { exactDoc } from '../../lib/sync/exact-doc'

/** What Yjs calls a type that is shared: text, an element, a root. */
type Type = Y.XmlFragment | Y.XmlText

/** The same state in a document of its own, which tidies nothing up by itself. */
export function twinOf(doc: Y.Doc, options: { gc?: boolean } = {}): Y.Doc {
  const twin = exactDoc(options)
  Y.applyUpdate(twin, Y.encodeStateAsUpdate(doc))
  return twin
}

/** What each client has, by id. */
export const clocksOf = (doc: Y.Doc): Map<number, number> => Y.decodeStateVector(Y.encodeStateVector(doc))

/**
 * What is broken in a document that Yjs has put together, in words; null: nothing. Not what is in it, but
 * whether it hangs together: nothing pending, every list linked both ways and as long as it says, every item in
 * the parent that it names, one body, read as the schema wants it, not too deep, and the same again from its bytes.
 */
export function faultOf(doc: Y.Doc): string | null {
  if (doc.store.pendingStructs !== null) return 'structs are pending'
  if (doc.store.pendingDs !== null) return 'deletes are pending'
  for (const [name, type] of doc.share) {
    if (name !== 'content') return `there is a root named ${name}`
    const fault = faultOfType(type as unknown as Type, 0)
    if (fault !== null) return fault
  }
  try {
    const body = readBody(doc)
    body.check()
    JSON.stringify(body.toJSON())
    const again = new Y.Doc()
    Y.applyUpdate(again, Y.encodeStateAsUpdate(doc))
    if (!readBody(again).eq(body)) return 'its bytes read as another body'
  } catch (error) {
    return String(error)
  }
  return null
}

function faultOfType(type: Type, depth: number): string | null {
  if (depth > maxDepth + 1) return 'it is too deep'
  let length = 0
  let before: Y.Item | null = null
  for (let item = type._start; item !== null; item = item.right) {
    const where = `${item.id.client}:${item.id.clock}`
    if (item.left !== before) return `${where} does not know its left neighbour`
    const fault = faultOfItem(item, type, depth)
    if (fault !== null) return `${where} ${fault}`
    if (!item.deleted && item.countable) length += item.length
    before = item
  }
  if (type._length !== length) return `a type says ${type._length} and has ${length}`
  for (const [key, last] of type._map) {
    for (let item: Y.Item | null = last; item !== null; item = item.left) {
      if (item.parentSub !== key) return `${key} holds a value of ${item.parentSub}`
      const fault = faultOfItem(item, type, depth)
      if (fault !== null) return fault
    }
  }
  return null
}

function faultOfItem(item: Y.Item, type: Type, depth: number): string | null {
  if (item.parent !== type) return 'stands in a parent that it does not name'
  return item.content instanceof Y.ContentType ? faultOfType(item.content.type as Type, depth + 1) : null
}
