import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { EditorState, TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { followMovedBlock } from '../../../components/editor/caret/caret-place'
import type { DocumentJson } from '../../../lib/content/document-json'
import { contentSchema } from '../../../lib/content/schema'
import { World } from '../../lib/content/anchor-world'
import { block, body } from '../../lib/content/world'

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

test('in a list the caret stays behind what was typed when somebody writes elsewhere', () => {
  const item = (text: string, id: string): DocumentJson => ({
    type: 'listItem',
    attrs: { id: `i${id}` },
    content: [block(0, text, id)],
  })
  const list: DocumentJson = {
    type: 'bulletList',
    attrs: { id: 'l1' },
    content: [item('One', 'p1'), item('Two', 'p2')],
  }
  const world = new World(body(block(0, 'Before.', 'p0'), list, block(0, 'Behind.', 'p3')), 2)
  const [ada, ben] = [world.desk(0), world.desk(1)]
  ada.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, ada.find('Two').to)))
  ada.edit((tr) => tr.insertText('!'))
  ben.edit((tr) => tr.insertText('x', ben.find('Before').from))
  world.sync()
  ada.edit((tr) => tr.insertText('?'))
  expect(ada.state.doc.textContent).toBe('xBefore.OneTwo!?Behind.')
})
