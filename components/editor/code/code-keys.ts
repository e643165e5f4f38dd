import { type Editor, Extension } from '@tiptap/core'
import { type EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { mathLanguage } from '../../../lib/content/nodes/drawn-language'
import { endUndoStep } from '../binding/structural'

const indent = '  '

/**
 * Keys within code. Tab and Shift-Tab move lines; Escape leads out of the block, so that nobody is caught in it
 * (WCAG 2.1.2). `$$` and Enter begin a formula.
 */
export const CodeKeys = Extension.create({
  name: 'codeKeys',
  // Before those that come with the node.
  priority: 200,
  addKeyboardShortcuts() {
    return {
      Tab: ({ editor }) => inCode(editor) && apply(editor, indented(editor.state)),
      'Shift-Tab': ({ editor }) => inCode(editor) && apply(editor, outdented(editor.state)),
      Escape: ({ editor }) => inCode(editor) && leave(editor),
      Enter: ({ editor }) => beginFormula(editor),
    }
  },
})

const inCode = ({ state }: Editor): boolean => {
  const { $from, $to } = state.selection
  return $from.parent.type.name === 'codeBlock' && $from.sameParent($to)
}

function apply({ view }: Editor, change: Transaction): boolean {
  if (change.docChanged) view.dispatch(change.scrollIntoView())
  return true
}

/** A caret gets a step to the right; a selection moves all of its lines. */
export function indented(state: EditorState): Transaction {
  const { selection, tr } = state
  if (selection.empty) return tr.insertText(indent)
  for (const start of lineStarts(state).reverse()) tr.insertText(indent, start)
  return tr
}

/** Takes up to one step of white space from the beginning of each line that is selected. */
export function outdented(state: EditorState): Transaction {
  const { $from } = state.selection
  const text = $from.parent.textContent
  const { tr } = state
  for (const start of lineStarts(state).reverse()) {
    const white = /^(\t| {1,2})/.exec(text.slice(start - $from.start()))?.[0].length ?? 0
    if (white > 0) tr.delete(start, start + white)
  }
  return tr
}

/** Positions at which lines begin that the selection touches, in order. */
function lineStarts({ selection }: EditorState): number[] {
  const { $from, $to, empty } = selection
  const text = $from.parent.textContent
  const first = text.slice(0, $from.parentOffset).lastIndexOf('\n') + 1
  const starts = [first]
  for (
    let at = text.indexOf('\n', first);
    at >= 0 && at < $to.parentOffset;
    at = text.indexOf('\n', at + 1)
  ) {
    // A selection that ends at the very beginning of a line does not mean that line.
    if (empty || at + 1 < $to.parentOffset) starts.push(at + 1)
  }
  return starts.map((offset) => $from.start() + offset)
}

/** Puts the caret behind the block, in a line that is made where there is none. */
function leave(editor: Editor): boolean {
  const { $from } = editor.state.selection
  const behind = $from.after()
  const next = Selection.findFrom(editor.state.doc.resolve(behind), 1)
  if (next) {
    editor.view.dispatch(editor.state.tr.setSelection(next).scrollIntoView())
    return true
  }
  return editor.commands.exitCode()
}

function beginFormula(editor: Editor): boolean {
  const { $from, empty } = editor.state.selection
  const line = $from.parent
  const { codeBlock } = editor.schema.nodes
  if (!empty || !codeBlock || line.type.name !== 'paragraph' || line.textContent !== '$$') return false
  if (!$from.node(-1).canReplaceWith($from.index(-1), $from.indexAfter(-1), codeBlock)) return false
  endUndoStep(editor)
  return editor
    .chain()
    .deleteRange({ from: $from.start(), to: $from.end() })
    .setNode('codeBlock', { language: mathLanguage })
    .run()
}

/** Puts the caret at the end of a block's text, whose source is shown by that. */
export function bringIn(view: EditorView, position: number | undefined): void {
  const node = position === undefined ? null : view.state.doc.nodeAt(position)
  if (position === undefined || !node) return
  view.focus()
  view.dispatch(
    view.state.tr.setSelection(TextSelection.create(view.state.doc, position + 1 + node.content.size)),
  )
}
