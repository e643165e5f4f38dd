import type { Editor } from '@tiptap/core'
import { TextSelection } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { slashMenuOf, slashPlugin } from '../../../components/editor/insert/slash'
import { contentSchema } from '../../../lib/content/schema'
import { type Desk, World } from '../../lib/content/anchor-world'

const text = (words: string) => (words === '' ? [] : [contentSchema.text(words)])
const paragraph = (words: string, id: string) => contentSchema.node('paragraph', { id }, text(words))

function world(...paragraphs: string[]) {
  const plugins: ReturnType<typeof slashPlugin>[] = []
  const blocks = paragraphs.map((words, index) => paragraph(words, `p${index}`))
  const made = new World(contentSchema.node('doc', null, blocks), 2, (index) => {
    plugins[index] = slashPlugin({} as Editor)
    return [plugins[index]]
  })
  const type = (words: string) => {
    const desk = made.desk(0)
    for (const letter of words) {
      const { from, to } = desk.state.selection
      const usual = () => desk.state.tr.insertText(letter, from, to)
      const handle = plugins[0]?.props.handleTextInput as unknown as (...given: unknown[]) => boolean
      if (!handle(desk.view, from, to, letter, usual)) desk.dispatch(usual())
    }
  }
  return { world: made, ada: made.desk(0), grace: made.desk(1), type }
}

const caretAt = (desk: Desk, position: number) =>
  desk.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, position)))

const ids = (desk: Desk) => slashMenuOf(desk.state)?.actions.map(({ id }) => id)

test('a slash opens where a word may begin, and in a path or a date it does not', () => {
  for (const [before, opens] of [
    ['', true],
    ['We use ', true],
    ['(', true],
    ['/usr', false],
    ['2026', false],
  ] as const) {
    const { ada, type } = world(before)
    caretAt(ada, 1 + before.length)
    type('/')
    expect(slashMenuOf(ada.state) !== null, `behind "${before}"`).toBe(opens)
    expect(ada.state.doc.textContent).toBe(`${before}/`)
  }
})

test('what is typed finds by name and by other words, the best first; what finds nothing is text', () => {
  const { ada, type } = world('')
  caretAt(ada, 1)
  type('/h')
  expect(ids(ada)?.slice(0, 3)).toEqual(['heading-1', 'heading-2', 'heading-3'])
  type('2')
  expect(ids(ada)).toEqual(['heading-2'])
  caretAt(ada, 1)
  expect(slashMenuOf(ada.state), 'the caret has left it').toBeNull()
  caretAt(ada, 4)
  expect(slashMenuOf(ada.state), 'and coming back opens nothing').toBeNull()
  type(' /todo')
  expect(ids(ada)).toEqual(['tasks'])
  type(' x')
  expect(slashMenuOf(ada.state)).toBeNull()
})

test('others write above and in the same line meanwhile, and it goes on', () => {
  const { world: all, ada, grace, type } = world('One', 'Two ')
  caretAt(ada, ada.state.doc.content.size - 1)
  type('/ta')
  all.sync()
  grace.edit((tr) => tr.insertText('Above. ', 1))
  grace.edit((tr) => tr.insertText('Before. ', grace.find('Two').from))
  all.sync()
  expect(slashMenuOf(ada.state)).toMatchObject({ query: 'ta', from: ada.find('/ta').from })
  type('b')
  expect(ids(ada)).toEqual(['table'])
  // Somebody takes away the paragraph that it stands in.
  const { from } = grace.find('Before')
  grace.edit((tr) => tr.delete(from - 1, tr.doc.content.size))
  all.sync()
  expect(slashMenuOf(ada.state)).toBeNull()
})
