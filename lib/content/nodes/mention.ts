import { Node } from '@tiptap/core'
import { parsePersonId } from '../../id'

/** Somebody who is named in the text, by id: the name is what they were called then. */
export const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes() {
    return {
      person: {
        isRequired: true,
        parseHTML: (element) => element.dataset.mention,
        renderHTML: ({ person }) => ({ 'data-mention': person }),
      },
      name: {
        default: null,
        parseHTML: (element) => element.dataset.name ?? null,
        renderHTML: ({ name }) => (name === null ? {} : { 'data-name': name }),
      },
    }
  },
  parseHTML: () => [
    {
      tag: 'span[data-mention]',
      getAttrs: (element) => parsePersonId(element.dataset.mention ?? '') !== null && null,
    },
  ],
  renderHTML: ({ node, HTMLAttributes }) => ['span', HTMLAttributes, `@${node.attrs.name ?? 'somebody'}`],
})
