import { EditorState, type Plugin, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { expect, test } from 'vitest'
import { formulas, openFormula, openFormulaOf } from '../../../components/editor/drawn/formulas'
import { typedRules } from '../../../components/editor/insert/typed-rules'
import { contentSchema } from '../../../lib/content/schema'

const formula = contentSchema.marks.formula?.create()
if (!formula) throw new Error('no such mark')

/** `so x^2 is`: the formula is from 4 to 7. */
function begin(): EditorState {
  const doc = contentSchema.node('doc', null, [
    contentSchema.node('paragraph', null, [
      contentSchema.text('so '),
      contentSchema.text('x^2', [formula as NonNullable<typeof formula>]),
      contentSchema.text(' is'),
    ]),
  ])
  return EditorState.create({ doc, plugins: [formulas((formula as NonNullable<typeof formula>).type)] })
}
const at = (state: EditorState, from: number, to = from) =>
  state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)))
const type = (state: EditorState, text: string) => state.apply(state.tr.insertText(text))
/** What somebody else does to the text. */
const others = (state: EditorState, change: (tr: Transaction) => Transaction) =>
  state.apply(change(state.tr).setMeta('y-sync$', {}))
const source = (state: EditorState) => {
  let text = ''
  state.doc.descendants((node) => {
    if (formula?.type.isInSet(node.marks)) text += node.text ?? ''
  })
  return text
}

test('a caret within opens it; one that comes to its ends from outside does not', () => {
  for (const [position, isOpen] of [
    [3, false],
    [4, false],
    [5, true],
    [6, true],
    [7, false],
    [8, false],
  ] as const) {
    expect(openFormulaOf(at(begin(), position)) !== null, String(position)).toBe(isOpen)
  }
})

test('what is typed behind a drawn one is text, whoever else writes', () => {
  let state = at(begin(), 7)
  state = others(state, (tr) => tr.insert(1, contentSchema.text('and ')))
  expect(openFormulaOf(state)).toBeNull()
  state = type(state, '!')
  expect(source(state)).toBe('x^2')
  expect(state.doc.textContent).toBe('and so x^2! is')
})

test('who came from within goes on in it at its end, whoever else writes', () => {
  let state = at(at(begin(), 6), 7)
  expect(openFormulaOf(state)).toEqual({ from: 4, to: 7 })
  state = type(state, '+')
  state = others(state, (tr) => tr.insert(1, contentSchema.text('and ')))
  expect(openFormulaOf(state)).toEqual({ from: 8, to: 12 })
  state = type(state, 'y')
  expect(source(state)).toBe('x^2+y')
  state = at(at(state, 8), 9)
  expect(openFormulaOf(at(state, 8)), 'its beginning as well').toEqual({ from: 8, to: 13 })
})

test('what is typed over all of an open one is a formula, also where Markdown is looked for in what is typed', () => {
  const { type } = formula as NonNullable<typeof formula>
  const { doc } = begin()
  const plugins: Plugin[] = [typedRules(), formulas(type)]
  let state = EditorState.create({ doc, plugins })
  state = state.apply(openFormula(state.tr.setSelection(TextSelection.create(doc, 4, 7))))
  const view = {
    state,
    composing: false,
    dispatch(tr: Transaction) {
      view.state = view.state.apply(tr)
    },
  }
  const typed = (text: string) => {
    const { from, to } = view.state.selection
    const usual = () => view.state.tr.insertText(text, from, to)
    const isTaken = plugins.some((plugin) =>
      plugin.props.handleTextInput?.call(plugin, view as unknown as EditorView, from, to, text, usual),
    )
    if (!isTaken) view.dispatch(usual())
  }
  typed('y')
  typed('+')
  typed('1')
  expect(view.state.doc.textContent).toBe('so y+1 is')
  expect(source(view.state)).toBe('y+1')
})

test('a selection that goes beyond it draws it', () => {
  expect(openFormulaOf(at(begin(), 4, 7))).not.toBeNull()
  expect(openFormulaOf(at(begin(), 2, 6))).toBeNull()
})
