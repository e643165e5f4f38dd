import * as Y from 'yjs'
import { addParagraph } from '../../support/raw-body'
import { readTrace, replay } from '../../support/trace'

/** Small, as in the figures that this is compared with: the id stands in every struct. */
const clientId = 7

/** The paper as its author's client has it after typing it, 50 operations an update. */
export async function paperUpdate(): Promise<{ update: Uint8Array; clientId: number }> {
  const trace = readTrace('automerge-paper')
  const doc = new Y.Doc()
  doc.clientID = clientId
  const text = addParagraph(doc, '')
  for (let start = 0; start < trace.txns.length; start += 50) {
    doc.transact(() => {
      for (const { patches } of trace.txns.slice(start, start + 50)) replay(text, patches)
    })
  }
  if (text.toString() !== trace.endContent) throw new Error('The paper was not replayed as it was recorded.')
  return { update: Y.encodeStateAsUpdate(doc), clientId }
}
