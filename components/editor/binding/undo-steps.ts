import { Extension } from '@tiptap/core'
import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { AddMarkStep, RemoveMarkStep, ReplaceStep } from '@tiptap/pm/transform'
import { ySyncPluginKey, yUndoPluginKey } from '@tiptap/y-tiptap'

/**
 * Where one step of undo ends. The undo manager gathers whatever follows within half a second: somebody who
 * types on without a pause would take back paragraphs at once. A new step begins where the caret was put
 * elsewhere, and with every change of structure (Enter, a list, a heading by `# `).
 */
export const UndoSteps = Extension.create({
  name: 'undoSteps',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('undoSteps'),
      state: {
        init: () => null,
        // Here, since the binding writes into Yjs only after the new state stands.
        apply(transaction, _, before) {
          const ours = transaction.getMeta(ySyncPluginKey) === undefined
          if (ours && beginsStep(transaction, before.doc)) {
            yUndoPluginKey.getState(before)?.undoManager.stopCapturing()
          }
          return null
        },
      },
    }),
  ],
})

/** True when what this local transaction does is undone apart from what came before it. */
export const beginsStep = (transaction: Transaction, before: ProseMirrorNode): boolean =>
  transaction.docChanged ? changesStructure(transaction, before) : transaction.selectionSet

/** True when it makes, ends or joins blocks, as far as its first step tells; false where it writes within one. */
export function changesStructure(transaction: Transaction, before: ProseMirrorNode): boolean {
  const first = transaction.steps[0]
  if (first === undefined || first instanceof AddMarkStep || first instanceof RemoveMarkStep) return false
  if (!(first instanceof ReplaceStep)) return true
  const $from = before.resolve(first.from)
  // Between blocks, whole ones come or go.
  const inside = $from.parent.inlineContent && $from.sameParent(before.resolve(first.to))
  return !inside || first.slice.content.firstChild?.isBlock === true
}
