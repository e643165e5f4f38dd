import type { Editor } from '@tiptap/core'
import type { Node as ProseMirrorNode, ResolvedPos } from '@tiptap/pm/model'
import { type EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import { dispatchAsStep } from '../binding/structural'

/**
 * Puts a block where the caret is: in place of an empty paragraph, else behind the nearest block around the caret
 * behind which the schema allows it. The caret goes into it, or where it holds no text, behind it.
 *
 * @returns Null where the document can hold it nowhere there.
 */
function insertedBlock(state: EditorState, block: ProseMirrorNode): Transaction | null {
  const place = placeFor(state.selection.$to, block)
  if (!place) return null
  const { tr } = state
  tr.replaceWith(place.from, place.to, block)
  const behind = place.from + block.nodeSize
  const within = Selection.findFrom(tr.doc.resolve(place.from), 1, true)
  if (within && within.from < behind) return tr.setSelection(within).scrollIntoView()
  const next = tr.doc.resolve(behind)
  if (!next.nodeAfter?.isTextblock) {
    const paragraph = state.schema.nodes.paragraph?.create()
    if (paragraph) tr.insert(behind, paragraph)
  }
  return tr.setSelection(TextSelection.near(tr.doc.resolve(behind + 1))).scrollIntoView()
}

function placeFor($at: ResolvedPos, block: ProseMirrorNode): { from: number; to: number } | null {
  for (let depth = $at.depth; depth > 0; depth -= 1) {
    const parent = $at.node(depth - 1)
    const index = $at.index(depth - 1)
    const here = $at.node(depth)
    const isEmpty = depth === $at.depth && here.type.name === 'paragraph' && here.content.size === 0
    if (isEmpty && parent.canReplaceWith(index, index + 1, block.type)) {
      return { from: $at.before(depth), to: $at.after(depth) }
    }
    if (parent.canReplaceWith(index + 1, index + 1, block.type)) {
      return { from: $at.after(depth), to: $at.after(depth) }
    }
  }
  return null
}

/** The same as one step of undo. True: it stands there. */
export function insertBlock(editor: Editor, block: ProseMirrorNode): boolean {
  if (!dispatchAsStep(editor, insertedBlock(editor.state, block))) return false
  editor.view.focus()
  return true
}
