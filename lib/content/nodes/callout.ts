import { Node } from '@tiptap/core'
import type { CalloutKind } from '../attribute'

/** Blocks that stand out from the text: a note, a warning. In Markdown an alert of GitHub's (`> [!NOTE]`). */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes() {
    return {
      kind: {
        default: 'note' satisfies CalloutKind,
        parseHTML: (element) => element.dataset.callout,
        renderHTML: ({ kind }) => ({ 'data-callout': kind }),
      },
    }
  },
  parseHTML: () => [{ tag: 'aside[data-callout]' }],
  renderHTML: ({ HTMLAttributes }) => ['aside', HTMLAttributes, 0],
})
