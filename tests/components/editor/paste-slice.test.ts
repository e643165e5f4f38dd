import { EditorState, TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { pasteSlice } from '../../../components/editor/paste/paste-slice'
import { type DocumentJson, element, elementWith, textJson } from '../../../lib/content/document-json'
import { pictureStandIn } from '../../../lib/content/paste/pictures'
import { contentSchema } from '../../../lib/content/schema'
import { told } from '../../lib/content/paste/told'

const p = (text = '') => element('paragraph', text === '' ? [] : [textJson(text)])
const list = (...texts: string[]) =>
  element(
    'bulletList',
    texts.map((text) => element('listItem', [p(text)])),
  )
const picture = elementWith('image', { src: pictureStandIn(0), alt: null })

/** The text after blocks were pasted where `|` stands in it, and where their pictures belong. */
function after(before: DocumentJson[], blocks: DocumentJson[]) {
  const doc = contentSchema.nodeFromJSON(element('doc', before))
  let at = 0
  doc.descendants((node, position) => {
    if (node.isText && node.text?.includes('|')) at = position + node.text.indexOf('|')
  })
  const state = EditorState.create({ doc: doc, selection: TextSelection.create(doc, at, at + 1) })
  let next = 0
  const { slice, pictures } = pasteSlice(contentSchema, blocks, {
    $from: state.selection.$from,
    newId: () => {
      next += 1
      return `new${next}`
    },
  })
  const pasted = state.apply(state.tr.replaceSelection(slice)).doc
  pasted.check()
  const ids: unknown[] = []
  slice.content.descendants((node) => {
    if (node.isBlock) ids.push(node.attrs.id)
  })
  const places = pictures.map(({ offset }) => pasted.resolve(Math.min(at + offset, pasted.content.size)))
  return { text: told((pasted.toJSON() as DocumentJson).content ?? []).trim(), ids, places }
}

test('a paragraph at either end goes on in the line that it meets', () => {
  expect(after([p('one |two')], [p('a')]).text).toBe('paragraph: one atwo')
  expect(after([p('one |two')], [p('a'), list('b'), p('c')]).text).toBe(
    'paragraph: one a\nbulletList\n  listItem\n    paragraph: b\nparagraph: ctwo',
  )
  expect(after([p('|')], [elementWith('heading', { level: 2 }, [textJson('a')]), p('b')]).text).toBe(
    'heading level=2: a\nparagraph: b',
  )
})

test('items become items of the list that the caret is in', () => {
  expect(after([list('one', '|', 'two')], [list('a', 'b')]).text).toBe(
    'bulletList\n  listItem\n    paragraph: one\n  listItem\n    paragraph: a\n  listItem\n    paragraph: b\n  listItem\n    paragraph: two',
  )
})

test('items that hold a list themselves stay among those of the list as well', () => {
  const nested = element('bulletList', [element('listItem', [p('a'), list('b')])])
  expect(after([list('one', '|', 'two')], [nested]).text).toBe(
    'bulletList\n  listItem\n    paragraph: one\n  listItem\n    paragraph: a\n    bulletList\n      listItem\n        paragraph: b\n  listItem\n    paragraph: two',
  )
})

test('each block comes with an id of its own, so that none is written after it', () => {
  expect(after([p('|')], [p('a'), list('b')]).ids).toEqual(['new1', 'new4', 'new3', 'new2'])
})

test('a picture that is not stored yet is in no text, and its place is known', () => {
  const { text, places } = after([p('|')], [p('a'), picture, p('b')])
  expect(text).toBe('paragraph: a\nparagraph: b')
  expect(places.map((place) => place.nodeAfter?.textContent)).toEqual(['b'])
  const cell = element('table', [element('tableRow', [element('tableCell', [picture])])])
  expect(after([p('|')], [cell]).text).toBe('table\n  tableRow\n    tableCell\n      paragraph')
})

test('a footnote that was copied gets a label that no other has, and its signs in the text with it', () => {
  const sign = elementWith('footnoteReference', { label: '1' })
  const note = elementWith('footnote', { label: '1' }, [p('why')])
  const foreign = elementWith('footnoteReference', { label: '2' })
  const { text } = after([p('|')], [element('paragraph', [textJson('a'), sign, foreign]), note])
  const [, first, second] = /footnoteReference label=(\S+)}[\s\S]*footnote label=(\S+)/.exec(text) ?? []
  expect(first).toBe(second)
  expect(first).not.toBe('1')
  expect(text).toContain('{footnoteReference label=2}')
})
