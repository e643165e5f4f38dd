import { expect, test } from 'vitest'
import { canonicalJson } from '../../../lib/content/canonical'
import { changesInSubstance, substancesOf } from '../../../lib/content/substance'
import { said } from './any-body'
import { block, body, checkedNode } from './world'

const paragraph = (id: string, ...runs: Parameters<typeof said>[0][]) => ({
  type: 'paragraph',
  attrs: { id },
  content: runs.map(said),
})
const section = (...runs: Parameters<typeof said>[0][]) => body(block(1, 'Why', 'h'), paragraph('p', ...runs))
const substance = (doc: ReturnType<typeof body>) =>
  substancesOf(doc).find(({ sectionId }) => sectionId === 'h')?.substance
const isSame = (one: ReturnType<typeof body>, other: ReturnType<typeof body>) =>
  substance(one) === substance(other)

test.each([
  ['two spaces for one', [['a word']], [['a  word']]],
  ['a no-break space', [['a word']], [['a\u00a0word']]],
  ['space at the ends', [['a word']], [[' a word ']]],
  ['bold space', [['a'], [' ', 'bold'], ['word']], [['a word']]],
  ['curly quotes', [['it\u2019s \u201cso\u201d']], [['it\'s "so"']]],
  ['a long dash', [['1\u20132 \u2014 so']], [['1-2 - so']]],
  ['an accent in two characters', [['cafe\u0301']], [['caf\u00e9']]],
] as [string, [string][], [string][]][])('%s is the same in substance', (_, one, other) => {
  expect(isSame(section(...one), section(...other))).toBe(true)
})

test('an empty paragraph is nothing in substance', () => {
  const with_ = body(block(1, 'Why', 'h'), block(0, 'a', 'p'), block(0, ' ', 'q'))
  expect(isSame(with_, body(block(1, 'Why', 'h'), block(0, 'a', 'p')))).toBe(true)
})

test.each([
  ['a letter', [['a word']], [['a Word']]],
  ['words joined', [['every day']], [['everyday']]],
  ['a mark', [['a word']], [['a '], ['word', 'bold']]],
  ['space within code', [['a  b', 'code']], [['a b', 'code']]],
  ['a quote within code', [["'x'", 'code']], [['\u2018x\u2019', 'code']]],
] as [string, [string, ...string[]][], [string, ...string[]][]][])('%s counts', (_, one, other) => {
  expect(isSame(section(...one), section(...other))).toBe(false)
})

test('the heading, its level, and the kind of a block count', () => {
  const before = body(block(1, 'Why', 'h'), block(0, 'a', 'p'))
  expect(isSame(before, body(block(1, 'What', 'h'), block(0, 'a', 'p')))).toBe(false)
  expect(isSame(before, body(block(2, 'Why', 'h'), block(0, 'a', 'p')))).toBe(false)
  const quoted = body(block(1, 'Why', 'h'), { type: 'blockquote', content: [block(0, 'a', 'p')] })
  expect(isSame(before, quoted)).toBe(false)
})

const code = (text: string) => ({ type: 'codeBlock', attrs: { id: 'c' }, content: [said([text])] })

test('a code block counts to the letter', () => {
  const of = (text: string) => body(block(1, 'Why', 'h'), code(text))
  expect(isSame(of('a  b'), of('a b'))).toBe(false)
  expect(isSame(of('a\n'), of('a'))).toBe(false)
})

const design = (...sections: [level: number, id: string, text: string][]) =>
  body(...sections.flatMap(([level, id, text]) => [block(level, id, id), block(0, text, `${id}-p`)]))
const told = (
  before: ReturnType<typeof body>,
  after: ReturnType<typeof body>,
  scope: string[] | null = null,
) => changesInSubstance(before, after, scope).map(({ sectionId, change }) => `${sectionId} ${change}`)

