import type { Editor } from '@tiptap/core'
import { type Anchor, anchorAt } from '../../../lib/content/anchor/anchor'
import { placeOfState } from '../binding/state-place'

/** An anchor for the selected words; null where none are selected. */
export function selectedAnchor(editor: Editor): Anchor | null {
  const { from, to, empty } = editor.state.selection
  const place = empty ? null : placeOfState(editor.state)
  return place && anchorAt(place, { from, to })
}
