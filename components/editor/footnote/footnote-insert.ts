import type { Editor } from '@tiptap/core'
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { Superscript } from 'lucide-react'
import { newFootnoteLabel } from '../../../lib/content/footnotes'
import { freshId } from '../binding/block-ids'
import { dispatchAsStep } from '../binding/structural'
import type { InsertAction } from '../insert/insert-action'

/**
 * A reference behind what is selected, and its text at the end of the document, where the caret goes.
 *
 * @returns null where a line can hold none: code, a picture.
 */
export function insertedFootnote(state: EditorState, label: string): Transaction | null {
  const { footnote, footnoteReference, paragraph } = state.schema.nodes
  const { $to } = state.selection
  if (!footnote || !footnoteReference || !paragraph) return null
  if (!$to.parent.inlineContent || !$to.parent.canReplaceWith($to.index(), $to.index(), footnoteReference))
    return null
  // A number stands at its word: the blank that a slash needs before it is not wanted.
  const blank = state.selection.empty && /\S $/u.test($to.nodeBefore?.text ?? '') ? 1 : 0
  const tr = state.tr.replaceWith($to.pos - blank, $to.pos, footnoteReference.create({ label }))
  const end = tr.doc.content.size
  tr.insert(end, footnote.create({ label }, paragraph.create()))
  return tr.setSelection(TextSelection.create(tr.doc, end + 2)).scrollIntoView()
}

function insertFootnote(editor: Editor): void {
  const tr = insertedFootnote(editor.state, newFootnoteLabel(freshId))
  if (dispatchAsStep(editor, tr)) editor.view.focus()
}

export const footnoteAction: InsertAction = {
  id: 'footnote',
  label: 'Footnote',
  icon: Superscript,
  group: 'In a line',
  keywords: ['note', 'reference', 'citation', 'endnote'],
  run: insertFootnote,
}
