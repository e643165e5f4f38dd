import { expect, test } from 'vitest'
import { foldRows } from '../../../components/version/redline-folds'
import type { RedlineBlock } from '../../../lib/content/redline/redline'

/** `h` a heading, `.` a block that says the same, `x` one that changed, `m` one that moved. */
const blocksOf = (drawn: string): RedlineBlock[] =>
  [...drawn].map((sign, at) => ({
    state: sign === 'x' ? 'changed' : 'same',
    before: at,
    after: at,
    moved: sign === 'm',
    movedFrom: null,
    type: sign === 'h' ? 'heading' : 'paragraph',
    attrs: {},
    was: null,
    inline: [],
    blocks: null,
  }))
const rowsOf = (drawn: string): string =>
  foldRows(blocksOf(drawn))
    .map((row) => (row.kind === 'fold' ? `(${row.blocks.length})` : drawn[row.block.after ?? 0]))
    .join('')

test.each([
  ['h....x....', 'h(3).x.(3)'],
  ['h.x', 'h.x'],
  ['h...x', 'h(2).x'],
  ['h..x', 'h..x'],
  ['x....m', 'x.(2).m'],
  ['....', '(4)'],
])('%s is drawn as %s', (given, drawn) => {
  expect(rowsOf(given)).toBe(drawn)
})
