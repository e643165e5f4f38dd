import type { Editor } from '@tiptap/core'
import type { AttributeValue } from '../../../lib/content/attribute'
import { dispatchAsStep } from '../binding/structural'

/** Writes attributes of the block that stands at a position now, as one step of undo. */
export function setAttributes(
  editor: Editor,
  position: number | undefined,
  given: Readonly<Record<string, AttributeValue>>,
): void {
  if (position === undefined || editor.isDestroyed || !editor.state.doc.nodeAt(position)) return
  const { tr } = editor.state
  for (const [name, value] of Object.entries(given)) tr.setNodeAttribute(position, name, value)
  dispatchAsStep(editor, tr)
}
