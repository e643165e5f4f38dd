import type { Editor } from '@tiptap/core'
import { Transform } from '@tiptap/pm/transform'
import { type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap'
import { type Replacement, replacementSteps } from '../../../lib/content/find/find-replace'
import { writeBody } from '../../../lib/content/write-body'
import { endUndoStep } from '../binding/structural'

/** What became of it. */
export interface Replaced {
  readonly done: number
  /** Left alone, since they hold what is no text. */
  readonly left: number
}

/**
 * Puts words in place of others, undone as one. They are written into the body itself, word by word: the binding
 * takes all that stands between two changes of one block for changed, and what was said about it would lose its words.
 */
export function replaceWords(editor: Editor, replacements: readonly Replacement[]): Replaced {
  const { doc } = editor.state
  const { steps, done, left } = replacementSteps(doc, replacements)
  if (steps.length === 0) return { done, left }
  const binding: ProsemirrorBinding | undefined = ySyncPluginKey.getState(editor.state)?.binding
  if (!binding || !editor.isEditable) return { done: 0, left: replacements.length }
  const next = new Transform(doc)
  for (const step of steps) next.step(step)
  endUndoStep(editor)
  // The origin of what this editor writes: undo takes it back.
  binding.doc.transact(() => writeBody(binding.type, next.doc), ySyncPluginKey)
  endUndoStep(editor)
  return { done, left }
}
