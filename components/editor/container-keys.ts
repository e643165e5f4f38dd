import { type Editor, Extension, InputRule, wrappingInputRule } from '@tiptap/core'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { backspaceInContainer, enterInContainer, quoteToContainer } from './container-commands'
import { endUndoStep } from './structural'

/** What keys do at the edges of callouts, details, decisions, footnotes and quotes, and what typing makes of a line. */
export const ContainerKeys = Extension.create({
  name: 'containerKeys',
  // Before the keymap that joins and lifts whatever it finds.
  priority: 200,
  addKeyboardShortcuts() {
    const asOne = ({ editor }: { editor: Editor }, change: (state: EditorState) => Transaction | null) => {
      const tr = change(editor.state)
      if (!tr) return false
      endUndoStep(editor)
      editor.view.dispatch(tr)
      endUndoStep(editor)
      return true
    }
    return {
      Enter: ({ editor }) => {
        const entered = enterInContainer(editor.state)
        if (entered === 'split') return editor.commands.splitBlock()
        return entered !== null && asOne({ editor }, () => entered)
      },
      Backspace: ({ editor }) => asOne({ editor }, backspaceInContainer),
    }
  },
  addInputRules() {
    const { callout, details } = this.editor.schema.nodes
    if (!callout || !details) return []
    const joinPredicate = () => false
    return [
      wrappingInputRule({ find: /^!!!\s$/, type: callout, joinPredicate }),
      wrappingInputRule({ find: /^>>\s$/, type: details, joinPredicate }),
      new InputRule({
        find: /^\[!(\w+)\]\s$/,
        handler: ({ state, range, match }) => {
          // The state's transaction is the rule's own: what is made on it is what becomes of the key.
          if (quoteToContainer(state, match[1] ?? '', range) === null) return null
        },
      }),
    ]
  },
})
