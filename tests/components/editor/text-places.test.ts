import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { giveTextsWith } from '../../../components/editor/binding/text-places'

/** A binding that writes what it is told, as y-tiptap's does with a changed document. */
function bindingThatWrites(doc: Y.Doc, write: (body: Y.XmlFragment) => void) {
  const binding = {
    doc,
    _prosemirrorChanged: (_: ProseMirrorNode) => {
      doc.transact(() => write(doc.getXmlFragment('content')))
    },
  }
  giveTextsWith(binding)
  return () => binding._prosemirrorChanged(null as never)
}

const block = (name: string, words?: string) => {
  const element = new Y.XmlElement(name)
  if (words !== undefined) element.insert(0, [new Y.XmlText(words)])
  return element
}

test('an empty block has its text in the very update that makes it', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  bindingThatWrites(doc, (body) => body.insert(0, [block('paragraph'), block('paragraph', 'words')]))()
  expect(updates).toHaveLength(1)
  const there = new Y.Doc()
  Y.applyUpdate(there, updates[0] ?? new Uint8Array())
  const blocks = there.getXmlFragment('content').toArray() as Y.XmlElement[]
  expect(blocks.map((one) => one.length)).toEqual([1, 1])
  expect(there.getXmlFragment('content').toString()).toBe(
    '<paragraph></paragraph><paragraph>words</paragraph>',
  )
})

test('blocks that hold blocks get none, what is within them does', () => {
  const doc = new Y.Doc()
  const quote = block('blockquote')
  quote.insert(0, [block('paragraph')])
  bindingThatWrites(doc, (body) => body.insert(0, [quote, block('horizontalRule')]))()
  const body = doc.getXmlFragment('content')
  expect(quote.length).toBe(1)
  expect((quote.get(0) as Y.XmlElement).get(0)).toBeInstanceOf(Y.XmlText)
  expect((body.get(1) as Y.XmlElement).length).toBe(0)
})

test('typing into what was there before touches nothing else', () => {
  const doc = new Y.Doc()
  doc.getXmlFragment('content').insert(0, [block('paragraph', 'old'), block('paragraph')])
  const write = bindingThatWrites(doc, (body) => {
    const text = (body.get(0) as Y.XmlElement).get(0) as Y.XmlText
    text.insert(3, ' and new')
  })
  write()
  expect((doc.getXmlFragment('content').get(1) as Y.XmlElement).length).toBe(0)
})
