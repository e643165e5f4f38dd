import type { Editor } from '@tiptap/core'
import { expect, test } from 'vitest'
import { replaceWords } from '../../../components/editor/find/find-replace'
import { hitsIn } from '../../../lib/content/find/find'
import { textPieces } from '../../../lib/content/find/find-text'
import { type Desk, World } from '../../lib/content/anchor-world'
import { block, body } from '../../lib/content/world'

/** As much of an editor as a replacement asks for. */
const editorOf = (desk: Desk) => ({ state: desk.state, isEditable: true }) as unknown as Editor

function replaceAll(desk: Desk, words: string, instead: string) {
  const found = desk.state.doc.children.flatMap((one, index) => {
    const offset = desk.state.doc.children.slice(0, index).reduce((sum, before) => sum + before.nodeSize, 0)
    return textPieces(one).flatMap(({ at, text }) =>
      hitsIn(text, new RegExp(words, 'g'), 100).map(({ from, to }) => ({
        from: offset + at + from,
        to: offset + at + to,
        instead,
      })),
    )
  })
  return replaceWords(editorOf(desk), found)
}

const texts = (desk: Desk) => desk.state.doc.children.map(({ textContent }) => textContent)

test('words between two that are replaced keep what others write into them meanwhile, and one undo takes all back', () => {
  const world = new World(
    body(block(0, 'one retry and then one retry', 'a'), block(1, 'A heading', 'b'), block(0, 'a retry', 'c')),
  )
  const [ada, grace] = [world.desk(0), world.desk(1)]
  ada.edit((tr) => tr.insertText('So: ', 1))
  const replaced = replaceAll(ada, 'retry', 'attempt')
  expect(replaced).toEqual({ done: 3, left: 0 })
  grace.edit((tr) => tr.insertText(' only', grace.find('and then').to))
  world.sync()
  const both = ['So: one attempt and then only one attempt', 'A heading', 'a attempt']
  expect([texts(ada), texts(grace)]).toEqual([both, both])
  ada.undo()
  world.sync()
  const back = ['So: one retry and then only one retry', 'A heading', 'a retry']
  expect([texts(ada), texts(grace)], 'what was typed just before stays').toEqual([back, back])
})

test('who may not write replaces nothing', () => {
  const desk = new World(body(block(0, 'a retry', 'a')), 1).desk(0)
  const reader = { ...editorOf(desk), isEditable: false } as unknown as Editor
  expect(replaceWords(reader, [{ from: 3, to: 8, instead: 'x' }])).toEqual({ done: 0, left: 1 })
  expect(texts(desk)).toEqual(['a retry'])
})
