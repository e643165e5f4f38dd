import { type Editor, Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { keptDecorations } from '../binding/kept-decorations'

/** A word of the glossary where it is marked. */
export interface MarkedTerm {
  readonly from: number
  readonly to: number
  readonly term: string
}

const key = new PluginKey<DecorationSet>('terms')

/** Marks words of the document's glossary. Which those are is found elsewhere, at rest (term-finder.ts). */
export const Terms = Extension.create({
  name: 'terms',
  addProseMirrorPlugins() {
    const { editor } = this
    return [marks(editor)]
  },
})

const marks = (editor: Editor) =>
  new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, before, _, after) {
        const given: readonly MarkedTerm[] | undefined = tr.getMeta(key)
        const mapped = tr.docChanged ? before.map(tr.mapping, tr.doc) : before
        const drawn = (one: MarkedTerm) => mark(one, editor.isEditable)
        return given ? keptDecorations(mapped, after.doc, given.map(drawn)) : mapped
      },
    },
    props: { decorations: (state) => key.getState(state) ?? null },
  })

/** Who has no caret gets there with the Tab key. */
const mark = ({ from, to, term }: MarkedTerm, hasCaret: boolean): Decoration =>
  Decoration.inline(
    from,
    to,
    {
      class: 'term',
      'data-term': term,
      ...(hasCaret ? {} : { tabindex: '0', role: 'button' }),
    },
    { key: `term ${term}`, term },
  )

/** Which words are marked, in positions of the present state; the same ones again cost nothing. */
export function markTerms(editor: Editor, terms: readonly MarkedTerm[]): void {
  const drawn = key.getState(editor.state)?.find() ?? []
  const isSame = drawn.length === terms.length && isSameAs(terms, drawn)
  if (!isSame) editor.view.dispatch(editor.state.tr.setMeta(key, terms))
}

function isSameAs(terms: readonly MarkedTerm[], drawn: readonly Decoration[]): boolean {
  const names = new Set(drawn.map(({ from, to, spec }) => `${from} ${to} ${spec.term}`))
  return terms.every(({ from, to, term }) => names.has(`${from} ${to} ${term}`))
}

/** The marked word at a position; null: there is none. */
export function termAt(editor: Editor, position: number): MarkedTerm | null {
  const [found] = key.getState(editor.state)?.find(position, position) ?? []
  return found ? { from: found.from, to: found.to, term: String(found.spec.term) } : null
}
