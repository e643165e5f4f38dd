import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, NodeSelection, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'

const shown = new PluginKey<boolean>('shownSelection')

/**
 * Selected words stay to be seen while a field elsewhere has the focus.
 *
 * They are drawn until the click that brings the focus back has said what it selects. Tiptap's own extension
 * (3.31) draws anew in the middle of that click, whereupon ProseMirror puts the old selection back: whoever had
 * commented on a word and then clicked somewhere else had that word selected again, and typed over it.
 */
export const ShownSelection = Extension.create({
  name: 'shownSelection',
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin<boolean>({
        key: shown,
        state: {
          init: () => false,
          // Tiptap says `blur`; that the focus is back is said below.
          apply: (transaction, before, _, after) =>
            transaction.getMeta('blur') === undefined
              ? (transaction.getMeta(shown) ?? before)
              : selectsText(after, editor),
        },
        props: {
          decorations: (state) =>
            shown.getState(state) && selectsText(state, editor)
              ? DecorationSet.create(state.doc, [
                  Decoration.inline(state.selection.from, state.selection.to, { class: 'selection' }),
                ])
              : null,
          handleDOMEvents: {
            // The browser's own colour would lie over ours.
            blur: (view) => {
              if (selectsText(view.state, editor)) window.getSelection()?.removeAllRanges()
              return false
            },
            focus: (view) => {
              setTimeout(() => {
                if (!view.isDestroyed && view.hasFocus() && shown.getState(view.state))
                  view.dispatch(view.state.tr.setMeta(shown, false))
              })
              return false
            },
          },
        },
      }),
    ]
  },
})

const selectsText = ({ selection }: EditorState, editor: Editor): boolean =>
  !selection.empty && !(selection instanceof NodeSelection) && editor.isEditable
