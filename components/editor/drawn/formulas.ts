import { Extension, markInputRule } from '@tiptap/core'
import type { MarkType } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { typedFormula } from './formula-typed'
import { formulaView } from './formula-view'

interface Range {
  readonly from: number
  readonly to: number
}

/**
 * The formula whose source is shown; null: none. A caret within one opens it. At its ends, where a caret may belong to
 * either side, it is open for who came from within, and what is typed there belongs to it exactly while it is.
 */
type Open = Range | null

const key = new PluginKey<Open>('formulas')
export const openFormulaOf = (state: EditorState): Open => key.getState(state) ?? null

type Asked = 'open' | 'close'

/** Formulas in a line: drawn, and shown as their source where somebody works on it. */
export const Formulas = Extension.create({
  name: 'formulas',
  addInputRules() {
    const type = this.editor.schema.marks.formula
    return type ? [markInputRule({ find: typedFormula, type })] : []
  },
  addProseMirrorPlugins() {
    const type = this.editor.schema.marks.formula
    return type ? [formulas(type)] : []
  },
})

export function formulas(type: MarkType): Plugin<Open> {
  return new Plugin<Open>({
    key,
    state: {
      init: () => null,
      apply: (tr, before, _, state) => openIn(state, tr, before, type),
    },
    /** What is typed at the end of an open one belongs to it. Marks that wait for a key are no change of the body. */
    appendTransaction(_, __, state) {
      const open = key.getState(state) ?? null
      const { selection, storedMarks } = state
      if (!open || !selection.empty || (selection.from > open.from && selection.to < open.to)) return null
      const marks = storedMarks ?? selection.$from.marks()
      return type.isInSet(marks) ? null : state.tr.setStoredMarks(type.create().addToSet(marks))
    },
    props: {
      markViews: {
        formula: (_, view) => formulaView((source) => enter(view, source, type)),
      },
      decorations: (state) => decorationsOf(state, type),
      handleTextInput: (view, from, to, text) => typeOver(view, from, to, text, type),
      handleKeyDown: (view, event) => walk(view, event, type),
    },
  })
}

function openIn(state: EditorState, tr: Transaction, before: Open, type: MarkType): Open {
  const asked: Asked | undefined = tr.getMeta(key)
  if (asked === 'close') return null
  const { $from, $to, from, to, empty } = state.selection
  if (!$from.parent.inlineContent || !$from.sameParent($to)) return null
  const range = formulaAround(state, type)
  if (!range) return null
  if (asked === 'open' || (from > range.from && to < range.to) || !empty) return range
  // At one of its ends: open if it was.
  if (!before) return null
  const was = { from: tr.mapping.map(before.from, -1), to: tr.mapping.map(before.to, 1) }
  return was.from <= range.from && was.to >= range.to ? range : null
}

/** The formula that has all of the selection in it or at its ends. */
function formulaAround({ selection }: EditorState, type: MarkType): Range | null {
  const { $from, from, to } = selection
  const start = $from.start()
  let first: number | null = null
  for (let index = 0, at = start; index < $from.parent.childCount && at <= to; index += 1) {
    const child = $from.parent.child(index)
    const end = at + child.nodeSize
    const next = $from.parent.maybeChild(index + 1)
    if (type.isInSet(child.marks)) {
      first ??= at
      const isLast = !next || !type.isInSet(next.marks)
      if (isLast && first <= from && end >= to) return { from: first, to: end }
    } else first = null
    at = end
  }
  return null
}

/** Says to the open one that it is; and gives a caret at the end of a drawn one a place that can be seen. */
function decorationsOf(state: EditorState, type: MarkType): DecorationSet | null {
  const open = key.getState(state) ?? null
  const { selection, doc } = state
  if (open) {
    return DecorationSet.create(doc, [Decoration.inline(open.from, open.to, { class: 'formula-open' })])
  }
  const { nodeBefore } = selection.$from
  if (!selection.empty || !nodeBefore || !type.isInSet(nodeBefore.marks)) return null
  const place = () => {
    const element = document.createElement('span')
    element.className = 'formula-end'
    return element
  }
  return DecorationSet.create(doc, [
    Decoration.widget(selection.from, place, { side: -1, key: 'formula-end', marks: [] }),
  ])
}

/** Arrows walk in at an end and out again; Escape leads out. */
function walk(view: EditorView, event: KeyboardEvent, type: MarkType): boolean {
  const { state } = view
  const { selection } = state
  if (!(selection instanceof TextSelection) || !selection.empty || event.isComposing) return false
  if (event.shiftKey || event.altKey || event.metaKey || event.ctrlKey) return false
  const range = formulaAround(state, type)
  if (!range) return false
  const isOpen = (key.getState(state) ?? null) !== null
  const at = selection.from
  if (event.key === 'Escape' && isOpen) return go(view, range.to, 'close', type)
  const side = event.key === 'ArrowLeft' ? 'left' : event.key === 'ArrowRight' ? 'right' : null
  const atEnd = at === range.to
  const atStart = at === range.from
  if (side === null || (!atEnd && !atStart)) return false
  const inwards = side === 'left' ? atEnd : atStart
  return inwards === isOpen ? false : go(view, at, inwards ? 'open' : 'close', type)
}

function go(view: EditorView, at: number, asked: Asked, type: MarkType): boolean {
  const { tr, doc } = view.state
  tr.setSelection(TextSelection.create(doc, at)).setMeta(key, asked)
  const marks = tr.selection.$from.marks()
  tr.setStoredMarks(asked === 'open' ? type.create().addToSet(marks) : type.removeFromSet(marks))
  view.dispatch(tr.scrollIntoView())
  return true
}

/** Shows the source of the formula that this transaction leaves selected. */
export const openFormula = (tr: Transaction): Transaction => tr.setMeta(key, 'open' satisfies Asked)

/** What is typed over all of an open one is a formula as well: the words that would say so are gone with it. */
function typeOver(view: EditorView, from: number, to: number, text: string, type: MarkType): boolean {
  const open = openFormulaOf(view.state)
  if (!open || from === to || from > open.from || to < open.to) return false
  const { tr, schema } = view.state
  tr.replaceWith(from, to, schema.text(text, [type.create()]))
  view.dispatch(openFormula(tr.setSelection(TextSelection.create(tr.doc, from + text.length))))
  return true
}

function enter(view: EditorView, source: HTMLElement, type: MarkType): void {
  view.focus()
  go(view, view.posAtDOM(source, source.childNodes.length), 'open', type)
}
