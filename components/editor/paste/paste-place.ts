import type { EditorState } from '@tiptap/pm/state'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** Where something is to be put in that is still being read, while the text around it changes. */
export interface Place {
  readonly from: number
  readonly to: number
}

/** `behind`: what is written right before it goes before it. `around`: it grows with what is written at its end. */
type Side = 'behind' | 'around'
type Kept = Place & { readonly side: Side }
type Places = ReadonlyMap<number, Kept>
type PlaceMeta = { readonly id: number; readonly place: Kept | null }

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
        const places = new Map<number, Kept>()
        for (const [id, { from, to, side }] of before) {
          const start = tr.mapping.map(from, side === 'around' ? -1 : 1)
          places.set(id, { from: start, to: Math.max(start, tr.mapping.map(to, 1)), side })
        }
        if (meta?.place) places.set(meta.id, meta.place)
        else if (meta) places.delete(meta.id)
        return places
      },
    },
  })

let last = 0

/** Keeps a place while the text changes. @returns its number. */
export function keepPlace(view: EditorView, place: Place, side: Side = 'behind'): number {
  last += 1
  const meta: PlaceMeta = { id: last, place: { from: place.from, to: place.to, side } }
  view.dispatch(view.state.tr.setMeta(key, meta))
  return last
}

/** Where it is by now; null: it was let go. */
export const placeNow = (state: EditorState, id: number): Place | null => key.getState(state)?.get(id) ?? null

export function letGo(view: EditorView, id: number): void {
  if (!view.isDestroyed) view.dispatch(view.state.tr.setMeta(key, { id, place: null } satisfies PlaceMeta))
}
