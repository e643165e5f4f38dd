import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { absolutePositionToRelativePosition, type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

/** Tells others where one's own caret is, while the text has the focus. */
export function ownCaret(awareness: Awareness): Plugin {
  return new Plugin({
    key: new PluginKey('ownCaret'),
    view(view) {
      const tell = () => {
        const told: unknown = awareness.getLocalState()?.cursor ?? null
        if (!view.hasFocus()) {
          if (told !== null) awareness.setLocalStateField('cursor', null)
          return
        }
        const cursor = cursorOf(view.state)
        if (cursor && !isSame(told, cursor)) awareness.setLocalStateField('cursor', cursor)
      }
      view.dom.addEventListener('focusin', tell)
      view.dom.addEventListener('focusout', tell)
      return {
        update(_, before) {
          if (before.doc !== view.state.doc || !before.selection.eq(view.state.selection)) tell()
        },
        destroy() {
          view.dom.removeEventListener('focusin', tell)
          view.dom.removeEventListener('focusout', tell)
          awareness.setLocalStateField('cursor', null)
        },
      }
    },
  })
}

interface Cursor {
  readonly anchor: Y.RelativePosition
  readonly head: Y.RelativePosition
}

function cursorOf(state: EditorState): Cursor | null {
  const binding: ProsemirrorBinding | undefined = ySyncPluginKey.getState(state)?.binding
  if (!binding) return null
  const { anchor, head } = state.selection
  const at = relativePosition(state, anchor, binding)
  return { anchor: at, head: head === anchor ? at : relativePosition(state, head, binding) }
}

/**
 * What the binding calls a position. It looks for it from the first block on; here from the block that it is in,
 * which gives the same.
 */
export function relativePosition(
  state: EditorState,
  position: number,
  { type, mapping }: ProsemirrorBinding,
): Y.RelativePosition {
  const $at = state.doc.resolve(position)
  const element = $at.parent.inlineContent ? type.get($at.index(0)) : null
  if (!(element instanceof Y.XmlElement) || mapping.get(element) !== $at.node(1)) {
    return absolutePositionToRelativePosition(position, type, mapping)
  }
  const fromHere = { _first: element._item } as unknown as Y.XmlFragment
  return absolutePositionToRelativePosition(position - $at.before(1), fromHere, mapping)
}

function isSame(told: unknown, { anchor, head }: Cursor): boolean {
  if (typeof told !== 'object' || told === null) return false
  const before = told as Record<keyof Cursor, unknown>
  const was = (said: unknown) => Y.createRelativePositionFromJSON(said)
  return (
    Y.compareRelativePositions(was(before.anchor), anchor) &&
    Y.compareRelativePositions(was(before.head), head)
  )
}
