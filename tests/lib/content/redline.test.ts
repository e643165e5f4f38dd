import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AuthorRuns } from '../../../lib/content/authorship'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import type { Redline, RedlineBlock } from '../../../lib/content/redline/redline'
import { redlineOf } from '../../../lib/content/redline/redline-build'
import { type Random, random } from '../../support/random'
import { said } from './any-body'
import { anyChange } from './any-change'
import { sideOf } from './redline-sides'
import { block, body, checkedNode, corpusFile, corpusFiles, counting } from './world'

const nobody = new Map<string, AuthorRuns<string | null>>()
const between = (before: ProseMirrorNode, after: ProseMirrorNode, authors = nobody): Redline =>
  redlineOf({ doc: before, authors }, { doc: after, authors })
/** `-removed-`, `+added+`, `~formatted~`, and what stays. */
const drawn = ({ inline }: RedlineBlock): string =>
  (inline ?? [])
    .map(({ state, text }) => {
      const sign = { same: '', added: '+', removed: '-', formatted: '~' }[state]
      return `${sign}${text ?? '⏎'}${sign}`
    })
    .join('')
const told = (redline: Redline): string[] =>
  redline.sections.flatMap(({ title, blocks }) =>
    blocks.map((one) => `${title}: ${one.moved ? 'moved ' : ''}${one.state} ${drawn(one)}`),
  )
const holds = (before: ProseMirrorNode, after: ProseMirrorNode) => {
  const redline = between(before, after)
  expect(checkedNode(sideOf(redline, 'before')).toJSON()).toEqual(before.toJSON())
  expect(checkedNode(sideOf(redline, 'after')).toJSON()).toEqual(after.toJSON())
  return redline
}

test('words that were written are shown, not letters', () => {
  const before = body(block(1, 'Why', 'h'), block(0, 'Retries cost money today.', 'p'))
  const after = body(block(1, 'Why', 'h'), block(0, 'Retries lost much money today.', 'p'))
  const redline = holds(before, after)
  expect(told(redline)).toEqual(['Why: same Why', 'Why: changed Retries -cost-+lost much+ money today.'])
  expect(redline.sections).toMatchObject([{ id: 'h', title: 'Why', difference: 'changed', changes: 1 }])
})

test('what was said anew in one place is one change, though white space between the words stayed', () => {
  const before = body(block(0, 'We send old words here.', 'p'))
  const redline = holds(before, body(block(0, 'We send new ones here.', 'p')))
  expect(told(redline)).toEqual([': changed We send -old words-+new ones+ here.'])
  expect(redline.sections[0]?.changes).toBe(1)
})

test('formatting that changed is marked, with what it was', () => {
  const of = (...runs: Parameters<typeof said>[0][]) =>
    checkedNode({
      type: 'doc',
      content: [{ type: 'paragraph', attrs: { id: 'p' }, content: runs.map(said) }],
    })
  const [section] = holds(of(['half'], ['way', 'bold']), of(['halfway', 'italic'])).sections
  expect(section?.blocks[0]?.inline?.map(({ state, text, wasMarks }) => [state, text, wasMarks])).toEqual([
    ['formatted', 'half', []],
    ['formatted', 'way', [{ type: 'bold' }]],
  ])
  expect(section?.changes).toBe(1)
})

test('a paragraph that was moved is moved, not removed and added, and what changed in it shows', () => {
  const before = body(
    block(1, 'One', 'a'),
    block(0, 'first words', 'p'),
    block(0, 'second', 'q'),
    block(1, 'Two', 'b'),
  )
  const after = body(
    block(1, 'One', 'a'),
    block(0, 'second', 'q'),
    block(1, 'Two', 'b'),
    block(0, 'first text', 'p'),
  )
  expect(holds(before, after).sections[1]?.blocks[1]?.movedFrom).toBe('One')
  expect(told(holds(before, after))).toEqual([
    'One: same One',
    'One: same second',
    'Two: same Two',
    'Two: moved changed first -words-+text+',
  ])
})

test('without ids the same blocks are known by their words, and changed ones by being alike', () => {
  const before = body(block(0, 'The first paragraph stands here.'), block(0, 'Another one.'))
  const after = body(block(0, 'New.'), block(0, 'The first paragraph stood here.'), block(0, 'Another one.'))
  expect(told(holds(before, after))).toEqual([
    ': added +New.+',
    ': changed The first paragraph -stands-+stood+ here.',
    ': same Another one.',
  ])
})

test('sections that came, went and moved are told', () => {
  const design = (...ids: string[]) =>
    body(...ids.flatMap((id) => [block(1, id, id), block(0, `on ${id}`, `${id}p`)]))
  const redline = holds(design('a', 'b', 'c', 'd'), design('a', 'd', 'x', 'c'))
  expect(redline.sections.map(({ title, difference, changes }) => [title, difference, changes])).toEqual([
    ['a', null, 0],
    ['b', 'removed', 2],
    ['d', 'moved', 1],
    ['x', 'added', 2],
    ['c', null, 0],
  ])
})

