import { EditorState, type Transaction } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { expect, test } from 'vitest'
import { onOwnChange } from '../../../components/editor/binding/own-change'
import { contentSchema } from '../../../lib/content/schema'
import { block, body } from '../../lib/content/world'

test('what one types oneself is heard; what others type, and a caret that goes elsewhere, is not', () => {
  const listeners = new Set<(event: { transaction: Transaction }) => void>()
  const editor = {
    on: (_: string, listener: never) => listeners.add(listener),
    off: (_: string, listener: never) => listeners.delete(listener),
  } as unknown as Parameters<typeof onOwnChange>[0]
  const state = EditorState.create({ schema: contentSchema, doc: body(block(0, 'One', 'a')) })
  const tell = (transaction: Transaction) => {
    for (const listener of listeners) listener({ transaction })
  }
  let heard = 0
  const stop = onOwnChange(editor, () => {
    heard += 1
  })
  tell(state.tr.setMeta('anything', true))
  tell(state.tr.insertText('theirs', 1).setMeta(ySyncPluginKey, { isChangeOrigin: true }))
  expect(heard).toBe(0)
  tell(state.tr.insertText('mine', 1))
  expect(heard).toBe(1)
  stop()
  tell(state.tr.insertText('later', 1))
  expect(heard).toBe(1)
})
