import { Node } from '@tiptap/core'
import type { DecisionState } from '../attribute'

/** What was decided (its first block says it in a sentence), by whom and when. Gathered into the decision log. */
export const Decision = Node.create({
  name: 'decision',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes() {
    return {
      state: {
        default: 'proposed' satisfies DecisionState,
        parseHTML: (element) => element.dataset.decision,
        renderHTML: ({ state }) => ({ 'data-decision': state }),
      },
      day: {
        default: null,
        parseHTML: (element) => element.dataset.day ?? null,
        renderHTML: ({ day }) => (day === null ? {} : { 'data-day': day }),
      },
      deciders: {
        default: null,
        parseHTML: (element) => element.dataset.deciders ?? null,
        renderHTML: ({ deciders }) => (deciders === null ? {} : { 'data-deciders': deciders }),
      },
    }
  },
  parseHTML: () => [{ tag: 'section[data-decision]' }],
  renderHTML: ({ HTMLAttributes }) => ['section', HTMLAttributes, 0],
})
