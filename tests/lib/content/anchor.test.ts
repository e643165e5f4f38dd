import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import { anchorAt, anchorLimits, parseAnchor, resolveAnchor } from '../../../lib/content/anchor/anchor'
import { contentSchema } from '../../../lib/content/schema'
import { markedElsewhere, World } from './anchor-world'
import { block, body, checkedNode } from './world'

const text = 'The cache keeps answers for ten seconds, and then asks again.'
const sample = () =>
  body(
    block(1, 'Design', 'h1'),
    block(0, text, 'p1'),
    block(0, 'A second paragraph stands below the first one.', 'p2'),
    block(2, 'Rollout', 'h2'),
    block(0, 'First to one region, then to all of them.', 'p3'),
  )
const story = (doc: ProseMirrorNode = sample(), people = 2) => {
  const world = new World(doc, people)
  return { world, ada: world.desk(0), ben: world.desk(1) }
}

test('an anchor holds the words, their block and section, and what stands beside them', () => {
  const { ada } = story()
  const anchor = ada.anchor('ten seconds')
  expect(anchor).toMatchObject({
    blockId: 'p1',
    sectionId: 'h1',
    quote: 'ten seconds',
    prefix: 'ign\nThe cache keeps answers for ',
    suffix: ', and then asks again.\nA second ',
  })
  expect(parseAnchor(JSON.parse(JSON.stringify(anchor)))).toEqual(anchor)
  expect(resolveAnchor(ada.place, anchor)).toEqual({ ...ada.find('ten seconds'), how: 'position' })
})

const paragraph = contentSchema.nodes.paragraph
const heading = contentSchema.nodes.heading
if (!paragraph || !heading) throw new Error('schema')

/** What everybody sees: those who are here, and who comes later. */
function seen(world: World, anchor: Parameters<typeof markedElsewhere>[1]): (string | null)[] {
  world.sync()
  return [...world.desks.map((desk) => desk.marked(anchor)), markedElsewhere(world.desk(0).ydoc, anchor)]
}
const everywhere = (marked: string | null) => [marked, marked, marked]

test('what is typed just before or behind stays outside, what is typed within belongs to them', () => {
  const { world, ada, ben } = story()
  const anchor = ada.anchor('ten seconds')
  ben.edit((tr) => tr.insertText('about ', ben.find('ten seconds').from))
  ben.edit((tr) => tr.insertText('!', ben.find('ten seconds').to))
  expect(seen(world, anchor)).toEqual(everywhere('ten seconds'))
  ada.edit((tr) => tr.insertText('whole ', ada.find('seconds').from))
  expect(seen(world, anchor)).toEqual(everywhere('ten whole seconds'))
})

test('letters that are changed within, and words that are cut down, stay marked', () => {
  const { world, ada, ben } = story()
  const anchor = ada.anchor('keeps answers for ten seconds')
  ben.edit((tr) => tr.insertText('twenty', ben.find('ten').from, ben.find('ten').to))
  expect(seen(world, anchor)).toEqual(everywhere('keeps answers for twenty seconds'))
  ben.edit((tr) => tr.delete(ben.find('keeps answers for ').from, ben.find('keeps answers for ').to))
  ben.edit((tr) => tr.delete(ben.find('twenty ').from, ben.find('twenty ').to))
  expect(seen(world, anchor)).toEqual(everywhere('seconds'))
})

test('when all of them are deleted it marks nothing, whatever is typed there', () => {
  const { world, ada, ben } = story()
  const anchor = ada.anchor('ten seconds')
  ben.edit((tr) => tr.delete(ben.find('ten seconds').from, ben.find('ten seconds').to))
  expect(seen(world, anchor)).toEqual(everywhere(null))
  ben.edit((tr) => tr.insertText('a day', ben.find(', and').from))
  expect(seen(world, anchor)).toEqual(everywhere(null))
})

test('words that were typed within do not inherit it from those that were deleted around them', () => {
  const { world, ada, ben } = story()
  const anchor = ada.anchor('ten seconds')
  ben.edit((tr) => tr.insertText('quite something else ', ben.find('seconds').from))
  ben.edit((tr) => tr.delete(ben.find('ten ').from, ben.find('ten ').to))
  ben.edit((tr) => tr.delete(ben.find('seconds').from, ben.find('seconds').to))
  expect(seen(world, anchor)).toEqual(everywhere(null))
})

