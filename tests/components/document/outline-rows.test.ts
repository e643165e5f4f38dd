import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import { rowName, rowsOfAnswer, rowsOfBody, sameRows } from '../../../components/document/outline-rows'
import { outlineOf, sectionAt } from '../../../lib/content/outline'
import { contentSchema } from '../../../lib/content/schema'

const { heading, paragraph } = contentSchema.nodes
const h = (id: string, level: number, text: string) =>
  heading?.create({ id, level }, contentSchema.text(text)) as ProseMirrorNode
const p = (text = '') =>
  paragraph?.create({ id: null }, text ? contentSchema.text(text) : []) as ProseMirrorNode
const doc = (...blocks: ProseMirrorNode[]) => contentSchema.topNodeType.create(null, blocks)

test('typing inside a section changes no row, a first word and a new heading do', () => {
  const rows = (body: ProseMirrorNode) => rowsOfBody(outlineOf(body))
  const before = rows(doc(h('a', 1, 'One'), p('text'), h('b', 1, 'Two'), p()))
  expect(sameRows(before, rows(doc(h('a', 1, 'One'), p('more text'), h('b', 1, 'Two'), p())))).toBe(true)
  expect(sameRows(before, rows(doc(h('a', 1, 'One'), p('text'), h('b', 1, 'Two'), p('x'))))).toBe(false)
  expect(sameRows(before, rows(doc(h('a', 1, 'One'), p('text'))))).toBe(false)
})

test('a heading that only holds others is empty as long as they are', () => {
  const body = doc(
    h('a', 1, 'Introduction'),
    h('b', 3, 'Rationale'),
    p('text'),
    h('c', 1, 'Design'),
    h('d', 3, 'Data'),
  )
  expect(rowsOfBody(outlineOf(body)).map((row) => [row.number, row.empty])).toEqual([
    ['1', false],
    ['1.1', false],
    ['2', true],
    ['2.1', true],
  ])
})

test('the server’s answer and the body draw the same rows', () => {
  const body = doc(p('before'), h('a', 1, 'Introduction'), h('b', 3, 'Rationale'), p())
  const answer = outlineOf(body).map((section) => ({
    id: section.id,
    title: section.title,
    level: section.level,
    number: section.number,
    state: section.empty ? ('empty' as const) : ('writing' as const),
    counts: false,
    said: null,
    ownerId: null,
    owner: null,
    open: 0,
    blocking: 0,
    templateSection: null,
    returnOf: null,
  }))
  expect(sameRows(rowsOfAnswer(answer), rowsOfBody(outlineOf(body)))).toBe(true)
  expect(rowsOfAnswer(answer).map(rowName)).toEqual(['Preamble', '1 Introduction', '1.1 Rationale'])
})

test('the caret is in the innermost section around it', () => {
  const body = doc(h('a', 1, 'One'), p('x'), h('b', 3, 'Two'), p('y'), h('c', 1, 'Three'))
  const outline = outlineOf(body)
  const at = (text: string) => {
    let found = -1
    body.descendants((node, position) => {
      if (node.isText && node.text === text) found = position
    })
    return sectionAt(outline, found)?.id
  }
  expect([at('x'), at('y'), at('Two'), at('Three')]).toEqual(['a', 'b', 'b', 'c'])
})
