import { type Editor, Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import type { Anchor } from '../../../lib/content/anchor/anchor'
import type { AnchorPlace } from '../../../lib/content/anchor/anchor-position'
import { rangeOfSuggestion } from '../../../lib/content/suggestion/suggestion'
import { redlineOfSuggestion } from '../../../lib/content/suggestion/suggestion-redline'
import type { Suggestion } from '../../../lib/content/suggestion/suggestion-shape'
import { placeOfState } from '../binding/state-place'

/** A suggestion whose redline is drawn. */
export interface DrawnSuggestion {
  readonly id: string
  readonly anchor: Anchor | null
  readonly suggestion: Suggestion
}

const key = new PluginKey<DecorationSet>('suggestMarks')

/** Redlines of suggestions over the text. Nothing of them enters the document. */
export const SuggestMarks = Extension.create({
  name: 'suggestMarks',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply(tr, before) {
          const given: DecorationSet | undefined = tr.getMeta(key)
          return given ?? before.map(tr.mapping, tr.doc)
        },
      },
      props: { decorations: (state) => key.getState(state) ?? null },
    }),
  ],
})

/** Which redlines are drawn; what does not apply to the text as it is now is left out. */
export function setSuggestionMarks(editor: Editor, shown: readonly DrawnSuggestion[]): void {
  const { state } = editor
  const before = key.getState(state)
  if (shown.length === 0 && before === DecorationSet.empty) return
  const place = placeOfState(state)
  const decorations = place ? shown.flatMap((one) => decorationsOf(place, one)) : []
  const set = decorations.length > 0 ? DecorationSet.create(state.doc, decorations) : DecorationSet.empty
  editor.view.dispatch(state.tr.setMeta(key, set))
}

function decorationsOf(place: AnchorPlace, { id, anchor, suggestion }: DrawnSuggestion): Decoration[] {
  const range = rangeOfSuggestion(place, anchor, suggestion)
  if (!range) return []
  const parts = redlineOfSuggestion(suggestion)
  if (suggestion.place.kind === 'blocks') {
    const text = parts.flatMap((part) => (part.kind === 'removed' ? [] : [part.text])).join('')
    const out = Decoration.inline(range.from, range.to, { class: 'suggested-out' }, { key: `${id} out` })
    return [
      ...(range.from < range.to ? [out] : []),
      ...(text === '' ? [] : [added(range.to, text, `${id} in`, 'div')]),
    ]
  }
  const drawn: Decoration[] = []
  let at = range.from
  for (const [index, part] of parts.entries()) {
    if (part.kind === 'added') {
      drawn.push(added(at, part.text, `${id} in ${index}`, 'ins'))
      continue
    }
    const to = at + part.text.length
    if (part.kind === 'removed') {
      drawn.push(Decoration.inline(at, to, { class: 'suggested-out' }, { key: `${id} out ${index}` }))
    }
    at = to
  }
  return drawn
}

const added = (position: number, text: string, name: string, tag: 'ins' | 'div'): Decoration =>
  Decoration.widget(
    position,
    () => {
      const element = document.createElement(tag)
      element.className = 'suggested-in'
      element.textContent = text
      element.contentEditable = 'false'
      return element
    },
    { key: `${name} ${text}`, side: 1 },
  )
