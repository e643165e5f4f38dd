import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { TextSelection, type Transaction } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import {
  backspaceInContainer,
  enterInContainer,
  quoteToContainer,
} from '../../../components/editor/container/container-commands'
import { foldsAround } from '../../../components/editor/container/details-open'
import { contentSchema } from '../../../lib/content/schema'
import { type Desk, World } from '../../lib/content/anchor-world'

const p = (words: string, id: string): ProseMirrorNode =>
  contentSchema.node('paragraph', { id }, words === '' ? [] : [contentSchema.text(words)])
const around = (type: string, id: string, ...blocks: ProseMirrorNode[]): ProseMirrorNode =>
  contentSchema.node(type, { id, ...(type === 'footnote' ? { label: '1' } : {}) }, blocks)

function world(...blocks: ProseMirrorNode[]) {
  const made = new World(contentSchema.node('doc', null, blocks), 2)
  return { all: made, ada: made.desk(0), grace: made.desk(1) }
}

/** The caret at the beginning of the block with this id. */
function caretIn(desk: Desk, id: string): void {
  desk.state.doc.descendants((node, position) => {
    if (node.attrs.id === id) {
      desk.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, position + 1)))
    }
    return true
  })
}

const shape = (node: ProseMirrorNode): string =>
  node.isTextblock
    ? `${node.attrs.id}:${node.textContent}`
    : `${node.type.name}(${node.content.content.map(shape).join(' ')})`
const shapeOf = (desk: Desk) => desk.state.doc.content.content.map(shape).join(' ')

function apply(desk: Desk, tr: Transaction | 'split' | null): void {
  if (tr === null || tr === 'split') throw new Error(`nothing to do: ${tr}`)
  desk.dispatch(tr)
}

for (const type of ['callout', 'details', 'decision', 'footnote']) {
  test(`Enter in the last, empty line of a ${type} goes on below it, with the line's id`, () => {
    const { all, ada, grace } = world(around(type, 'c', p('One', 'a'), p('', 'b')), p('Below', 'd'))
    caretIn(ada, 'b')
    apply(ada, enterInContainer(ada.state))
    expect(shapeOf(ada)).toBe(`${type}(a:One) b: d:Below`)
    expect(ada.state.selection.$head.parent.attrs.id).toBe('b')
    all.sync()
    expect(shapeOf(grace)).toBe(shapeOf(ada))
  })

  test(`Backspace at the beginning of a ${type} takes it away and leaves what is in it`, () => {
    const { all, ada, grace } = world(p('Above', 'x'), around(type, 'c', p('One', 'a'), p('Two', 'b')))
    caretIn(ada, 'a')
    apply(ada, backspaceInContainer(ada.state))
    expect(shapeOf(ada)).toBe('x:Above a:One b:Two')
    expect(ada.state.selection.$head.parent.attrs.id, 'the caret stays').toBe('a')
    all.sync()
    expect(shapeOf(grace)).toBe(shapeOf(ada))
    ada.endStep()
    ada.undo()
    expect(shapeOf(ada)).toBe(`x:Above ${type}(a:One b:Two)`)
  })
}

test('an empty line in the middle is a line, and the only one takes the container along', () => {
  const { ada } = world(around('decision', 'c', p('One', 'a'), p('', 'b'), p('Three', 'd')))
  caretIn(ada, 'b')
  expect(enterInContainer(ada.state)).toBe('split')
  const only = world(around('callout', 'c', p('', 'a')), p('Below', 'b')).ada
  caretIn(only, 'a')
  apply(only, enterInContainer(only.state))
  expect(shapeOf(only)).toBe('a: b:Below')
})

test('inside another one, and in a list, keys reach the nearest', () => {
  const { ada } = world(around('callout', 'c', around('details', 'e', p('One', 'a'), p('', 'b'))))
  caretIn(ada, 'b')
  apply(ada, enterInContainer(ada.state))
  expect(shapeOf(ada)).toBe('callout(details(a:One) b:)')
  apply(ada, enterInContainer(ada.state))
  expect(shapeOf(ada)).toBe('callout(details(a:One)) b:')
  const item = around('listItem', 'i', p('', 'a'))
  const list = world(around('callout', 'c', around('bulletList', 'l', item))).ada
  caretIn(list, 'a')
  expect([enterInContainer(list.state), backspaceInContainer(list.state)], 'the list’s own').toEqual([
    null,
    null,
  ])
})

test('Backspace elsewhere, and where words are selected, is as ever', () => {
  const { ada } = world(around('callout', 'c', p('One', 'a'), p('Two', 'b')), p('Below', 'd'))
  caretIn(ada, 'b')
  expect(backspaceInContainer(ada.state)).toBeNull()
  ada.edit((tr) => tr.setSelection(TextSelection.create(tr.doc, 2, 4)))
  expect(backspaceInContainer(ada.state)).toBeNull()
  caretIn(ada, 'd')
  expect([backspaceInContainer(ada.state), enterInContainer(ada.state)]).toEqual([null, null])
})

test('a name in brackets makes a callout or a decision of a quote, and keeps its id', () => {
  for (const [typed, name, attribute] of [
    ['WARNING', 'callout', { kind: 'warning' }],
    ['decision', 'decision', { state: 'proposed' }],
  ] as const) {
    const { ada } = world(around('blockquote', 'q', p(`[!${typed}]`, 'a'), p('Two', 'b')))
    apply(ada, quoteToContainer(ada.state, typed, { from: 2, to: 2 + typed.length + 3 }))
    expect(shapeOf(ada)).toBe(`${name}(a: b:Two)`)
    expect(ada.state.doc.firstChild?.attrs).toMatchObject({ id: 'q', ...attribute })
  }
  const { ada } = world(around('blockquote', 'q', p('[!whatever]', 'a')), p('[!note]', 'b'))
  expect(quoteToContainer(ada.state, 'whatever', { from: 2, to: 13 })).toBeNull()
  expect(quoteToContainer(ada.state, 'note', { from: 16, to: 23 }), 'no quote').toBeNull()
})

test('what is folded around a position is found from the outside in, and a first block is never folded', () => {
  const { ada } = world(
    around('details', 'c', p('One', 'a'), around('details', 'd', p('Two', 'b'), p('Three', 'e'))),
  )
  const { doc } = ada.state
  const at = (words: string) => ada.find(words).from
  expect(foldsAround(doc, at('One'))).toEqual([])
  expect(foldsAround(doc, at('Two'))).toEqual([0])
  expect(foldsAround(doc, at('Three'))).toEqual([0, 6])
  expect(foldsAround(doc, 10_000)).toEqual([])
})
