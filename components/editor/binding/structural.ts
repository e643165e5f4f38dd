import type { ChainedCommands, Editor } from '@tiptap/core'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { yUndoPluginKey } from '@tiptap/y-tiptap'

/** Ends the present step of undo: what follows is undone by itself. */
export function endUndoStep({ state }: { readonly state: EditorState }): void {
  yUndoPluginKey.getState(state)?.undoManager.stopCapturing()
}

/** Makes a change as one step of undo. False: there is none to make, or nobody may write here. */
export function dispatchAsStep(editor: Editor, tr: Transaction | null): boolean {
  if (!tr || !editor.isEditable) return false
  endUndoStep(editor)
  editor.view.dispatch(tr)
  endUndoStep(editor)
  return true
}

/**
 * Runs commands that change structure as one step of undo. Without this the typing of the last half second
 * and the change would be undone together.
 */
export function structural(editor: Editor, run: (chain: ChainedCommands) => ChainedCommands): boolean {
  endUndoStep(editor)
  const done = run(editor.chain().focus()).run()
  endUndoStep(editor)
  return done
}
