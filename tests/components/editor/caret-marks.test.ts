import type { DecorationSet } from '@tiptap/pm/view'
import { absolutePositionToRelativePosition, type ProsemirrorBinding } from '@tiptap/y-tiptap'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { caretMarks } from '../../../components/editor/caret/caret-marks'
import { relativePosition } from '../../../components/editor/caret/own-caret'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { contentSchema } from '../../../lib/content/schema'
import { type Desk, World } from '../../lib/content/anchor-world'
import { block, body, counting } from '../../lib/content/world'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Ada and Grace in one text; what Ada shows of Grace's caret. */
function story() {
  const presence = [new Y.Doc(), new Y.Doc()].map((doc, n) => {
    doc.clientID = n + 1
    const awareness = new Awareness(doc)
    awareness.setLocalState({ user: { name: n ? 'Grace' : 'Ada', color: '#123456' } })
    return awareness
  }) as [Awareness, Awareness]
  const marks = presence.map((awareness) =>
    caretMarks(awareness, { caret: () => ({}) as HTMLElement, selection: () => ({}) }),
  )
  const blocks = Array.from({ length: 6 }, (_, n) => block(n % 3 ? 0 : 1, `Words of block ${n}`, `b${n}`))
  const world = new World(body(...blocks), 2, (n) => [marks[n] as (typeof marks)[number]])
  const [ada, grace] = [world.desk(0), world.desk(1)]
  const set = (): DecorationSet => marks[0]?.getState(ada.state) as DecorationSet
  return {
    world,
    ada,
    grace,
    set,
    /** Grace's caret stands before `words`, and Ada hears of it. */
    puts(words: string, end = words) {
      const at = (position: number) =>
        relativePosition(grace.state, position, grace.binding as ProsemirrorBinding)
      const [anchor, head] = [
        grace.find(words).from,
        end === words ? grace.find(words).from : grace.find(end).to,
      ]
      presence[1].setLocalStateField('cursor', { anchor: at(anchor), head: at(head) })
      applyAwarenessUpdate(presence[0], encodeAwarenessUpdate(presence[1], [2]), 'net')
      vi.advanceTimersByTime(100)
    },
    /** The words, or the seven characters behind, each of her decorations. */
    seen: () =>
      set()
        .find()
        .map(({ from, to }) => ada.state.doc.textBetween(from, from === to ? from + 7 : to, '|')),
    leaves() {
      presence[1].setLocalState(null)
      applyAwarenessUpdate(presence[0], encodeAwarenessUpdate(presence[1], [2]), 'net')
      vi.advanceTimersByTime(100)
    },
    end() {
      for (const awareness of presence) awareness.destroy()
    },
  }
}
const insert = (desk: Desk, words: string, text: string) =>
  desk.edit((tr) => tr.insertText(text, desk.find(words).from))

test('a caret keeps its letter, whoever writes before, behind and beside it', () => {
  const { world, ada, grace, puts, seen, end } = story()
  puts('block 3')
  expect(seen()).toEqual(['block 3'])
  insert(ada, 'block 1', 'by Ada ')
  expect(seen()).toEqual(['block 3'])
  insert(ada, 'Words of block 3', 'by Ada ')
  insert(ada, 'block 5', 'by Ada ')
  world.sync()
  expect(seen()).toEqual(['block 3'])
  insert(grace, 'block 2', 'by Grace ')
  insert(grace, 'Words of block 3', 'by Grace ')
  insert(grace, 'block 4', 'by Grace ')
  world.sync()
  expect(seen()).toEqual(['block 3'])
  end()
})

test('a selection is drawn with its caret, and goes with its person', () => {
  const { puts, seen, leaves, end } = story()
  puts('Words of block 3', 'of block 3')
  expect(seen().sort()).toEqual(['Words of block 3', '|Words'])
  puts('block 1')
  expect(seen()).toEqual(['block 1'])
  leaves()
  expect(seen()).toEqual([])
  end()
})

test('a caret in words that have not arrived stays where it is until they have', () => {
  const { world, grace, puts, seen, end } = story()
  puts('block 3')
  insert(grace, 'block 3', 'fresh words ')
  puts('words block 3')
  expect(seen()).toEqual(['block 3'])
  world.sync()
  expect(seen()).toEqual(['words b'])
  end()
})

test('what moved no caret draws none anew', () => {
  const { ada, puts, set, end } = story()
  puts('block 3')
  const before = set()
  puts('block 3')
  ada.dispatch(ada.state.tr.setMeta('nothing', true))
  expect(set()).toBe(before)
  end()
})

test('a position is called what the binding calls it, wherever it is', () => {
  const markdown =
    '# Title\n\nOne *slanted*.\n\n- one\n- two\n  - deeper\n\n> quoted\n\n| a | b |\n| - | - |\n| 1 | **2** |\n\n```\ncode\n```\n\n---\n\nEnd.'
  const doc = contentSchema.nodeFromJSON(importMarkdown(markdown, { newId: counting() }).content)
  const desk = new World(doc).desk(0)
  const binding = desk.binding as ProsemirrorBinding
  for (let position = 0; position <= desk.state.doc.content.size; position += 1) {
    const theirs = absolutePositionToRelativePosition(position, binding.type, binding.mapping)
    const ours = relativePosition(desk.state, position, binding)
    expect(Y.compareRelativePositions(ours, theirs), String(position)).toBe(true)
  }
})