test('nor when one types within while another deletes them', () => {
  const { world, ada, ben } = story()
  const anchor = ada.anchor('ten seconds')
  ada.edit((tr) => tr.insertText('ninety-nine ', ada.find('seconds').from))
  ben.edit((tr) => tr.delete(ben.find('ten seconds').from, ben.find('ten seconds').to))
  expect(seen(world, anchor)).toEqual(everywhere(null))
})

test('undo of a deletion brings it back, for those who did not undo as well', () => {
  const { world, ada, ben } = story()
  for (const words of ['ten seconds', 'cache keeps', 'again.']) {
    const anchor = ada.anchor(words)
    ben.endStep()
    ben.edit((tr) => tr.delete(ben.find(words).from, ben.find(words).to))
    expect(seen(world, anchor)).toEqual(everywhere(null))
    ben.undo()
    expect(seen(world, anchor)).toEqual(everywhere(words))
  }
})

test('undo of half a deletion makes it whole', () => {
  const { world, ada, ben } = story()
  const anchor = ada.anchor('answers for ten seconds')
  for (const half of ['answers for ', 'ten seconds']) {
    ben.endStep()
    ben.edit((tr) => tr.delete(ben.find(half).from, ben.find(half).to))
    expect(seen(world, anchor)).not.toEqual(everywhere('answers for ten seconds'))
    ben.undo()
    expect(seen(world, anchor)).toEqual(everywhere('answers for ten seconds'))
  }
})

test('a deleted paragraph takes it away, undo brings both back', () => {
  const { world, ada, ben } = story()
  const anchor = ada.anchor('ten seconds')
  const { from } = ben.find(text)
  ben.edit((tr) => tr.delete(from - 1, from + text.length + 1))
  expect(seen(world, anchor)).toEqual(everywhere(null))
  ben.undo()
  expect(seen(world, anchor)).toEqual(everywhere('ten seconds'))
})

test('a split and a join keep it, on either side', () => {
  for (const words of ['cache keeps', 'ten seconds', 'answers for ten']) {
    const { world, ada, ben } = story()
    const anchor = ada.anchor(words)
    ben.edit((tr) => tr.split(ben.find('for ten').from + 1))
    const whole = words.includes('for ten') ? 'answers f\nor ten' : words
    expect(seen(world, anchor)).toEqual(everywhere(whole))
    ada.edit((tr) => tr.join(ada.find('or ten').from - 1))
    expect(seen(world, anchor)).toEqual(everywhere(words))
  }
})

test('joined to the block above it, it is still marked', () => {
  const { world, ada, ben } = story()
  const anchor = ada.anchor('second paragraph')
  ben.edit((tr) => tr.join(ben.find('A second').from - 1))
  expect(seen(world, anchor)).toEqual(everywhere('second paragraph'))
})

test('a heading that becomes a paragraph keeps it, and back', () => {
  const { world, ada, ben } = story()
  const anchor = ada.anchor('Rollout')
  const at = ben.find('Rollout').from
  ben.edit((tr) => tr.setBlockType(at, at, paragraph, { id: 'h2' }))
  expect(seen(world, anchor)).toEqual(everywhere('Rollout'))
  ada.edit((tr) => tr.setBlockType(at, at, heading, { id: 'h2', level: 3 }))
  expect(seen(world, anchor)).toEqual(everywhere('Rollout'))
})

test('a block that is moved takes it along', () => {
  const { world, ada, ben } = story()
  const anchors = [ada.anchor('ten seconds'), ada.anchor(text)]
  const from = ben.find(text).from - 1
  const node = ben.state.doc.nodeAt(from) as ProseMirrorNode
  ben.edit((tr) => tr.delete(from, from + node.nodeSize))
  ben.edit((tr) => tr.insert(tr.doc.content.size, node))
  expect(anchors.map((anchor) => seen(world, anchor))).toEqual([everywhere('ten seconds'), everywhere(text)])
})

