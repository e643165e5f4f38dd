import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { EditorState } from '@tiptap/pm/state'
import { describe, expect, test } from 'vitest'
import {
  aroundPut,
  mapPlace,
  type Place,
  placeAtCaret,
  positionOf,
} from '../../../components/editor/upload/upload-place'
import { contentSchema as schema } from '../../../lib/content/schema'

const paragraph = (text = '') => ({ type: 'paragraph', content: text ? [{ type: 'text', text }] : [] })
const documentOf = (...content: object[]) => schema.nodeFromJSON({ type: 'doc', content })
const image = (src: string) => schema.nodes.image?.create({ src }) as ProseMirrorNode
const imageType = image('x').type

/** Where the words end, in the text. */
function endOf(doc: ProseMirrorNode, words: string): number {
  let end = 0
  doc.descendants((node, position) => {
    if (node.isText && node.text?.endsWith(words)) end = position + node.nodeSize
  })
  return end
}
const put = (doc: ProseMirrorNode, place: Place) => positionOf(doc, place, imageType)
const outlineOf = (doc: ProseMirrorNode) =>
  doc.content.content
    .map((node) => (node.type.name === 'image' ? node.attrs.src : node.textContent))
    .join('|')

describe('a picture that is pasted', () => {
  const doc = documentOf(paragraph('one'), paragraph('two'), paragraph())
  test('in the middle of words stands behind their block', () => {
    const at = put(doc, placeAtCaret(doc.resolve(endOf(doc, 'one') - 1)))
    expect(at).toBe(5)
  })
  test('in an empty line stands before it, so that it can be written in', () => {
    expect(put(doc, placeAtCaret(doc.resolve(doc.content.size - 1)))).toBe(doc.content.size - 2)
  })
  test('stands above the line that is begun meanwhile by Enter', () => {
    const state = EditorState.create({ doc })
    const place = placeAtCaret(doc.resolve(endOf(doc, 'one')))
    const split = state.tr.split(endOf(doc, 'one')).insertText('new', 6)
    expect(outlineOf(split.doc)).toBe('one|new|two|')
    const at = put(split.doc, mapPlace(place, split.mapping))
    expect(outlineOf(split.insert(at ?? 0, image('p')).doc)).toBe('one|p|new|two|')
  })
  test('goes along with its line when others write above it, and stays when that is deleted', () => {
    const place = placeAtCaret(doc.resolve(endOf(doc, 'two')))
    const above = EditorState.create({ doc }).tr.insert(0, schema.nodeFromJSON(paragraph('zero')))
    const moved = mapPlace(place, above.mapping)
    expect(outlineOf(above.insert(put(above.doc, moved) ?? 0, image('p')).doc)).toBe('zero|one|two|p|')
    const gone = EditorState.create({ doc }).tr.delete(5, 10)
    const at = put(gone.doc, mapPlace(place, gone.mapping))
    expect(at).not.toBeNull()
    gone.insert(at ?? 0, image('p')).doc.check()
  })
})

test('a file in a table stands below it, a picture within its cell', () => {
  const cell = { type: 'tableCell', content: [paragraph('in a cell')] }
  const doc = documentOf(
    { type: 'table', content: [{ type: 'tableRow', content: [cell] }] },
    paragraph('below'),
  )
  const place = placeAtCaret(doc.resolve(endOf(doc, 'in a cell')))
  const file = schema.nodes.file?.create({ src: 'x' }) as ProseMirrorNode
  expect(doc.resolve(put(doc, place) ?? 0).parent.type.name).toBe('tableCell')
  expect(positionOf(doc, place, file.type)).toBe(doc.firstChild?.nodeSize)
})

test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 0, 2]], [[1, 2, 0]]])(
  'three at one place stand in their order when they come as %j',
  (order) => {
    for (const doc of [documentOf(paragraph('one')), documentOf(paragraph(), paragraph('two'))]) {
      let state = EditorState.create({ doc })
      let places: Place[] = Array.from({ length: 3 }, () => placeAtCaret(doc.resolve(1)))
      for (const index of order) {
        const before = state.doc
        const position = put(before, places[index] as Place) ?? 0
        const tr = state.tr.insert(position, image(String(index)))
        places = aroundPut(places, { index, position, size: 1 }, (place) => put(before, place), tr.mapping)
        state = state.apply(tr)
      }
      expect(outlineOf(state.doc).replaceAll(/[a-z]/g, '').split('|').filter(Boolean).join('')).toBe('012')
    }
  },
)
