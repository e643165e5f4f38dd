import type { ChainedCommands, Editor } from '@tiptap/core'
import { yUndoPluginKey } from '@tiptap/y-tiptap'

/** Ends the present step of undo: what follows is undone by itself. */
export function endUndoStep(editor: Editor): void {
  yUndoPluginKey.getState(editor.state)?.undoManager.stopCapturing()
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
