import { Extension } from '@tiptap/core'
import { Plugin, PluginKey } from '@tiptap/pm/state'

/** In blocks: less than that is laid out whole, since it gains nothing. */
const longFrom = 200

/** Tells the style sheet of a long text, whose blocks are laid out only where they are seen (editor.css). */
export const LongText = Extension.create({
  name: 'longText',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('longText'),
      props: { attributes: ({ doc }) => (doc.childCount < longFrom ? {} : { class: 'is-long' }) },
    }),
  ],
})
