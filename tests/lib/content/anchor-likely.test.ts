import { expect, test } from 'vitest'
import type { Anchor } from '../../../lib/content/anchor/anchor'
import { resolveAnchor } from '../../../lib/content/anchor/anchor'
import { likelyPlaces } from '../../../lib/content/anchor/anchor-likely'
import { World } from './anchor-world'
import { block, body } from './world'

const text = 'The cache keeps answers for ten seconds, and then asks again.'
const page = () =>
  new World(
    body(
      block(1, 'Design', 'h1'),
      block(0, text, 'p1'),
      block(2, 'Rollout', 'h2'),
      block(0, 'First to one region, then to all of them.', 'p2'),
    ),
    1,
  ).desk(0)

/** The places for a thread that is detached, as its reader sees them. */
function offered(desk: ReturnType<typeof page>, anchor: Anchor): [string, string][] {
  expect(resolveAnchor(desk.place, anchor)).toBeNull()
  return likelyPlaces(desk.state.doc, anchor).map((place) => {
    const said = desk.state.doc.textBetween(place.from, place.to, '\n', '\n')
    expect(said).toBe(place.text)
    return [place.text, place.sectionId]
  })
}

test('what was put in place of the words is offered, by what stands on both sides', () => {
  const desk = page()
  const anchor = desk.anchor('ten seconds')
  const { from, to } = desk.find('ten seconds')
  desk.edit((tr) => tr.insertText('a whole day', to).delete(from, to))
  expect(offered(desk, anchor)).toEqual([['a whole day', 'h1']])
})

test('so it is at an end of a line, where hardly anything stands on one side', () => {
  for (const [words, instead] of [
    ['asks again.', 'gives up.'],
    ['again', 'the bank'],
    ['The', 'Each'],
    ['The cache', 'A node'],
  ] as const) {
    const desk = page()
    const anchor = desk.anchor(words)
    const { from, to } = desk.find(words)
    desk.edit((tr) => tr.insertText(instead, to).delete(from, to))
    expect(offered(desk, anchor)[0]).toEqual([instead, 'h1'])
  }
})

test('a sentence that was written anew elsewhere is offered, whole words of it', () => {
  const desk = page()
  const anchor = desk.anchor('keeps answers for ten seconds')
  const { from } = desk.find(text)
  desk.edit((tr) => tr.delete(from - 1, from + text.length + 1))
  desk.edit((tr) => tr.insertText(' It keeps its answers only ten seconds.', tr.doc.content.size - 1))
  expect(offered(desk, anchor)).toEqual([['keeps its answers only ten seconds', 'h2']])
})

test('where the words stand twice, both places are offered, the likelier first', () => {
  const desk = page()
  const anchor = desk.anchor('ten seconds')
  const { from } = desk.find(text)
  desk.edit((tr) => tr.delete(from - 1, from + text.length + 1))
  desk.edit((tr) =>
    tr.insertText(' Or ten seconds. It waits for ten seconds, then.', tr.doc.content.size - 1),
  )
  const places = offered(desk, anchor)
  expect(places.map(([said]) => said)).toEqual(['ten seconds', 'ten seconds'])
  const [first] = likelyPlaces(desk.state.doc, anchor)
  expect(desk.state.doc.textBetween((first?.from ?? 4) - 4, first?.from ?? 0)).toBe('for ')
})

test('nothing is offered where nothing is like it', () => {
  const desk = page()
  const anchor = desk.anchor(text)
  const { from } = desk.find(text)
  desk.edit((tr) => tr.delete(from - 1, from + text.length + 1))
  expect(offered(desk, anchor)).toEqual([])
})

test('nor where its words stand far apart, among others', () => {
  const desk = page()
  const anchor = desk.anchor('keeps answers for ten seconds')
  const { from } = desk.find(text)
  desk.edit((tr) => tr.delete(from - 1, from + text.length + 1))
  const apart =
    ' It keeps nobody waiting, has answers to all, and runs for years; ten people had a few seconds.'
  desk.edit((tr) => tr.insertText(apart, tr.doc.content.size - 1))
  expect(offered(desk, anchor)).toEqual([])
})

test('words that repeat themselves take no longer than others', () => {
  const many = body(...Array.from({ length: 200 }, (_, n) => block(0, '0, '.repeat(1_000), `b${n}`)))
  const wanted = { blockId: 'x', sectionId: 'y', quote: '0, '.repeat(300), prefix: '1', suffix: '2' }
  expect(likelyPlaces(many, wanted).length).toBeLessThanOrEqual(3)
})