test('sections are told apart by what became of them, in the order of the later text', () => {
  const before = design(
    [1, 'one', 'a'],
    [2, 'sub', 'b'],
    [1, 'gone', 'c'],
    [1, 'two', 'd'],
    [1, 'three', 'e'],
  )
  const after = design([1, 'one', 'a'], [2, 'sub', 'B'], [1, 'new', 'x'], [1, 'three', 'e'], [1, 'two', 'd'])
  expect(told(before, after)).toEqual(['sub changed', 'gone removed', 'new added', 'three moved'])
  expect(told(before, before)).toEqual([])
})

test('a scope is a heading with all that is under it, in either text', () => {
  const before = design([1, 'one', 'a'], [2, 'sub', 'b'], [1, 'two', 'c'])
  const after = design([1, 'one', 'a'], [1, 'two', 'C'], [2, 'sub', 'B'])
  expect(told(before, after, ['one'])).toEqual(['sub changed'])
  expect(told(before, after, ['two'])).toEqual(['two changed', 'sub changed'])
  const outside = design([1, 'one', 'a'], [2, 'sub', 'b'], [2, 'more', 'x'], [1, 'two', 'c'])
  expect(told(before, outside, ['one'])).toEqual(['more added'])
  expect(told(before, outside, ['two'])).toEqual([])
})

test('a section that leaves a scope unchanged has moved', () => {
  const before = design([1, 'one', 'a'], [2, 'sub', 'b'], [1, 'two', 'c'])
  const after = design([1, 'one', 'a'], [1, 'two', 'c'], [2, 'sub', 'b'])
  expect(told(before, after, ['one'])).toEqual(['sub moved'])
})

test('a heading of a scope that vanishes, or comes back under another id, is removed', () => {
  const before = design([1, 'one', 'a'], [1, 'two', 'b'])
  expect(told(before, design([1, 'one', 'a']), ['two'])).toEqual(['two removed'])
  const again = body(block(1, 'one', 'one'), block(0, 'a', 'p'), block(1, 'two', 'other'), block(0, 'b', 'q'))
  expect(told(before, again, ['two'])).toEqual(['two removed'])
  expect(told(before, again)).toEqual(['two removed', 'other added'])
})

test('what a hash is made of names the first schema that can say it, so that it stays the same in later ones', () => {
  const cell = (attrs: Record<string, number>) =>
    checkedNode({
      type: 'doc',
      content: [
        {
          type: 'table',
          content: [{ type: 'tableRow', content: [{ type: 'tableCell', attrs, content: [block(0, 'a')] }] }],
        },
      ],
    })
  expect(canonicalJson(cell({}))).toBe(
    '{"body":{"content":[{"content":[{"content":[{"attrs":{"align":null,"colspan":1,"rowspan":1},"content":[{"content":[{"text":"a","type":"text"}],"type":"paragraph"}],"type":"tableCell"}],"type":"tableRow"}],"type":"table"}],"type":"doc"},"schemaVersion":1}',
  )
  expect(canonicalJson(cell({ width: 80 }))).toMatch(/"width":80.*"schemaVersion":2}$/)
  const note = { type: 'callout', content: [block(0, 'a')] }
  expect(canonicalJson(checkedNode({ type: 'doc', content: [note] }))).toMatch(/"schemaVersion":2}$/)
})

test('what a hash is made of leaves ids out, and says defaults and the version of the schema', () => {
  const one = body(block(2, 'Why', 'h'), block(0, 'a', 'p'))
  expect(canonicalJson(body(block(2, 'Why', 'x'), block(0, 'a', null)))).toBe(canonicalJson(one))
  expect(canonicalJson(body(block(3, 'Why', 'h'), block(0, 'a', 'p')))).not.toBe(canonicalJson(one))
  const item = { type: 'taskItem', content: [block(0, 'a')] }
  const list = checkedNode({ type: 'doc', content: [{ type: 'taskList', content: [item] }] })
  expect(canonicalJson(list)).toBe(
    '{"body":{"content":[{"content":[{"attrs":{"checked":false},"content":[{"content":[{"text":"a","type":"text"}],"type":"paragraph"}],"type":"taskItem"}],"type":"taskList"}],"type":"doc"},"schemaVersion":1}',
  )
})
