import type { Node as ProseMirrorNode } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import type { DocumentJson } from '../../../lib/content/document-json'
import { outlineOf } from '../../../lib/content/outline'
import { redlineOf } from '../../../lib/content/redline/redline-build'
import { changesInSubstance } from '../../../lib/content/substance'
import { mention, noted, said } from './any-body'
import { adaId, everyBlock, graceId, pictureAt, reportAt } from './every-block'
import { block, body, checkedNode } from './world'

const nobody = { authors: new Map() }
const blocksOf = (before: ProseMirrorNode, after: ProseMirrorNode) =>
  redlineOf({ doc: before, ...nobody }, { doc: after, ...nobody }).sections.flatMap(({ blocks }) => blocks)
const line = (...content: DocumentJson[]): DocumentJson => ({
  type: 'paragraph',
  attrs: { id: 'p' },
  content,
})
const grace = { ...mention('Grace'), attrs: { person: graceId, name: 'Grace' } }
const pieces = (before: DocumentJson, after: DocumentJson) =>
  (blocksOf(body(before), body(after))[0]?.inline ?? []).map(({ state, text }) => `${state} ${text}`)
const told = (before: DocumentJson, after: DocumentJson) =>
  changesInSubstance(body(before), body(after), null).map(({ change }) => change)

test('somebody else who is named, another footnote and a line break are told apart', () => {
  const words = said(['by '])
  expect(pieces(line(words, mention('Ada')), line(words, grace))).toEqual([
    'same by ',
    'removed @Ada',
    'added @Grace',
  ])
  expect(pieces(line(words, noted('a')), line(words, noted('b')))).toEqual([
    'same by ',
    'removed [a]',
    'added [b]',
  ])
  expect(
    pieces(line(words, mention('Ada'), said(['.'])), line(words, { type: 'hardBreak' }, said(['.']))),
  ).toEqual(['same by ', 'removed @Ada', 'added null', 'same .'])
  expect(told(line(words, mention('Ada')), line(words, grace))).toEqual(['changed'])
  expect(told(line(words, noted('a')), line(words, noted('b')))).toEqual(['changed'])
  // Who is named may have another name since.
  expect(told(line(words, mention('Ada')), line(words, mention('Ada Lovelace')))).toEqual([])
})

test('words that become a formula are formatted anew, and so a change', () => {
  const [plain, formula] = [line(said(['x'])), line(said(['x', 'formula']))]
  expect(pieces(plain, formula)).toEqual(['formatted x'])
  expect(told(plain, formula)).toEqual(['changed'])
})

const picture = (attrs: Record<string, string | number | null>): DocumentJson => ({
  type: 'image',
  attrs: { id: 'i', src: pictureAt, alt: 'The queue', width: null, ...attrs },
})
const decision = (attrs: Record<string, string | null>): DocumentJson => ({
  type: 'decision',
  attrs: { id: 'd', state: 'proposed', day: null, deciders: null, ...attrs },
  content: [block(0, 'Retries.', 'q')],
})
const callout = (kind: string): DocumentJson => ({
  type: 'callout',
  attrs: { id: 'c', kind },
  content: [block(0, 'Mind.', 'r')],
})

test.each<[string, DocumentJson, DocumentJson]>([
  ['another picture', picture({}), picture({ src: reportAt })],
  ['another description', picture({}), picture({ alt: 'The log' })],
  ['a decision that was taken', decision({}), decision({ state: 'accepted' })],
  ['whose it was', decision({}), decision({ deciders: 'Ada' })],
  ['when', decision({}), decision({ day: '2026-11-26' })],
  ['a kind of callout', callout('note'), callout('warning')],
])('%s is one change, and one in substance', (_, before, after) => {
  const [changed] = blocksOf(body(before), body(after))
  expect([changed?.state, changed?.was?.attrs]).toEqual([
    'changed',
    checkedNode({ type: 'doc', content: [before] }).firstChild?.attrs,
  ])
  expect(told(before, after)).toEqual(['changed'])
})

test('how wide a picture is shows, and is nothing that anybody approved', () => {
  expect(blocksOf(body(picture({})), body(picture({ width: 50 })))[0]?.state).toBe('changed')
  expect(told(picture({}), picture({ width: 50 }))).toEqual([])
})

test('how wide a column is, is no change at all', () => {
  const table = (width: number | null): DocumentJson => ({
    type: 'table',
    attrs: { id: 't' },
    content: [
      {
        type: 'tableRow',
        attrs: { id: 'r' },
        content: [{ type: 'tableCell', attrs: { id: 'c', width }, content: [block(0, 'a', 'p')] }],
      },
    ],
  })
  expect(blocksOf(body(table(null)), body(table(80)))[0]?.state).toBe('same')
  expect(told(table(null), table(80))).toEqual([])
})

test('a picture without an id is the same picture further down, not one that came and one that went', () => {
  const nameless = picture({ id: null })
  const [, moved] = blocksOf(body(nameless), body(block(0, 'new', null), nameless))
  expect(moved).toMatchObject({ type: 'image', state: 'same', before: 0, after: 1 })
})

test('every block beside itself is the same, and each way from and to nothing is whole', () => {
  const doc = checkedNode(everyBlock)
  expect(blocksOf(doc, doc).every(({ state }) => state === 'same')).toBe(true)
  expect(blocksOf(body(block(0, '', null)), doc).filter(({ state }) => state === 'added')).toHaveLength(
    doc.childCount,
  )
  expect(changesInSubstance(doc, doc, null)).toEqual([])
})

test('a section that holds nothing but a picture, a file or a name is not empty; its title names people', () => {
  const heading = (...content: DocumentJson[]): DocumentJson => ({
    type: 'heading',
    attrs: { id: 'h', level: 1 },
    content,
  })
  const within = (inner: DocumentJson) => outlineOf(body(heading(said(['A'])), inner))[0]?.empty
  const file = { type: 'file', attrs: { src: reportAt, name: 'r.pdf', size: 1 } }
  expect([picture({}), file, line(mention('Ada')), line(noted('a'))].map(within)).toEqual([
    false,
    false,
    false,
    false,
  ])
  expect(within({ type: 'details', content: [block(0, '')] })).toBe(true)
  const title = heading(
    said(['What ']),
    { type: 'mention', attrs: { person: adaId, name: 'Ada' } },
    said([' said']),
    noted('a'),
  )
  expect(outlineOf(body(title))[0]?.title).toBe('What @Ada said')
})
