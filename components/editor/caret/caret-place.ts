import { Extension } from '@tiptap/core'
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

/**
 * Keeps the caret at its letter while others type.
 *
 * The binding (y-tiptap 3.0.9, `isMisresolvedAfterStructuralChange`) takes any remote change of the words in the
 * caret's own block for a moved block, drops the position that Yjs has kept, and puts the caret back at its old
 * offset: two people in one paragraph then write into each other's words. It does so only while it knows the
 * absolute positions of before; without them it trusts Yjs. The case that its guess is meant for, a block that
 * somebody moved (deleted and inserted again), is told here by the block's stable id instead.
 */
export const CaretPlace = Extension.create({
  name: 'caretPlace',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('caretPlace'),
      view(view) {
        trustYjs(ySyncPluginKey.getState(view.state)?.binding)
        return {}
      },
      appendTransaction: (transactions, before, after) =>
        transactions.some(isRemote) ? followMovedBlock(before, after) : null,
    }),
  ],
})

const isRemote = (transaction: Transaction): boolean => {
  const change: { isChangeOrigin?: boolean; isUndoRedoOperation?: boolean } | undefined =
    transaction.getMeta(ySyncPluginKey)
  return change?.isChangeOrigin === true && change.isUndoRedoOperation !== true
}

interface RememberedSelection {
  absAnchor?: number | undefined
  absHead?: number | undefined
}

/** From now on the binding remembers selections in Yjs' terms alone. */
function trustYjs(binding: { beforeTransactionSelection: unknown } | undefined): void {
  if (!binding) return
  let held = withoutOffsets(binding.beforeTransactionSelection)
  Object.defineProperty(binding, 'beforeTransactionSelection', {
    configurable: true,
    get: () => held,
    set: (selection: unknown) => {
      held = withoutOffsets(selection)
    },
  })
}

const withoutOffsets = (selection: unknown): RememberedSelection | null =>
  typeof selection === 'object' && selection !== null
    ? { ...selection, absAnchor: undefined, absHead: undefined }
    : null

/** When the caret's block stands elsewhere now, and the caret does not: takes it along. */
export function followMovedBlock(before: EditorState, after: EditorState): Transaction | null {
  const { $head, empty } = before.selection
  const id: unknown = $head.parent.attrs.id
  if (!empty || typeof id !== 'string' || after.selection.$head.parent.attrs.id === id) return null
  let place: number | null = null
  after.doc.descendants((node, position) => {
    if (place === null && node.isTextblock && node.attrs.id === id) {
      place = position + 1 + Math.min($head.parentOffset, node.content.size)
    }
    return place === null && !node.isTextblock
  })
  return place === null ? null : after.tr.setSelection(TextSelection.create(after.doc, place))
}
