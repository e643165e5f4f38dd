import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { beginsStep } from '../../../components/editor/binding/undo-steps'
import { contentSchema } from '../../../lib/content/schema'

const paragraph = (text: string) =>
  contentSchema.nodes.paragraph?.create({ id: null }, contentSchema.text(text)) as ProseMirrorNode
const doc = contentSchema.topNodeType.create(null, [paragraph('One'), paragraph('Two')])

const begins = (edit: (tr: Transaction) => Transaction) => {
  const state = EditorState.create({ doc })
  return beginsStep(edit(state.tr), doc)
}

test('letters, deletions within a paragraph and marks go on with the step', () => {
  const bold = contentSchema.marks.bold?.create()
  expect(begins((tr) => tr.insertText('x', 2))).toBe(false)
  expect(begins((tr) => tr.delete(1, 3))).toBe(false)
  expect(begins((tr) => (bold ? tr.addMark(1, 3, bold) : tr))).toBe(false)
})

test('Enter, joining, a heading and a caret put elsewhere begin a new one', () => {
  const heading = contentSchema.nodes.heading
  expect(begins((tr) => tr.split(2))).toBe(true)
  expect(begins((tr) => tr.delete(3, 7))).toBe(true)
  expect(begins((tr) => (heading ? tr.setBlockType(1, 2, heading, { level: 1 }) : tr))).toBe(true)
  expect(begins((tr) => tr.setSelection(TextSelection.create(tr.doc, 7)))).toBe(true)
})

test('what changes nothing begins nothing', () => {
  expect(begins((tr) => tr.setMeta('anything', true))).toBe(false)
})
