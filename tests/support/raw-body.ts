import * as Y from 'yjs'

/** A body as an editor would make it, without an editor: one paragraph with its text, in the root `content`. */
export function paragraphs(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment('content')
}

/** A document that holds paragraphs with these texts, written under client id `clientId`. */
export function bodyOf(clientId: number, ...texts: string[]): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = clientId
  doc.transact(() => {
    for (const text of texts) addParagraph(doc, text)
  })
  return doc
}

export function addParagraph(doc: Y.Doc, text: string): Y.XmlText {
  const run = new Y.XmlText()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [run])
  paragraphs(doc).push([paragraph])
  if (text !== '') run.insert(0, text)
  return run
}

/** The text of paragraph `index`, to type into. */
export function runOf(doc: Y.Doc, index: number): Y.XmlText {
  const paragraph = paragraphs(doc).get(index)
  const run = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null
  if (!(run instanceof Y.XmlText)) throw new Error(`no paragraph ${index}`)
  return run
}

/** The texts of all paragraphs. */
export const textsOf = (doc: Y.Doc): string[] =>
  paragraphs(doc)
    .toArray()
    .map((node) => (node instanceof Y.XmlElement ? node.toArray().map(plainText).join('') : ''))

/** Text without its marks. */
export const plainText = (node: unknown): string =>
  node instanceof Y.XmlText
    ? node
        .toDelta()
        .map((part: { insert: string }) => part.insert)
        .join('')
    : ''

/** The update that one change makes. */
export function change(doc: Y.Doc, edit: (doc: Y.Doc) => void): Uint8Array {
  const updates: Uint8Array[] = []
  const keep = (update: Uint8Array) => updates.push(update)
  doc.on('update', keep)
  doc.transact(() => edit(doc))
  doc.off('update', keep)
  if (updates.length === 0) throw new Error('the edit changed nothing')
  return Y.mergeUpdates(updates)
}

/** A copy under another client id. */
export function copyOf(doc: Y.Doc, clientId: number): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  // Afterwards: yjs changes an id under which somebody else's text arrives.
  copy.clientID = clientId
  return copy
}
