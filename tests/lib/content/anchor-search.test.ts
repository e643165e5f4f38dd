import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import { findQuote } from '../../../lib/content/anchor/anchor'
import { placeOfText } from '../../../lib/content/anchor/anchor-find'
import { fitOf } from '../../../lib/content/anchor/anchor-fit'
import { searchBlock, searchDocument, type Wanted } from '../../../lib/content/anchor/anchor-search'
import { wordsBetween } from '../../../lib/content/anchor/anchor-words'
import { random } from '../../support/random'
import { block, body } from './world'

const unknown = { blockId: 'gone', sectionId: 'gone' }
const said = (doc: ProseMirrorNode, range: { from: number; to: number } | null) =>
  range && doc.textBetween(range.from, range.to, '\n')
/** What is found, with the text before it in its block. */
const found = (doc: ProseMirrorNode, wanted: Wanted) => {
  const range = searchDocument(doc, wanted)
  if (!range) return null
  const $from = doc.resolve(range.from)
  return `${doc.textBetween($from.start(), range.from)}[${said(doc, range)}]`
}

test('a long quote is found by itself, a short one by what stands beside it', () => {
  const doc = body(block(0, 'It asks the primary for the lease, and waits for the answer.', 'a'))
  const long = 'asks the primary for the lease, and waits for'
  expect(found(doc, { ...unknown, quote: long, prefix: 'Then she ', suffix: ' it.' })).toBe(`It [${long}]`)
  const lease = { ...unknown, quote: 'lease', prefix: 'It asks the primary for the ', suffix: ', and waits' }
  expect(found(doc, lease)).toBe('It asks the primary for the [lease]')
  expect(found(doc, { ...lease, prefix: 'to renew a ', suffix: ' takes a second' })).toBeNull()
})

test('of several equal quotes the one whose surroundings fit is taken, and none when two fit alike', () => {
  const row = (name: string) => block(0, `${name} is retried twice`, name)
  const doc = body(row('Reading'), row('Writing'), row('Listing'))
  const wanted = {
    ...unknown,
    quote: 'retried',
    prefix: 'is retried twice\nWriting is ',
    suffix: ' twice\nListing is retried',
  }
  expect(found(doc, wanted)).toBe('Writing is [retried]')
  const twins = body(row('Same'), row('Same'), row('Same'), row('Same'))
  expect(found(twins, { ...wanted, prefix: 'twice\nSame is ', suffix: ' twice\nSame is ' })).toBeNull()
})

test('the block counts before the section, the section before the rest', () => {
  const doc = body(
    block(0, 'The limit is four.', 'a'),
    block(1, 'One', 'h1'),
    block(0, 'The limit is four.', 'b'),
    block(0, 'The limit is four.', 'c'),
    block(1, 'Two', 'h2'),
    block(0, 'The limit is four.', 'd'),
  )
  const wanted = { quote: 'limit is', prefix: 'The ', suffix: ' four.\n', blockId: 'c', sectionId: 'h1' }
  expect(searchDocument(doc, wanted)?.from).toBe(doc.child(0).nodeSize + 5 + doc.child(2).nodeSize + 5)
  const inTwo = searchDocument(doc, { ...wanted, prefix: 'Two\nThe ', blockId: 'gone', sectionId: 'h2' })
  expect(inTwo && doc.resolve(inTwo.from).parent.attrs.id).toBe('d')
  expect(searchDocument(doc, { ...wanted, blockId: 'gone', sectionId: 'h1' })).toBeNull()
})

test('another of the same words in its block is not taken for it', () => {
  const doc = body(block(0, 'and another cache here', 'a'))
  const wanted = {
    blockId: 'a',
    sectionId: 'preamble',
    quote: 'cache',
    prefix: 'the ',
    suffix: ' and another cache here',
  }
  expect(searchBlock(doc, wanted)).toBeNull()
  expect(searchDocument(doc, wanted)).toBeNull()
})

test('very short words need their surroundings, wherever they stand', () => {
  const doc = body(block(0, 'no', 'a'), block(0, 'Is it cached? no', 'b'))
  const wanted = {
    blockId: 'a',
    sectionId: 'preamble',
    quote: 'no',
    prefix: 'quite another line\n',
    suffix: '\nand one more',
  }
  expect(found(doc, wanted)).toBeNull()
  expect(found(doc, { ...wanted, blockId: 'b', prefix: 'no\nIs it cached? ', suffix: '' })).toBe(
    'Is it cached? [no]',
  )
})

test('a short quote is not put together from the ends of two blocks', () => {
  const doc = body(block(0, 'Here it is not', 'a'), block(0, 'able to go on', 'b'))
  expect(found(doc, { ...unknown, quote: 'notable', prefix: 'Here it is ', suffix: ' to go on' })).toBeNull()
})

test('words that are nearly the quote are taken when nothing else comes near', () => {
  const sentence = 'Every write goes to three regions before it is acknowledged.'
  const doc = body(
    block(0, 'A first paragraph says what is to come.', 'a'),
    block(0, 'Every write goes to four regions before it is acknowledged.', 'b'),
  )
  const wanted = { ...unknown, quote: sentence, prefix: 'says what is to come.\n', suffix: '' }
  expect(found(doc, wanted)).toBe('[Every write goes to four regions before it is acknowledged.]')
  const twice = body(
    ...[1, 2].map((n) => block(0, `Every write goes to ${n} regions before it is acknowledged.`, `n${n}`)),
  )
  expect(found(twice, wanted)).toBeNull()
  const other = body(block(0, 'Every read goes to the nearest region, and is answered at once.', 'b'))
  expect(found(other, { ...wanted, blockId: 'b' })).toBeNull()
})

