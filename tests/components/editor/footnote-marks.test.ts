import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { type EditorState, TextSelection } from '@tiptap/pm/state'
import type { DecorationSet } from '@tiptap/pm/view'
import { expect, test } from 'vitest'
import { insertedFootnote } from '../../../components/editor/footnote/footnote-insert'
import { type FootnoteSpec, footnoteMarks } from '../../../components/editor/footnote/footnote-marks'
import { contentSchema } from '../../../lib/content/schema'
import { type Desk, World } from '../../lib/content/anchor-world'

const p = (id: string, ...parts: (string | ProseMirrorNode)[]) =>
  contentSchema.node(
    'paragraph',
    { id },
    parts.map((part) => (typeof part === 'string' ? contentSchema.text(part) : part)),
  )
const reference = (label: string) => contentSchema.node('footnoteReference', { label })
const footnote = (label: string, words: string) =>
  contentSchema.node('footnote', { id: `f-${label}`, label }, [p(`t-${label}`, words)])

function world(...blocks: ProseMirrorNode[]) {
  const marks = [footnoteMarks(), footnoteMarks()]
  const all = new World(contentSchema.node('doc', null, blocks), 2, (index) => marks.slice(index, index + 1))
  const drawn = (index: number): DecorationSet => {
    const plugin = marks[index]
    const set = plugin?.props.decorations?.call(plugin, all.desk(index).state as EditorState)
    return set as DecorationSet
  }
  /** What each mark of a page says, by what it stands on. */
  const numbers = (index: number) =>
    drawn(index)
      .find()
      .sort((a, b) => a.from - b.from)
      .map(({ from, to, spec }) => {
        const node = all.desk(index).state.doc.nodeAt(from)
        expect(to - from).toBe(node?.nodeSize)
        return `${node?.type.name === 'footnote' ? 'text' : 'ref'} ${node?.attrs.label}: ${(spec as FootnoteSpec).footnote}`
      })
  return { all, ada: all.desk(0), grace: all.desk(1), numbers, drawn }
}

const put = (desk: Desk, at: number, label: string) => {
  desk.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, at)))
  const tr = insertedFootnote(desk.state, label)
  if (!tr) throw new Error('none can stand here')
  desk.dispatch(tr)
}

test('numbers follow the first references, on every page, and typing only moves them', () => {
  const { all, ada, grace, numbers, drawn } = world(
    p('a', 'One', reference('x')),
    p('b', 'Two'),
    footnote('x', 'About one.'),
  )
  expect(numbers(0)).toEqual(['ref x: 1', 'text x: 1'])
  put(ada, ada.find('On').from, 'y')
  all.sync()
  const both = ['ref y: 1', 'ref x: 2', 'text x: 2', 'text y: 1']
  expect([numbers(0), numbers(1)]).toEqual([both, both])
  const [before] = drawn(0).find()
  grace.edit((tr) => tr.insertText('!', grace.find('Two').from))
  all.sync()
  expect(numbers(0)).toEqual(both)
  expect(drawn(0).find()[0]?.spec, 'nothing is drawn anew').toBe(before?.spec)
})

test('the caret goes into the new text, and one undo takes both away', () => {
  const { ada, numbers } = world(p('a', 'One'))
  put(ada, 4, 'x')
  expect(ada.state.selection.$head.node(1).type.name).toBe('footnote')
  expect(numbers(0)).toEqual(['ref x: 1', 'text x: 1'])
  ada.undo()
  expect(numbers(0)).toEqual([])
  expect(ada.state.doc.childCount).toBe(1)
})

test('a reference to nothing, a text without one and a second text of one label are said', () => {
  const { numbers } = world(p('a', 'One', reference('gone')), footnote('x', 'Alone.'))
  expect(numbers(0)).toEqual(['ref gone: null', 'text x: null'])
  const twice = world(p('a', 'One', reference('x')), footnote('x', 'First.'), footnote('x', 'Again.'))
  expect(twice.numbers(0)).toEqual(['ref x: 1', 'text x: 1', 'text x: null'])
})

test('code holds no reference', () => {
  const { ada } = world(contentSchema.node('codeBlock', { id: 'c' }, [contentSchema.text('x = 1')]))
  ada.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, 2)))
  expect(insertedFootnote(ada.state, 'x')).toBeNull()
})
