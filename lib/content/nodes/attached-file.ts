import { Node } from '@tiptap/core'
import { isFilePlace } from '../attachment'

/** A file that goes with the document: drawn as its name and size, never opened in the page. */
export const AttachedFile = Node.create({
  name: 'file',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    return {
      src: {
        isRequired: true,
        parseHTML: (element) => element.dataset.file,
        renderHTML: ({ src }) => ({ 'data-file': src }),
      },
      name: {
        default: null,
        parseHTML: (element) => element.dataset.name ?? null,
        renderHTML: ({ name }) => (name === null ? {} : { 'data-name': name }),
      },
      size: {
        default: null,
        parseHTML: (element) => (element.dataset.size ? Number(element.dataset.size) : null),
        renderHTML: ({ size }) => (size === null ? {} : { 'data-size': size }),
      },
    }
  },
  parseHTML: () => [
    { tag: 'div[data-file]', getAttrs: (element) => isFilePlace(element.dataset.file) && null },
  ],
  renderHTML: ({ node, HTMLAttributes }) => ['div', HTMLAttributes, node.attrs.name ?? 'File'],
})
