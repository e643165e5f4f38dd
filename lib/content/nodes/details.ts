import { Node } from '@tiptap/core'

/**
 * Blocks that are folded away behind the first of them. That one is no node of its own kind: two who write in it and
 * below it at once can leave no state that the schema cannot build. Whether it is open is each reader's own matter.
 */
export const Details = Node.create({
  name: 'details',
  group: 'block',
  content: 'block+',
  defining: true,
  parseHTML: () => [{ tag: 'details' }],
  renderHTML: ({ HTMLAttributes }) => ['details', { ...HTMLAttributes, open: '' }, 0],
})
