import type { EditorState } from '@tiptap/pm/state'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** Where something is to be put in that is still being read, while the text around it changes. */
export interface Place {
  readonly from: number
  readonly to: number
}

type Places = ReadonlyMap<number, Place>
type PlaceMeta = { readonly id: number; readonly place: Place | null }

const key = new PluginKey<Places>('pastePlaces')
const none: Places = new Map()

/** Carries places along with every change. Costs nothing while there is none. */
export const pastePlaces = (): Plugin<Places> =>
  new Plugin<Places>({
    key,
    state: {
      init: () => none,
      apply(tr, before) {
        const meta = tr.getMeta(key) as PlaceMeta | undefined
        if (meta === undefined && (before.size === 0 || !tr.docChanged)) return before
        const places = new Map<number, Place>()
        for (const [id, { from, to }] of before) {
          const start = tr.mapping.map(from, 1)
          places.set(id, { from: start, to: Math.max(start, tr.mapping.map(to, 1)) })
        }
        if (meta?.place) places.set(meta.id, meta.place)
        else if (meta) places.delete(meta.id)
        return places
      },
    },
  })

let last = 0

/** Keeps a place; what is written right before it goes before it. */
export function keepPlace(view: EditorView, place: Place): number {
  last += 1
  view.dispatch(view.state.tr.setMeta(key, { id: last, place } satisfies PlaceMeta))
  return last
}

/** Where it is by now; null: it was let go. */
export const placeNow = (state: EditorState, id: number): Place | null => key.getState(state)?.get(id) ?? null

export function letGo(view: EditorView, id: number): void {
  if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, { id, place: null } satisfies PlaceMeta))
}