test('a few words that stand in the next row too are not looked for there once they are deleted', () => {
  for (const rows of [2, 3, 4, 5, 8, 9, 12]) {
    for (let row = 0; row < rows; row += 1) {
      const ids = Array.from({ length: rows }, (_, n) => `r${n}`)
      const { world, ada, ben } = story(body(...ids.map((id) => block(0, 'Owner: TBD', id))))
      const anchor = ada.anchor('TBD', row)
      const { from, to } = ben.find('TBD', row)
      ben.edit((tr) => tr.delete(from, to))
      expect(seen(world, anchor), `row ${row} of ${rows}`).toEqual(everywhere(null))
      ben.undo()
      expect(seen(world, anchor)).toEqual(everywhere('TBD'))
      expect(resolveAnchor(ada.place, anchor)).toMatchObject({ from, to })
    }
  }
})

test('a sentence that is cut out and put elsewhere takes it along', () => {
  const { world, ada, ben } = story()
  const words = 'keeps answers for ten seconds'
  const anchor = ada.anchor(words)
  const { from, to } = ben.find(words)
  ben.edit((tr) => tr.delete(from, to))
  ben.edit((tr) => tr.insertText(` The cache ${words}, and`, tr.doc.content.size - 1))
  expect(seen(world, anchor)).toEqual(everywhere(words))
})

test('a few words that are all of their block, or begin or end it, are moved with it', () => {
  for (const words of ['Old.', 'Ancient.', 'They', 'days.']) {
    const { world, ada, ben } = story(
      body(
        block(1, 'Rationale', 'h1'),
        block(0, 'Why.', 'p1'),
        block(1, 'Background', 'h2'),
        block(0, words.length > 5 || words === 'Old.' ? words : 'They run for days.', 'p2'),
        block(1, 'Risks', 'h3'),
        block(0, 'None.', 'p3'),
        block(1, 'Alternatives', 'h4'),
      ),
    )
    const anchor = ada.anchor(words)
    const at = ben.find('Background').from - 1
    const section = ben.state.doc.slice(at, ben.find('Risks').from - 1).content
    ben.edit((tr) => tr.delete(at, at + section.size))
    expect(seen(world, anchor)).toEqual(everywhere(null))
    ben.edit((tr) => tr.insert(tr.doc.content.size, section))
    expect(seen(world, anchor)).toEqual(everywhere(words))
  }
})

test('a copy takes nothing along', () => {
  const { world, ada, ben } = story()
  const anchor = ada.anchor('ten seconds')
  const from = ben.find(text).from - 1
  ben.edit((tr) => tr.insert(0, tr.doc.nodeAt(from) as ProseMirrorNode))
  world.sync()
  expect(resolveAnchor(ada.place, anchor)).toMatchObject(ada.find('ten seconds', 1))
})

test('it reaches over blocks, and into lists, cells and code', () => {
  const cell = (words: string, id: string) => ({
    type: 'tableCell',
    attrs: { id: `c${id}` },
    content: [block(0, words, id)],
  })
  const doc = checkedNode({
    type: 'doc',
    content: [
      block(0, 'Before them all.', 'a'),
      {
        type: 'bulletList',
        attrs: { id: 'l' },
        content: [{ type: 'listItem', attrs: { id: 'i' }, content: [block(0, 'an item of it', 'b')] }],
      },
      {
        type: 'table',
        attrs: { id: 't' },
        content: [
          { type: 'tableRow', attrs: { id: 'r' }, content: [cell('left one', 'c'), cell('right one', 'd')] },
        ],
      },
      { type: 'codeBlock', attrs: { id: 'e' }, content: [{ type: 'text', text: 'let a = 1\n\nlet b = 2' }] },
      { type: 'horizontalRule', attrs: { id: 'f' } },
      {
        type: 'paragraph',
        attrs: { id: 'g' },
        content: [
          { type: 'text', text: 'one line' },
          { type: 'hardBreak' },
          { type: 'text', text: 'and another' },
        ],
      },
    ],
  })
  const { world, ada, ben } = story(doc)
  const from = (words: string) => ada.find(words).from
  const to = (words: string) => ada.find(words).to
  const stretches: [number, number, string, string][] = [
    [from('item'), to('item'), 'item', 'b'],
    [from('right'), to('right'), 'right', 'd'],
    [from('a = 1'), to('let b'), 'a = 1\n\nlet b', 'e'],
    [from('line'), to('and'), 'line\nand', 'g'],
    [from('all.'), to('item'), 'all.\nan item', 'a'],
    [from('left'), to('right'), 'left one\nright', 'c'],
  ]
  const anchors = stretches.map(([a, b]) => anchorAt(ada.place, { from: a, to: b }))
  expect(anchors.map((anchor) => [anchor?.quote, anchor?.blockId])).toEqual(
    stretches.map(([, , quote, id]) => [quote, id]),
  )
  ben.edit((tr) => tr.insertText('Here. ', 1))
  for (const [index, anchor] of anchors.entries()) {
    if (anchor) expect(seen(world, anchor)).toEqual(everywhere(stretches[index]?.[2] ?? ''))
  }
  // A rule alone has no words, nor has what stands between two blocks.
  const rule = ada.find('one line').from - 2
  expect(anchorAt(ada.place, { from: rule, to: rule + 1 })).toBeNull()
})

