import { Node } from '@tiptap/core'
import { isFootnoteLabel } from '../attribute'

/** The text of a footnote. It stands where it was put, and is drawn with the number of its first reference. */
export const Footnote = Node.create({
  name: 'footnote',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes() {
    return {
      label: {
        isRequired: true,
        parseHTML: (element) => element.dataset.footnote,
        renderHTML: ({ label }) => ({ 'data-footnote': label }),
      },
    }
  },
  parseHTML: () => [{ tag: 'div[data-footnote]', getAttrs: (element) => isLabelled(element, 'footnote') }],
  renderHTML: ({ HTMLAttributes }) => ['div', HTMLAttributes, 0],
})

/** The place in a line that a footnote belongs to. Several may name the same one. */
export const FootnoteReference = Node.create({
  name: 'footnoteReference',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes() {
    return {
      label: {
        isRequired: true,
        parseHTML: (element) => element.dataset.footnoteReference,
        renderHTML: ({ label }) => ({ 'data-footnote-reference': label }),
      },
    }
  },
  parseHTML: () => [
    {
      tag: 'sup[data-footnote-reference]',
      getAttrs: (element) => isLabelled(element, 'footnoteReference'),
    },
  ],
  renderHTML: ({ node, HTMLAttributes }) => ['sup', HTMLAttributes, `[${node.attrs.label}]`],
})

/** Null, for Tiptap to read the attributes; false where the label would not be legal: a node without one is none. */
const isLabelled = (element: HTMLElement, key: string): null | false =>
  isFootnoteLabel(element.dataset[key]) && null
