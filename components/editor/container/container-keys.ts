import { Extension, InputRule, wrappingInputRule } from '@tiptap/core'
import type { EditorView } from '@tiptap/pm/view'
import { dispatchAsStep } from '../binding/structural'
import { elementAround } from '../block/block-around'
import { backspaceInContainer, enterInContainer, quoteToContainer } from './container-commands'

/** What keys do at the edges of callouts, details, decisions, footnotes and quotes, and what typing makes of a line. */
export const ContainerKeys = Extension.create({
  name: 'containerKeys',
  // Before the keymap that joins and lifts whatever it finds.
  priority: 200,
  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const entered = enterInContainer(editor.state)
        if (entered === 'split') return editor.commands.splitBlock()
        return dispatchAsStep(editor, entered)
      },
      Backspace: ({ editor }) => dispatchAsStep(editor, backspaceInContainer(editor.state)),
      'Alt-Enter': ({ editor }) => focusDrawn(editor.view),
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

const withButtons: readonly string[] = ['callout', 'details', 'decision', 'footnote']

/** To the first button of the nearest block around the caret that has some; Escape leads back from them. */
function focusDrawn(view: EditorView): boolean {
  const button = elementAround(view, ...withButtons)?.querySelector('button')
  button?.focus()
  return button instanceof HTMLElement
}
