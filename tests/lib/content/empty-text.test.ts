import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { readBody } from '../../../lib/content/read-body'
import { seedUpdate } from '../../../lib/content/seed'
import { templateDocument } from '../../../lib/content/template/template'

const seeded = () => {
  let id = 0
  const made = templateDocument('technical-design-document', () => `b${id++}`)
  const doc = new Y.Doc()
  if (made) Y.applyUpdate(doc, seedUpdate(made.content, 7))
  return doc
}

describe('the text of an empty block', () => {
  test('is there from birth, and reads as nothing', () => {
    const doc = seeded()
    const blocks = doc.getXmlFragment('content').toArray() as Y.XmlElement[]
    expect(blocks.map((block) => block.length)).toEqual(blocks.map(() => 1))
    const paragraph = readBody(doc).child(2)
    expect([paragraph.type.name, paragraph.content.size]).toEqual(['paragraph', 0])
  })

  test('is the same for two people who begin to write at once: both words are there once', () => {
    const one = seeded()
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
    const type = (doc: Y.Doc, words: string) => {
      const block = doc.getXmlFragment('content').get(2) as Y.XmlElement
      ;(block.get(0) as Y.XmlText).insert(0, words)
    }
    type(one, 'first ')
    type(other, 'second ')
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one))
    const words = readBody(one).child(2).textContent
    expect(words.split(' ').sort()).toEqual(['', 'first', 'second'])
    expect(readBody(other).child(2).textContent).toBe(words)
  })
})
