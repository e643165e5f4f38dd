import { Fragment, type Node as ProseMirrorNode, Slice } from '@tiptap/pm/model'
import { EditorState, type Plugin, type Transaction } from '@tiptap/pm/state'
import { Mapping } from '@tiptap/pm/transform'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { expect, test, vi } from 'vitest'
import { BlockIds, idChanges } from '../../../components/editor/binding/block-ids'
import { contentSchema } from '../../../lib/content/schema'

const { heading, paragraph } = contentSchema.nodes
const h = (id: string | null, text: string) =>
  heading?.create({ id, level: 1 }, text ? contentSchema.text(text) : []) as ProseMirrorNode
const p = (id: string | null, text: string) =>
  paragraph?.create({ id }, text ? contentSchema.text(text) : []) as ProseMirrorNode
const doc = (...blocks: ProseMirrorNode[]) => contentSchema.topNodeType.create(null, blocks)

/** What stands in the document after a local edit, as `id:text`, once the ids have been written. */
function after(before: ProseMirrorNode, edit: (tr: Transaction) => void): string[] {
  const state = EditorState.create({ doc: before })
  const { tr } = state
  edit(tr)
  let next = 0
  const changes = idChanges(before, tr.doc, new Mapping(tr.mapping.maps), () => {
    next += 1
    return `new${next}`
  })
  for (const { position, id } of changes) tr.setNodeAttribute(position, 'id', id)
  const blocks: string[] = []
  tr.doc.forEach((block) => {
    blocks.push(`${block.attrs.id}:${block.textContent}`)
  })
  return blocks
}

test('typing writes nothing', () => {
  expect(after(doc(h('a', 'One'), p('b', 'text')), (tr) => tr.insertText('more ', 6))).toEqual([
    'a:One',
    'b:more text',
  ])
})

test('a new block gets an id of its own', () => {
  expect(after(doc(p('a', 'One')), (tr) => tr.insert(5, p(null, 'Two')))).toEqual(['a:One', 'new1:Two'])
})

test('a block that is split in the middle keeps its id in the first half', () => {
  const attrs = { type: paragraph as NonNullable<typeof paragraph>, attrs: { id: null } }
  expect(after(doc(p('a', 'OneTwo')), (tr) => tr.split(4, 1, [attrs]))).toEqual(['a:One', 'new1:Two'])
})

test('Enter at the start of a heading keeps the section with its words', () => {
  const attrs = { type: heading as NonNullable<typeof heading>, attrs: { id: null, level: 1 } }
  const split = (tr: Transaction) => {
    tr.split(1, 1, [attrs])
    // What the editor does next: the empty half becomes a paragraph without a name.
    tr.setNodeMarkup(0, paragraph, { id: null })
  }
  expect(after(doc(h('a', 'Rationale'), p('b', 'text')), split)).toEqual(['new1:', 'a:Rationale', 'b:text'])
})

test('Enter at the start of a paragraph moves the name along with the words', () => {
  const attrs = { type: paragraph as NonNullable<typeof paragraph>, attrs: { id: null } }
  expect(after(doc(p('a', 'Words')), (tr) => tr.split(1, 1, [attrs]))).toEqual(['new1:', 'a:Words'])
})

test('a copy pasted above the original takes nothing from it', () => {
  const before = doc(h('a', 'Section'), p('b', 'text'))
  const paste = (tr: Transaction) => tr.replace(0, 0, new Slice(Fragment.from(h('a', 'Section')), 0, 0))
  expect(after(before, paste)).toEqual(['new1:Section', 'a:Section', 'b:text'])
})

test('cut and paste takes the name along', () => {
  const before = doc(h('a', 'Section'), p('b', 'text'))
  const move = (tr: Transaction) => {
    tr.delete(0, 9)
    tr.insert(tr.doc.content.size, h('a', 'Section'))
  }
  expect(after(before, move)).toEqual(['b:text', 'a:Section'])
})

test('twins that two people made at once are told apart by the next local edit: the first stays', () => {
  const twins = doc(h('a', 'Moved'), p('b', 'text'), h('a', 'Moved'))
  expect(after(twins, (tr) => tr.insertText('!', 6))).toEqual(['a:Moved!', 'b:text', 'new1:Moved'])
})

/** An editor's state that gives its blocks their ids. */
function editor(...blocks: ProseMirrorNode[]) {
  const make = BlockIds.config.addProseMirrorPlugins as unknown as () => Plugin[]
  let state = EditorState.create({ doc: doc(...blocks), plugins: make.call({}) })
  return {
    edit(change: (tr: Transaction) => Transaction) {
      state = state.apply(change(state.tr))
    },
    ids: () => state.doc.content.content.map((block) => block.attrs.id),
  }
}

test('typing looks at all blocks once, and then at none, whoever types', () => {
  const { edit } = editor(p('a', 'One'), p('b', 'Two'))
  edit((tr) => tr.insertText('x', 1))
  const looks = vi.spyOn(Object.getPrototypeOf(contentSchema.topNodeType.create()), 'descendants')
  edit((tr) => tr.insertText('y', 1))
  edit((tr) => tr.insertText('by others ', 1).setMeta(ySyncPluginKey, { isChangeOrigin: true }))
  edit((tr) => tr.insertText('z', 1))
  expect(looks).not.toHaveBeenCalled()
  looks.mockRestore()
})

test('a twin that others brought is named with the next local edit, typing included', () => {
  const { edit, ids } = editor(p('a', 'One'), p('b', 'Two'))
  edit((tr) => tr.insertText('x', 1))
  edit((tr) => tr.insert(0, p('b', 'Twin')).setMeta(ySyncPluginKey, { isChangeOrigin: true }))
  expect(ids()).toEqual(['b', 'a', 'b'])
  edit((tr) => tr.insertText('y', 1))
  expect(new Set(ids()).size).toBe(3)
})
