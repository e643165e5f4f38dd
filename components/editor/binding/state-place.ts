import type { EditorState } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { XmlFragment } from 'yjs'
import type { AnchorPlace } from '../../../lib/content/anchor/anchor-position'

/** One for each state, since what is listed of the body is kept with it. */
const places = new WeakMap<EditorState, AnchorPlace>()

/** The document and the body it is drawn from, at rest or right after the body changed. Null: there is none. */
export function placeOfState(state: EditorState): AnchorPlace | null {
  const fragment: unknown = ySyncPluginKey.getState(state)?.type
  if (!(fragment instanceof XmlFragment)) return null
  const known = places.get(state)
  if (known) return known
  const place = { doc: state.doc, fragment }
  places.set(state, place)
  return place
}
