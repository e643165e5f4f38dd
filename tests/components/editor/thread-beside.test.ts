import { EditorState } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { afterBodyChange, track } from '../../../components/editor/thread/thread-tracking'
import type { AnchorPlace } from '../../../lib/content/anchor/anchor-position'
import { World } from '../../lib/content/anchor-world'
import { block, body } from '../../lib/content/world'

test('words in blocks that nobody touched are where their blocks are now, and nothing is looked up', () => {
  const blocks = Array.from({ length: 6 }, (_, n) => block(0, `Words of block ${n}`, `b${n}`))
  const desk = new World(body(...blocks)).desk(0)
  const words = track(desk.place, desk.anchor('block 3'))
  const nowhere = new Proxy({} as AnchorPlace, {
    get: () => {
      throw new Error('it was looked up')
    },
  })
  const { doc } = desk.state
  const before = EditorState.create({ doc }).tr.insertText('new ', desk.find('block 1').from)
  const moved = afterBodyChange(nowhere, words, before)
  expect(before.doc.textBetween(moved.range?.from ?? 0, moved.range?.to ?? 0)).toBe('block 3')
  const behind = EditorState.create({ doc }).tr.insertText('new ', desk.find('block 5').from)
  expect(afterBodyChange(nowhere, words, behind)).toBe(words)
  const within = EditorState.create({ doc }).tr.insertText('new ', desk.find('Words of block 3').from)
  expect(() => afterBodyChange(nowhere, words, within)).toThrow('it was looked up')
})
