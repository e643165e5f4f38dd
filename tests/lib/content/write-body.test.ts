import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { canonicalJson } from '../../../lib/content/canonical'
import type { DocumentJson } from '../../../lib/content/document-json'
import { readBody } from '../../../lib/content/read-body'
import { contentSchema } from '../../../lib/content/schema'
import { seedUpdate } from '../../../lib/content/seed'
import { writeBody } from '../../../lib/content/write-body'
import { exactDoc } from '../../../lib/sync/exact-doc'
import { faultOf, twinOf } from '../../support/whole-body'
import { said } from './any-body'
import { anyChange } from './any-change'
import { adaId } from './every-block'
import { block, body, checkedNode } from './world'

const docOf = (node: ProseMirrorNode): Y.Doc => {
  const doc = exactDoc()
  Y.applyUpdate(doc, seedUpdate(node.toJSON(), 1))
  doc.clientID = 2
  return doc
}
const root = (doc: Y.Doc) => doc.getXmlFragment('content')
const write = (doc: Y.Doc, node: ProseMirrorNode) => {
  let changed = false
  doc.transact(() => {
    changed = writeBody(root(doc), node)
  })
  return changed
}
/** An anchor as threads have it: what one character was, wherever it is now. */
const anchored = (text: Y.XmlText, index: number) => Y.createRelativePositionFromTypeIndex(text, index)
const isThere = (doc: Y.Doc, position: Y.RelativePosition): boolean => {
  const { item } = position
  if (!item) return false
  const struct = Y.getItem(doc.store, item)
  return struct instanceof Y.Item && !struct.deleted
}
/** The very same ones. */
const areSame = (some: unknown[], others: unknown[]) =>
  some.length === others.length && some.every((one, index) => one === others[index])
const textAt = (doc: Y.Doc, index: number): Y.XmlText =>
  (root(doc).get(index) as Y.XmlElement).get(0) as Y.XmlText

test('a body that reads so already is not touched', () => {
  const node = body(block(1, 'Why', 'h'), block(0, 'Words', 'p'), block(0, '', 'e'))
  const doc = docOf(node)
  const before = Y.encodeStateAsUpdate(doc)
  expect(write(doc, node)).toBe(false)
  expect(Y.encodeStateAsUpdate(doc)).toEqual(before)
})

test('words that stay keep what is anchored in them; blocks around are not touched', () => {
  const doc = docOf(body(block(0, 'first', 'a'), block(0, 'one two three four', 'b'), block(0, 'last', 'c')))
  const [two, four] = [anchored(textAt(doc, 1), 4), anchored(textAt(doc, 1), 14)]
  const [first, last] = [root(doc).get(0), root(doc).get(2)]
  write(doc, body(block(0, 'first', 'a'), block(0, 'one two drei four five', 'b'), block(0, 'last', 'c')))
  expect(readBody(doc).child(1).textContent).toBe('one two drei four five')
  expect([isThere(doc, two), isThere(doc, four)]).toEqual([true, true])
  expect(root(doc).get(0) === first && root(doc).get(2) === last).toBe(true)
})

test('a block in front is inserted, and no other is moved, made anew or written into', () => {
  const doc = docOf(body(block(0, 'a', 'a'), block(0, 'b', 'b')))
  const elements = root(doc).toArray()
  write(doc, body(block(0, 'new', 'n'), block(0, 'a', 'a'), block(0, 'b', 'b')))
  expect(areSame(root(doc).toArray().slice(1), elements)).toBe(true)
})

test('of blocks in another order the fewest are made anew', () => {
  const doc = docOf(body(block(0, 'a', 'a'), block(0, 'b', 'b'), block(0, 'c', 'c')))
  const [a, b] = root(doc).toArray()
  write(doc, body(block(0, 'c', 'c'), block(0, 'a', 'a'), block(0, 'b', 'b')))
  expect(areSame(root(doc).toArray().slice(1), [a, b])).toBe(true)
  expect(readBody(doc).textContent).toBe('cab')
})

test('what somebody types meanwhile arrives, in a block that is written into too', () => {
  const before = body(block(0, 'one two', 'a'), block(0, 'three', 'b'))
  const doc = docOf(before)
  const other = twinOf(doc)
  textAt(other, 0).insert(7, ' typed')
  textAt(other, 1).insert(5, ' as well')
  write(doc, body(block(0, 'ONE two', 'a'), block(0, 'three', 'b')))
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  expect(readBody(doc).textContent).toBe('ONE two typedthree as well')
})

test('formatting alone is written where it differs', () => {
  const of = (...runs: Parameters<typeof said>[0][]) =>
    checkedNode({
      type: 'doc',
      content: [{ type: 'paragraph', attrs: { id: 'p' }, content: runs.map(said) }],
    })
  const doc = docOf(of(['bold', 'bold'], [' and plain']))
  const plain = anchored(textAt(doc, 0), 7)
  write(doc, of(['bold', 'italic'], [' and '], ['plain', 'bold']))
  expect(readBody(doc).eq(of(['bold', 'italic'], [' and '], ['plain', 'bold']))).toBe(true)
  expect(isThere(doc, plain)).toBe(true)
})

test('the words behind a new line break keep their items', () => {
  const of = (...content: DocumentJson[]) =>
    checkedNode({ type: 'doc', content: [{ type: 'paragraph', attrs: { id: 'p' }, content }] })
  const line = { type: 'hardBreak' }
  const doc = docOf(of(said(['one']), line, said(['two']), line, said(['three'])))
  const three = anchored((root(doc).get(0) as Y.XmlElement).get(4) as Y.XmlText, 1)
  const next = of(said(['one']), line, said(['new']), line, said(['two']), line, said(['three']))
  write(doc, next)
  expect(readBody(doc).eq(next)).toBe(true)
  expect(isThere(doc, three)).toBe(true)
})

test('who is named by another name, or is somebody else, is written anew', () => {
  const named = (name: string | null) => ({ type: 'mention', attrs: { person: adaId, name } })
  const line = (text: string, name: string | null) =>
    body({ type: 'paragraph', attrs: { id: 'p' }, content: [{ type: 'text', text }, named(name)] })
  const doc = docOf(line('Ask ', 'Ada'))
  expect(write(doc, line('Do ask ', null))).toBe(true)
  expect(readBody(doc).toJSON()).toEqual(line('Do ask ', null).toJSON())
  expect(write(doc, line('Do ask ', 'Ada L.'))).toBe(true)
  expect(readBody(doc).toJSON()).toEqual(line('Do ask ', 'Ada L.').toJSON())
})

test('whatever was there, it reads as what was to be written, on every page', () => {
  fc.assert(
    fc.property(anyChange, ([before, after]) => {
      const doc = docOf(before)
      const other = twinOf(doc)
      const updates: Uint8Array[] = []
      doc.on('update', (update: Uint8Array) => updates.push(update))
      const changed = write(doc, after)
      const read = readBody(doc)
      expect(read.toJSON()).toEqual(contentSchema.nodeFromJSON(after.toJSON()).toJSON())
      expect(updates.length).toBe(changed ? 1 : 0)
      for (const update of updates) Y.applyUpdate(other, update)
      expect(canonicalJson(readBody(other))).toBe(canonicalJson(after))
      expect(faultOf(doc)).toBeNull()
      expect(write(doc, after)).toBe(false)
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  )
})
