import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'

/**
 * A sign that somebody types (`/`, `@`), with what is typed behind it to find something, stands in the text like all
 * else: nothing has to be typed twice when it was meant so, and others' edits move it along. The text keeps the focus,
 * and the list beside it is worked by keys: Escape leaves what was typed, choosing puts something in its place.
 */

/** Whether there is text that is neither code nor a formula, so that a sign in it can mean something. */
export function isPlainText({ doc, schema }: EditorState, from: number, to: number): boolean {
  const $from = doc.resolve(from)
  const { parent } = $from
  if (!$from.sameParent(doc.resolve(to)) || !parent.inlineContent || parent.type.spec.code) return false
  const { code, formula } = schema.marks
  return !code?.isInSet($from.marks()) && !formula?.isInSet($from.marks())
}

/** What stands before a place in its line, parts of the line as one character each. */
export function lineBefore({ doc }: EditorState, position: number): string {
  const $place = doc.resolve(position)
  return $place.parent.textBetween(0, $place.parentOffset, '', '\uFFFC')
}

/** The place of the sign behind a transaction; null: it was taken away. */
export function signAfter(tr: Transaction, from: number): number | null {
  const { pos, deletedAfter } = tr.mapping.mapResult(from, 1)
  return deletedAfter ? null : pos
}

/** The sign and what was typed behind it; null: the caret has left it. */
export function typedFrom(
  { doc, selection }: Pick<EditorState, 'doc' | 'selection'>,
  from: number,
): string | null {
  if (!(selection instanceof TextSelection) || !selection.empty) return null
  const { $head } = selection
  if (from < $head.start() || from >= $head.pos) return null
  return doc.textBetween(from, $head.pos, '', '\uFFFC')
}

/** What the text says of the list beside it; `optionId` is that of what would be taken. */
export const ariaOfOffer = (listId: string, optionId: string): Record<string, string> => ({
  'aria-haspopup': 'listbox',
  'aria-controls': listId,
  'aria-activedescendant': optionId,
})

export interface Offered<Option> {
  readonly options: readonly Option[]
  /** Which of them Enter takes, counted from 0. */
  readonly chosen: number
  readonly choose: (index: number) => void
  readonly take: (option: Option) => void
  readonly close: () => void
}

/** @returns true: the key was meant for the list. */
export function offerKey<Option>(event: KeyboardEvent, offered: Offered<Option> | null): boolean {
  if (!offered || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
    return false
  }
  const { options, chosen, choose, take, close } = offered
  const option = options[chosen]
  switch (event.key) {
    case 'ArrowDown':
      choose((chosen + 1) % options.length)
      return true
    case 'ArrowUp':
      choose((chosen - 1 + options.length) % options.length)
      return true
    case 'Escape':
      close()
      return true
    case 'Enter':
    case 'Tab':
      if (option !== undefined) take(option)
      return true
    default:
      return false
  }
}
