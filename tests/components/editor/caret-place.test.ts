import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { followMovedBlock } from '../../../components/editor/caret-place'
import { contentSchema } from '../../../lib/content/schema'

const p = (id: string, text: string) =>
  contentSchema.nodes.paragraph?.create({ id }, contentSchema.text(text)) as ProseMirrorNode
const state = (blocks: ProseMirrorNode[], caret: number) => {
  const doc = contentSchema.topNodeType.create(null, blocks)
  return EditorState.create({ doc, selection: TextSelection.create(doc, caret) })
}

test('a block that somebody moves takes the caret in it along', () => {
  const before = state([p('a', 'One'), p('b', 'Two')], 3)
  const after = state([p('b', 'Two'), p('a', 'One')], 1)
  const moved = followMovedBlock(before, after)
  expect(moved?.selection.head).toBe(8)
  expect(moved?.selection.$head.parent.attrs.id).toBe('a')
})

test('a caret that is where it belongs, or whose block is gone, is left alone', () => {
  const before = state([p('a', 'One'), p('b', 'Two')], 3)
  expect(followMovedBlock(before, state([p('a', 'One more'), p('b', 'Two')], 5))).toBeNull()
  expect(followMovedBlock(before, state([p('b', 'Two')], 1))).toBeNull()
})
