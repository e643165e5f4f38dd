import { type Editor, Extension } from '@tiptap/core'
import { NodeSelection, Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import { toast } from '../../ui/toast'
import { dispatchAsStep, structural } from '../binding/structural'
import type { InsertAction } from '../insert/insert-action'
import { insertActions, isPossible, runInsert } from '../insert/insert-list'
import { type BlockRange, listTypes, steppedBlocks } from './block-range'

/** One step of undo. True: something was done. */
export function runOnBlocks(editor: Editor, tr: Transaction | null): boolean {
  if (!dispatchAsStep(editor, tr)) return false
  editor.view.focus()
  return true
}

const moveBlocks = (editor: Editor, direction: 'up' | 'down'): boolean =>
  runOnBlocks(editor, steppedBlocks(editor.state, direction))

/** Keys for the block at the caret; within tables they are the table's. */
export const BlockKeys = Extension.create<{ onMenu: () => boolean }>({
  name: 'blockKeys',
  // Behind the table's own.
  priority: 50,
  addOptions: () => ({ onMenu: () => false }),
  addKeyboardShortcuts() {
    return {
      'Alt-Shift-ArrowUp': () => moveBlocks(this.editor, 'up') || true,
      'Alt-Shift-ArrowDown': () => moveBlocks(this.editor, 'down') || true,
      'Alt-F9': () => this.options.onMenu(),
    }
  },
})

const textTypes: readonly string[] = ['paragraph', 'heading', 'codeBlock']

/** What the block at the caret can become. Nothing for what holds no text of its own, as a table or an image. */
export function becomes({ state }: Editor, { nodes }: BlockRange): readonly InsertAction[] {
  const [node] = nodes
  if (!node || nodes.length > 1 || state.selection instanceof NodeSelection) return []
  const { name } = node.type
  return insertActions.filter((action) => {
    const { turnsInto } = action
    if (turnsInto === undefined || (turnsInto === name && name !== 'heading')) return false
    if (node.isTextblock) return isPossible(state, action)
    return listTypes.includes(name) && [...textTypes, ...listTypes].includes(turnsInto)
  })
}

/** Turns the block at the caret into something else; its words and its name stay. */
export function turnInto(editor: Editor, { from, to, nodes }: BlockRange, action: InsertAction): void {
  const isList = listTypes.includes(nodes[0]?.type.name ?? '')
  if (isList) {
    const { doc, tr } = editor.state
    // All of its items, not the one at the caret alone.
    editor.view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))))
    if (textTypes.includes(action.turnsInto ?? '')) structural(editor, (chain) => chain.clearNodes())
  }
  runInsert(editor, action)
  if (isList) {
    const { doc, tr, selection } = editor.state
    editor.view.dispatch(tr.setSelection(Selection.near(doc.resolve(selection.from))))
  }
}

/** The address of a block of this document. Null: it has no name yet. */
export function linkTo({ nodes }: BlockRange): string | null {
  const id: unknown = nodes[0]?.attrs.id
  return typeof id === 'string' ? `${location.origin}${location.pathname}#${id}` : null
}

export function copyLink(range: BlockRange): void {
  const address = linkTo(range)
  if (address === null) return
  navigator.clipboard.writeText(address).then(
    () => toast({ text: 'Link copied.' }),
    () => toast({ text: `The browser did not allow it. The address is ${address}` }),
  )
}

/** Selects all words of a block, for a comment on it. False: it has none. */
export function selectWords(editor: Editor, { from, to }: BlockRange): boolean {
  const { doc, tr } = editor.state
  const selection = TextSelection.between(doc.resolve(from), doc.resolve(to))
  if (selection.empty || doc.textBetween(selection.from, selection.to, ' ').trim() === '') return false
  editor.view.dispatch(tr.setSelection(selection))
  return true
}
