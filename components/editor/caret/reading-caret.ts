import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

/**
 * A caret for people who may comment and not write: they walk through the text, select with the keyboard and
 * comment, and nothing they press changes a character. A browser gives a caret only to what can be edited, so
 * the body is editable for it, and every way to change something ends here: keys and menus before they act
 * (`beforeinput`), what an input method forces into the page (compositions cannot be prevented) as a
 * transaction that is refused, whereupon ProseMirror draws the text anew. What arrives from others passes.
 */
export const ReadingCaret = Extension.create({
  name: 'readingCaret',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('readingCaret'),
      filterTransaction: (transaction) =>
        !transaction.docChanged || transaction.getMeta(ySyncPluginKey) !== undefined,
      props: {
        handleDOMEvents: {
          beforeinput: stop,
          paste: stop,
          cut: stop,
          drop: stop,
          dragstart: stop,
          click: (view, event) =>
            event.target instanceof HTMLInputElement && event.target.type === 'checkbox'
              ? stop(view, event)
              : false,
        },
        handleKeyDown: (_, event) => changesText(event),
        handleTextInput: () => true,
      },
    }),
  ],
})

function stop(_: unknown, event: Event): boolean {
  event.preventDefault()
  return true
}

/** Keys that ProseMirror's own keymaps would turn into a change before the browser asks. */
const changesText = (event: KeyboardEvent): boolean =>
  ['Enter', 'Backspace', 'Delete'].includes(event.key) ||
  ((event.metaKey || event.ctrlKey) &&
    ['b', 'i', 'u', 'e', 'z', 'y', 'x', 'v'].includes(event.key.toLowerCase()))
