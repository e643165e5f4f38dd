import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'

/** In blocks: less than that is laid out whole, since it gains nothing. */
const longFrom = 200

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
            const { head } = view.state.selection
            // The frame after next: in the next one the browser sees what is in sight.
            requestAnimationFrame(() => requestAnimationFrame(() => keepCaretInSight(view, head)))
          }
          return false
        },
      },
    }),
  ],
})

/** @param before where it was: on a Mac some of the keys scroll, and leave the caret there. */
function keepCaretInSight(view: EditorView, before: number): void {
  if (view.isDestroyed || !view.hasFocus() || view.state.selection.head === before) return
  const { top, bottom } = view.coordsAtPos(view.state.selection.head)
  if (top < 0 || bottom > window.innerHeight) view.dispatch(view.state.tr.scrollIntoView())
}
