import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { SavedVector } from '../../../components/sync/saved-vector'
import { unsentWords } from '../../../components/sync/unsent-words'

const block = (parent: Y.XmlFragment, text: string) => {
  const paragraph = new Y.XmlElement('paragraph')
  parent.push([paragraph])
  const words = new Y.XmlText()
  paragraph.push([words])
  words.insert(0, text)
  return words
}
const savedSoFar = (doc: Y.Doc) => new SavedVector(Y.encodeStateVector(doc))

test('only what came after the last acknowledgement is given back, block by block', () => {
  const doc = new Y.Doc()
  const content = doc.getXmlFragment('content')
  const first = block(content, 'Saved.')
  const saved = savedSoFar(doc)
  first.insert(first.length, ' Not saved.')
  block(content, 'A new paragraph.')
  expect(unsentWords(content, saved)).toBe(' Not saved.\n\nA new paragraph.')
})

test('saved words between two unsent pieces show as a gap', () => {
  const doc = new Y.Doc()
  const content = doc.getXmlFragment('content')
  const words = block(content, 'middle')
  const saved = savedSoFar(doc)
  words.insert(0, 'before')
  words.insert(words.length, 'after')
  expect(unsentWords(content, saved)).toBe('before … after')
})

test('deleted words are not given back, and lists and quotes are walked through', () => {
  const doc = new Y.Doc()
  const content = doc.getXmlFragment('content')
  const quote = new Y.XmlElement('blockquote')
  content.push([quote])
  block(quote, 'quoted')
  block(content, 'gone').delete(0, 4)
  expect(unsentWords(content, new SavedVector())).toBe('quoted')
})

test('text of clients that are not mine is not given back, whether it is known to be saved or not', () => {
  const mine = new Y.Doc()
  const content = mine.getXmlFragment('content')
  const words = block(content, 'by others')
  const before = mine.clientID
  mine.clientID = before + 1
  words.insert(0, 'mine ')
  words.insert(words.length, ' mine too')
  expect(unsentWords(content, new SavedVector(), new Set([before + 1]))).toBe('mine  …  mine too')
  expect(unsentWords(content, new SavedVector(), new Set())).toBe('')
})

test('a remembered vector that cannot be read is nothing known, not an error', () => {
  const doc = new Y.Doc()
  block(doc.getXmlFragment('content'), 'words')
  const saved = new SavedVector(Uint8Array.of(255, 255, 255))
  expect(unsentWords(doc.getXmlFragment('content'), saved)).toBe('words')
})
