import { Node } from '@tiptap/core'
import { attachmentAt, isFilePlace } from '../attachment'

/** A picture. One that is no attachment of ours is drawn without its address, so that nothing is asked for. */
export const Image = Node.create({
  name: 'image',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes() {
    return {
      src: {
        isRequired: true,
        parseHTML: (element) => placeIn(element),
        renderHTML: ({ src }) => (attachmentAt(src) === null ? { 'data-kept-src': src } : { src }),
      },
      alt: {
        default: null,
        parseHTML: (element) => element.getAttribute('alt') ?? element.dataset.alt ?? null,
        renderHTML: ({ alt }) => (alt === null ? {} : { alt }),
      },
      width: {
        default: null,
        parseHTML: (element) => Number(element.dataset.width) || null,
        renderHTML: ({ width }) => (width === null ? {} : { 'data-width': width }),
      },
    }
  },
  parseHTML: () => [
    { tag: 'img[src]', getAttrs: (element) => isFilePlace(placeIn(element)) && null },
    { tag: 'img[data-kept-src]', getAttrs: (element) => isFilePlace(placeIn(element)) && null },
  ],
  renderHTML: ({ HTMLAttributes }) => ['img', HTMLAttributes],
})

const placeIn = (element: HTMLElement): string | null =>
  element.dataset.keptSrc ?? element.getAttribute('src')