test('a heading of another level, and a paragraph that became a heading, are one changed block', () => {
  const before = body(block(1, 'A', 'a'), block(0, 'Why so', 'p'))
  const [one, two] = holds(before, body(block(2, 'A', 'a'), block(1, 'Why so', 'p'))).sections
  expect(one?.blocks[0]).toMatchObject({ state: 'changed', type: 'heading', was: { attrs: { level: 1 } } })
  expect(two?.blocks[0]).toMatchObject({ state: 'changed', type: 'heading', was: { type: 'paragraph' } })
  expect([one?.changes, two?.changes]).toEqual([1, 1])
})

test('code is compared by lines, a table by rows and cells', () => {
  const code = (text: string) => ({ type: 'codeBlock', attrs: { id: 'c' }, content: [said([text])] })
  const redline = holds(body(code('let a = 1\nlet b = 2\nend')), body(code('let a = 1\nlet b = 3\nend')))
  expect(told(redline)).toEqual([': changed let a = 1\n-let b = 2\n-+let b = 3\n+end'])
  const row = (id: string, ...cells: string[]) => ({
    type: 'tableRow',
    attrs: { id },
    content: cells.map((text, at) => ({
      type: 'tableCell',
      attrs: { id: `${id}${at}` },
      content: [block(0, text, `${id}${at}p`)],
    })),
  })
  const table = (...rows: ReturnType<typeof row>[]) =>
    body({ type: 'table', attrs: { id: 't' }, content: rows })
  const [section] = holds(
    table(row('r', 'a', 'b'), row('s', 'c', 'd')),
    table(row('r', 'a', 'B'), row('n', 'x', 'y')),
  ).sections
  expect(section?.blocks[0]?.blocks?.map(({ state }) => state)).toEqual(['changed', 'removed', 'added'])
  expect(section?.changes).toBe(3)
})

test('whose the words are is said of what was added and of what was removed', () => {
  const before = body(block(0, 'old words here', 'p'))
  const after = body(block(0, 'new words there', 'p'), block(0, 'all mine', 'q'))
  const redline = redlineOf(
    { doc: before, authors: new Map([['p', [{ author: 'ada', length: 14 }]]]) },
    {
      doc: after,
      authors: new Map([
        [
          'p',
          [
            { author: 'grace', length: 3 },
            { author: 'ada', length: 9 },
            { author: 'linus', length: 3 },
          ],
        ],
        [
          'q',
          [
            { author: 'linus', length: 4 },
            { author: 'grace', length: 4 },
          ],
        ],
      ]),
    },
  )
  const written = redline.sections.flatMap(({ blocks }) =>
    blocks.flatMap(({ inline }) => (inline ?? []).map(({ state, text, author }) => [state, text, author])),
  )
  expect(written).toEqual([
    ['removed', 'old', 'ada'],
    ['added', 'new', 'grace'],
    ['same', ' words ', null],
    ['removed', 'here', 'ada'],
    ['added', 'th', 'ada'],
    ['added', 'ere', 'linus'],
    ['added', 'all ', 'linus'],
    ['added', 'mine', 'grace'],
  ])
})

test('whatever became what: each side of the redline is that text to the letter', () => {
  fc.assert(
    fc.property(anyChange, ([before, after]) => {
      const redline = holds(before, after)
      const isSame = before.eq(after)
      const changes = redline.sections.reduce((sum, section) => sum + section.changes, 0)
      if (isSame) expect(changes).toBe(0)
    }),
    { numRuns: Number(process.env.RUNS ?? 150) },
  )
})

/** Edits as people make them: words, formatting, blocks that come, go and move. */
function edited(doc: ProseMirrorNode, chance: Random): ProseMirrorNode {
  const blocks = [...(doc.toJSON().content as any[])]
  for (let step = 0; step < 12; step++) {
    const at = chance.between(0, blocks.length - 1)
    const one = structuredClone(blocks[at])
    const dice = chance.between(1, 10)
    const text = one.content?.find((node: any) => node.type === 'text')
    if (dice <= 5 && text) {
      const words = text.text.split(' ')
      words.splice(
        chance.between(0, words.length),
        chance.between(0, 2),
        chance.pick(['new', 'words', 'é😀']),
      )
      text.text = words.join(' ') || 'x'
      blocks[at] = one
    } else if (dice === 6 && text && one.type !== 'codeBlock') {
      text.marks = [{ type: chance.pick(['bold', 'italic']) }]
      blocks[at] = one
    } else if (dice === 7) blocks.splice(at, 0, block(0, 'A paragraph more.', `new${step}`))
    else if (dice === 8 && blocks.length > 1) blocks.splice(at, 1)
    else if (blocks.length > 1)
      blocks.splice(chance.between(0, blocks.length - 1), 0, ...blocks.splice(at, 1))
  }
  return checkedNode({ type: 'doc', content: blocks })
}

describe.skipIf(corpusFiles.length === 0)('documents of the corpus, edited by seeds', () => {
  test.each(corpusFiles.slice(0, 12))('%s', (name) => {
    const { content } = importMarkdown(corpusFile(name), { newId: counting() })
    const before = checkedNode(content)
    for (let seed = 1; seed <= 4; seed++) {
      const after = edited(before, random(seed))
      const redline = holds(before, after)
      if (!before.eq(after)) expect(redline.sections.some(({ changes }) => changes > 0)).toBe(true)
    }
  })
})
