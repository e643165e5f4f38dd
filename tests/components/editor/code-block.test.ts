import { EditorState, TextSelection } from '@tiptap/pm/state'
import { describe, expect, test } from 'vitest'
import { codeBidi, marksIn } from '../../../components/editor/code/code-bidi'
import { indented, outdented } from '../../../components/editor/code/code-keys'
import { contentSchema } from '../../../lib/content/schema'
import { random } from '../../support/random'

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
    expect(move('\n  a', 0, 0, outdented), 'the line at the caret, which is empty').toBe('\n  a')
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

test('whatever is edited, they are shown where they would be found', () => {
  const { seed, between, pick } = random()
  console.log(`characters that turn: seed ${seed}`)
  const kinds = (['codeBlock', 'paragraph'] as const).map((name) => contentSchema.node(name).type)
  const plugin = codeBidi()
  const { doc } = codeState('if (a\u202e) \u2066x\u2069', 0)
  let state = EditorState.create({ doc, plugins: [plugin] })
  for (let step = 0; step < 400; step += 1) {
    const { tr } = state
    const from = between(0, tr.doc.content.size)
    const to = Math.min(tr.doc.content.size, from + between(0, 3))
    const change = between(0, 4)
    try {
      if (change === 0) tr.delete(from, to)
      else if (change === 1) tr.split(from)
      else if (change === 2) tr.setBlockType(from, to, pick(kinds))
      else tr.insertText(pick(['\u202ea', 'b\u2067', 'c']), from)
    } catch {
      continue
    }
    state = state.apply(tr)
    const drawn = plugin.getState(state)?.find() ?? []
    const placed = (list: typeof drawn) => list.map(({ from: at, spec }) => `${at} ${spec.name}`).sort()
    expect(placed(drawn)).toEqual(placed(marksIn(state.doc, 0, state.doc.content.size)))
  }
})
