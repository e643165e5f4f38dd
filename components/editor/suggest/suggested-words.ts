import type { Editor } from '@tiptap/core'
import { Fragment, type Node as ProseMirrorNode } from '@tiptap/pm/model'
import { NodeSelection } from '@tiptap/pm/state'
import { CellSelection } from '@tiptap/pm/tables'
import type { Anchor } from '../../../lib/content/anchor/anchor'
import { type Made, suggestBlocks, suggestInText } from '../../../lib/content/suggestion/suggestion-make'
import { buildNodes } from '../../../lib/content/suggestion/suggestion-nodes'
import type { Suggestion } from '../../../lib/content/suggestion/suggestion-shape'
import { placeOfState } from '../binding/state-place'

const suggestYourself = 'Its words are gone. Select the text as it is now, and press Suggest.'

/**
 * What a suggestion proposed, proposed for its words as they are now.
 *
 * @param words where they are; null: nowhere.
 * @returns why not, as a sentence for the person.
 */
export function suggestionAnew(
  editor: Editor,
  { suggestion }: { readonly suggestion: Suggestion | null },
  words: { readonly from: number; readonly to: number } | null,
): (Made & { anchor: Anchor }) | string {
  const place = placeOfState(editor.state)
  const nodes = suggestion && buildNodes(suggestion.replacement, editor.schema)
  if (!place || !words || !Array.isArray(nodes) || suggestion?.place.kind !== 'words') return suggestYourself
  const made = suggestInText(place, words, Fragment.fromArray(nodes))
  return made?.anchor ? { ...made, anchor: made.anchor } : suggestYourself
}

/**
 * A suggestion on what is selected, which changes nothing yet: on words, on a point, or on whole blocks of text.
 *
 * @returns why not, as a sentence for the person, where it cannot be said so.
 */
export function suggestionOnSelection(editor: Editor): Made | string {
  const { selection, doc } = editor.state
  const place = placeOfState(editor.state)
  if (!place) return 'The text is not there yet.'
  if (selection instanceof CellSelection) {
    return 'The shape of a table cannot be suggested. Suggest other words in one cell, or comment.'
  }
  if (selection instanceof NodeSelection) return 'Select words: what is to be changed is text.'
  const { $from, $to } = selection
  if ($from.sameParent($to)) {
    const content = $from.parent.content.cut($from.parentOffset, $to.parentOffset)
    return (
      suggestInText(place, { from: $from.pos, to: $to.pos }, content) ??
      'Nothing can be suggested here. Select words of the text.'
    )
  }
  const range = $from.blockRange($to)
  const blocks: ProseMirrorNode[] = []
  for (let index = range?.startIndex ?? 0; index < (range?.endIndex ?? 0); index += 1) {
    const block = range?.parent.maybeChild(index)
    if (block) blocks.push(block)
  }
  if (!range || range.depth > 0 || blocks.some((block) => !block.isTextblock)) {
    return 'These words are in several items of a list or a table. Suggest on each of them, or comment.'
  }
  const from = doc.resolve(range.start).pos
  return (
    suggestBlocks(place, { from, to: range.end }, Fragment.fromArray(blocks).content) ??
    'Nothing can be suggested here. Select words of the text.'
  )
}
