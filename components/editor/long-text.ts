import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** In blocks: less than that is laid out whole, since it gains nothing. */
const longFrom = 200

/** In each of so many frames blocks that came into sight may take their own height, and bring others into it. */
const settlingFrames = 6

/** Keys by which a browser may take the caret far away; on a Mac the arrows do, with the command key. */
const farKeys: ReadonlySet<string> = new Set(['Home', 'End', 'PageUp', 'PageDown'])
const farWithMeta: ReadonlySet<string> = new Set(['ArrowUp', 'ArrowDown'])

/**
 * Tells the style sheet of a long text, whose blocks are laid out only where they are seen (editor.css). Where the
 * caret goes far, blocks take their own height when the browser has scrolled there already: it is seen to afterwards.
 */
export const LongText = Extension.create({
  name: 'longText',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('longText'),
      props: {
        attributes: ({ doc }) => (doc.childCount < longFrom ? {} : { class: 'is-long' }),
        handleKeyDown(view, { key, metaKey }) {
          const isFar = farKeys.has(key) || (metaKey && farWithMeta.has(key))
          if (isFar && view.state.doc.childCount >= longFrom) {
            keepCaretInSight(view, view.state.selection.head, settlingFrames)
          }
          return false
        },
      },
    }),
  ],
})

/**
 * @param before where it was: on a Mac some of the keys scroll, and leave the caret there.
 * @param frames how many more are looked at.
 */
function keepCaretInSight(view: EditorView, before: number, frames: number): void {
  requestAnimationFrame(() => {
    if (view.isDestroyed || !view.hasFocus()) return
    const { head } = view.state.selection
    const { top, bottom } = view.coordsAtPos(head)
    const isOut = top < 0 || bottom > window.innerHeight
    if (isOut && head !== before) view.dispatch(view.state.tr.scrollIntoView())
    if (frames > 1) keepCaretInSight(view, before, frames - 1)
  })
}