test('a selection is taken without the white space and the empty ends around it', () => {
  const { ada } = story()
  const first = ada.find('again.')
  const anchor = anchorAt(ada.place, { from: first.from - 1, to: ada.find('A second').from })
  expect(anchor?.quote).toBe('again.')
  expect(anchorAt(ada.place, { from: first.from - 1, to: first.from })).toBeNull()
})

test('the first word of the body is found by its position too', () => {
  const { ada, world } = story()
  const anchor = ada.anchor('Design')
  world.sync()
  expect(resolveAnchor(ada.place, anchor)?.how).toBe('position')
})

test('of very long words the first ones are kept, and the range is whole', () => {
  const long = 'All of it matters here. '.repeat(80).trim()
  const { world, ada, ben } = story(body(block(0, long, 'p')))
  const anchor = ada.anchor(long)
  expect(anchor.quote).toHaveLength(anchorLimits.quoteMax)
  ben.edit((tr) => tr.insertText('more, ', 900))
  expect(seen(world, anchor)[2]).toHaveLength(long.length + 6)
})

test('characters that no database takes are none of it', () => {
  const { ada } = story(body(block(0, 'before \0 and \ud83d behind', 'p')))
  const anchor = anchorAt(ada.place, { from: 1, to: ada.state.doc.content.size - 1 })
  expect(anchor?.quote).toBe('before \ufffd and \ufffd behind')
  expect(parseAnchor(anchor)).not.toBeNull()
})

test('what is no anchor is refused', () => {
  const { ada } = story()
  const anchor = ada.anchor('ten seconds')
  const { start, end } = anchor
  const wrong: unknown[] = [
    null,
    'text',
    [],
    { ...anchor, start: undefined },
    { ...anchor, start: end },
    { ...anchor, end: start },
    { ...anchor, start: 'no base64 at all' },
    { ...anchor, start: `${start}AAAA` },
    { ...anchor, start: 'A'.repeat(1_000_000) },
    { ...anchor, start: '' },
    { ...anchor, quote: '' },
    { ...anchor, quote: ' \n ' },
    { ...anchor, quote: 'x'.repeat(1_000_000) },
    { ...anchor, quote: 'a\0b' },
    { ...anchor, quote: '\ud83d' },
    { ...anchor, quote: { toString: 'x' } },
    { ...anchor, prefix: 'x'.repeat(33) },
    { ...anchor, suffix: 4 },
    { ...anchor, blockId: '' },
    { ...anchor, sectionId: 'x'.repeat(201) },
  ]
  expect(wrong.map(parseAnchor)).toEqual(wrong.map(() => null))
  expect(parseAnchor({ ...anchor, more: 1 })).toEqual(anchor)
})

test('positions of another document lead nowhere', () => {
  const { ada } = story()
  const { ada: other } = story(body(block(0, 'Something else altogether.', 'x')))
  expect(other.marked(ada.anchor('ten seconds'))).toBeNull()
})
