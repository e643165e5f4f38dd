import { EditorState, TextSelection } from '@tiptap/pm/state'
import { describe, expect, test } from 'vitest'
import { marksIn } from '../../../components/editor/code-bidi'
import { indented, outdented } from '../../../components/editor/code-keys'
import { contentSchema } from '../../../lib/content/schema'

const codeState = (text: string, from: number, to = from): EditorState => {
  const doc = contentSchema.node('doc', null, [
    contentSchema.node('codeBlock', null, text === '' ? [] : [contentSchema.text(text)]),
    contentSchema.node('paragraph', null, [contentSchema.text('a\u202eb')]),
  ])
  return EditorState.create({ doc, selection: TextSelection.create(doc, from + 1, to + 1) })
}
const textOf = (state: EditorState) => state.doc.child(0).textContent

describe('Tab in code', () => {
  const move = (text: string, from: number, to: number, change: typeof indented) => {
    const state = codeState(text, from, to)
    return textOf(state.apply(change(state)))
  }
  test('puts a step in at a caret, and before each line of a selection', () => {
    expect(move('', 0, 0, indented)).toBe('  ')
    expect(move('ab', 1, 1, indented)).toBe('a  b')
    expect(move('a\nb\nc', 0, 3, indented)).toBe('  a\n  b\nc')
    expect(move('a\nb\nc', 0, 2, indented), 'not the line at whose beginning it ends').toBe('  a\nb\nc')
  })
  test('with Shift takes a step out, as far as there is one', () => {
    expect(move('    a', 5, 5, outdented)).toBe('  a')
    expect(move('  a\n\tb\n c\nd', 0, 11, outdented)).toBe('a\nb\nc\nd')
    expect(move('a', 1, 1, outdented)).toBe('a')
  })
})

test('characters that turn the order of code are found, and those of prose are left', () => {
  const { doc } = codeState('if (a\u202e) \u2066x\u2069', 0)
  const all = marksIn(doc, 0, doc.content.size)
  expect(all.map(({ from, to, spec }) => [from, to, spec.name])).toEqual([
    [6, 7, 'RLO'],
    [9, 10, 'LRI'],
    [11, 12, 'PDI'],
  ])
  expect(marksIn(doc, 9, 10)).toHaveLength(1)
})
