import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, type DecorationAttrs, DecorationSet } from '@tiptap/pm/view'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { positionOf } from '../../../lib/content/anchor/anchor-position'
import { placeOfState } from '../binding/state-place'

/** What others say of themselves; checked where it is drawn. */
export interface CaretPerson {
  readonly name?: unknown
  readonly color?: unknown
}

export interface CaretLook {
  readonly caret: (person: CaretPerson, clientId: number) => HTMLElement
  readonly selection: (person: CaretPerson) => DecorationAttrs
}

/** What belongs to a caret's decorations, to tell whose they are and whether they must be drawn anew. */
interface CaretSpec {
  readonly client: number
  /** Name and colour. */
  readonly look: string
}

/** Other people's carets are drawn at most this often. In ms. */
const gatherMs = 50

const key = new PluginKey<DecorationSet>('caretMarks')

/**
 * Draws the carets and selections of others. Text moves them along; they are placed anew when they were moved by
 * their person, and after each change by others. A caret that stands in words which have not arrived yet stays
 * where it is until they have.
 */
export function caretMarks(awareness: Awareness, look: CaretLook): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, before, _, state) {
        const placed: DecorationSet | undefined = tr.getMeta(key)
        if (placed) return placed
        if (!tr.docChanged) return before
        const mapped = before.map(tr.mapping, tr.doc)
        return tr.getMeta(ySyncPluginKey) === undefined ? mapped : place(mapped, state, awareness, look)
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view(view) {
      let timer: ReturnType<typeof setTimeout> | null = null
      const draw = () => {
        timer = null
        const before = key.getState(view.state) ?? DecorationSet.empty
        const after = place(before, view.state, awareness, look)
        if (after !== before) view.dispatch(view.state.tr.setMeta(key, after))
      }
      const onChange = () => {
        timer ??= setTimeout(draw, gatherMs)
      }
      onChange()
      awareness.on('change', onChange)
      return {
        destroy() {
          awareness.off('change', onChange)
          if (timer !== null) clearTimeout(timer)
        },
      }
    },
  })
}

/** Where others have their carets, as they are drawn. */
export function caretsOf(state: EditorState): { client: number; name: string; at: number }[] {
  const carets = key.getState(state)?.find(undefined, undefined, ({ isCaret }) => isCaret === true) ?? []
  return carets.map(({ from, spec }) => ({ client: spec.client, name: spec.name, at: from }))
}

/** The same set where every caret stands in its place already. */
function place(
  drawn: DecorationSet,
  state: EditorState,
  awareness: Awareness,
  look: CaretLook,
): DecorationSet {
  const known = new Map<number, Decoration[]>()
  for (const one of drawn.find()) {
    const { client } = one.spec as CaretSpec
    known.set(client, [...(known.get(client) ?? []), one])
  }
  const gone: Decoration[] = []
  const come: Decoration[] = []
  for (const [client, said] of awareness.getStates()) {
    if (client === awareness.clientID || !said.cursor) continue
    const old = known.get(client) ?? []
    known.delete(client)
    const made = decorationsOf(state, client, said, look)
    if (made === null || isSame(old, made)) continue
    gone.push(...old)
    come.push(...made)
  }
  for (const old of known.values()) gone.push(...old)
  const left = gone.length === 0 ? drawn : drawn.remove(gone)
  return come.length === 0 ? left : left.add(state.doc, come)
}

const isSame = (a: readonly Decoration[], b: readonly Decoration[]): boolean =>
  a.length === b.length &&
  a.every((one, n) => {
    const other = b[n]
    return one.from === other?.from && one.to === other.to && one.spec.look === other.spec.look
  })

/** The selection, if any, then the caret; null: it stands in words that are not here yet. */
function decorationsOf(
  state: EditorState,
  client: number,
  said: Record<string, unknown>,
  look: CaretLook,
): Decoration[] | null {
  const { anchor, head } = said.cursor as Record<string, unknown>
  const [from, at] = [positionIn(state, anchor), positionIn(state, head)]
  if (from === null || at === null) return null
  const person = (typeof said.user === 'object' && said.user !== null ? said.user : {}) as CaretPerson
  const spec: CaretSpec = { client, look: JSON.stringify([person.name, person.color]) }
  const caret = Decoration.widget(at, () => look.caret(person, client), {
    ...spec,
    isCaret: true,
    name: typeof person.name === 'string' ? person.name : '',
    key: String(client),
    side: 10,
  })
  if (from === at) return [caret]
  const range = Decoration.inline(Math.min(from, at), Math.max(from, at), look.selection(person), {
    ...spec,
    inclusiveEnd: true,
    inclusiveStart: false,
  })
  return [range, caret].sort((a, b) => a.from - b.from || a.to - b.to)
}

function positionIn(state: EditorState, said: unknown): number | null {
  const place = placeOfState(state)
  if (!place?.fragment.doc) return null
  const relative = Y.createRelativePositionFromJSON(said)
  const position =
    positionOf(place, relative) ??
    // Beside a block, or in one without a text: seldom, and the binding's own way through all of the body.
    relativePositionToAbsolutePosition(
      place.fragment.doc,
      place.fragment,
      relative,
      ySyncPluginKey.getState(state)?.binding.mapping,
    )
  return position === null ? null : Math.min(position, Math.max(0, state.doc.content.size - 1))
}