test('what is left of a quote is counted in runs: letters that agree by chance are not the words', () => {
  const ends = { head: false, tail: false, cut: false }
  const quote = 'keeps answers for ten seconds'
  expect(fitOf(quote, quote, ends)).toMatchObject({ from: 0, to: quote.length, before: 0, after: 0 })
  expect(fitOf(quote, 'the lease expires at noon', ends)).toBeNull()
  expect(fitOf(quote, 'Xanswers for tenY', ends)).toMatchObject({ from: 1, to: 16, before: 6, after: 8 })
  expect(
    fitOf(quote, 'keeps answers, as was said at some length before, for ten seconds', ends),
  ).toMatchObject({ kept: 29 })
  // Eight characters that are left alone are no chance; three are.
  expect(fitOf(quote, 'seconds f', ends)).toBeNull()
  expect(fitOf(quote, ' seconds', ends)).toMatchObject({ before: 21, after: 0 })
  expect(fitOf(quote, 'for', ends)).toBeNull()
  expect(fitOf('no', 'n', { ...ends, head: true })).toBeNull()
})

test('a program names words by themselves, by what stands beside them, or by their section', () => {
  const doc = body(
    block(0, 'The limit is four.', 'a'),
    block(1, 'One', 'h1'),
    block(0, 'The limit is five.', 'b'),
    block(2, 'Inner', 'h2'),
    block(0, 'A last line', 'c'),
  )
  const at = (given: Parameters<typeof findQuote>[1]) => {
    const range = findQuote(doc, given)
    return typeof range === 'string' ? range : said(doc, range)
  }
  expect(at({ quote: 'is five' })).toBe('is five')
  expect(at({ quote: ' is five\n' })).toBe('is five')
  expect(at({ quote: 'four.\nOne' })).toBe('four.\nOne')
  expect(at({ quote: 'limit is' })).toBe('ambiguous')
  expect(at({ quote: 'limit is', suffix: ' five' })).toBe('limit is')
  expect(at({ quote: 'limit is', prefix: 'One\nThe ' })).toBe('limit is')
  expect(at({ quote: 'limit is', sectionId: 'preamble' })).toBe('limit is')
  expect(at({ quote: 'last line', sectionId: 'h1' })).toBe('last line')
  expect(at({ quote: 'limit', sectionId: 'h2' })).toBe('missing')
  expect(at({ quote: 'limit', sectionId: 'none' })).toBe('missing')
  expect(at({ quote: 'limit is six' })).toBe('missing')
  expect(at({ quote: 'four.One' })).toBe('missing')
  expect(at({ quote: ' \n ' })).toBe('missing')
})

test('offsets and positions lead to each other over blocks and lines', () => {
  const doc = body(block(1, 'Title', 'h'), block(0, '', 'e'), block(0, 'some words', 'p'))
  const words = wordsBetween(doc, 0, doc.content.size)
  expect(words.text).toBe('Titlesome words')
  expect([words.posAt(5), words.endAt(5), words.offsetAt(6), words.offsetAt(9)]).toEqual([10, 6, 5, 5])
  expect([0, 4, 5, 9, 15].map((offset) => words.breakAt(offset))).toEqual([true, false, true, false, true])
  expect(words.between(3, 9)).toBe('le\nsome')
})

test('words that repeat themselves are found where the engine finds them', () => {
  const { between } = random(20_262)
  const some = (length: number) => Array.from({ length }, () => (between(0, 30) > 0 ? 'a' : 'b')).join('')
  for (let n = 0; n < 300; n += 1) {
    const text = some(2_000)
    const at = between(0, 1_900)
    for (const wanted of [text.slice(at, at + between(1, 90)), some(between(17, 60))]) {
      const from = between(0, 1_000)
      expect(placeOfText(text, wanted, from)).toBe(text.indexOf(wanted, from))
    }
  }
})

test('nobody waits for a search, however it was made', () => {
  const line = 'a'.repeat(1_000_000)
  const doc = body(block(0, line, 'a'))
  const half = 'a'.repeat(15_000)
  const tookMs = (work: () => unknown): number => {
    const from = performance.now()
    work()
    return performance.now() - from
  }
  const quote = `${half}b${half.slice(1)}`
  expect(tookMs(() => expect(findQuote(doc, { quote })).toBe('missing'))).toBeLessThan(2_500)
  const surrounded = { quote: 'a'.repeat(999), prefix: `${'a'.repeat(999)}b`, suffix: '' }
  expect(tookMs(() => expect(findQuote(doc, surrounded)).not.toHaveProperty('from'))).toBeLessThan(2_500)
  const wanted = { ...unknown, quote: quote.slice(14_500, 15_500), prefix: '', suffix: '' }
  expect(tookMs(() => expect(searchDocument(doc, wanted)).toBeNull())).toBeLessThan(2_500)

  // Every fifth letter is another.
  const letters = Array.from({ length: 800 }, (_, n) => String.fromCharCode(0x4e00 + n))
  const every = (other: string) =>
    letters.map((letter, n) => (n % 4 === 0 ? other + letter : letter)).join('')
  const ends = { head: false, tail: true, cut: false }
  expect(tookMs(() => fitOf(every('x'), every('y'), ends))).toBeLessThan(600)
})
