import { prosemirrorToYXmlFragment } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { DocumentJson } from './document-json'
import { giveTexts } from './empty-text'
import { contentSchema } from './schema'
import { fragmentName } from './shape'

/**
 * The first update of a new body (Yjs 13, format 1), to be stored once and never made again: the same JSON
 * under another client id is other text to Yjs, and both together are everything twice. Equal input gives
 * equal bytes.
 *
 * @param clientId Yjs client id (unsigned 32 bits) that nobody else has in this document.
 * @throws RangeError when the JSON does not fit the schema.
 */
export function seedUpdate(json: DocumentJson, clientId: number): Uint8Array {
  const node = contentSchema.nodeFromJSON(json)
  node.check()
  const doc = new Y.Doc({ gc: false })
  doc.clientID = clientId
  const body = doc.getXmlFragment(fragmentName)
  prosemirrorToYXmlFragment(node, body)
  giveTexts(body)
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}
