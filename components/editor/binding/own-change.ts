import type { Editor } from '@tiptap/core'
import type { Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

/** True for a change of the text that this person made now; false for one that came from others, and for undo. */
export const isOwnChange = (transaction: Transaction): boolean =>
  transaction.docChanged && transaction.getMeta(ySyncPluginKey) === undefined

/** Runs after each of this person's own changes. @returns what ends it. */
export function onOwnChange(editor: Pick<Editor, 'on' | 'off'>, run: () => void): () => void {
  const look = ({ transaction }: { transaction: Transaction }) => {
    if (isOwnChange(transaction)) run()
  }
  editor.on('transaction', look)
  return () => {
    editor.off('transaction', look)
  }
}
