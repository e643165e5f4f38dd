import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import * as shape from '../../../lib/content/shape'
import { guardUpdate, type Verdict } from '../../../lib/sync/guard'
import { addParagraph, bodyOf, change, copyOf, paragraphs, runOf, textsOf } from '../../support/raw-body'
import { content, type RawPlace, type RawStruct, rawUpdate } from '../../support/raw-update'

const guard = (doc: Y.Doc, update: Uint8Array): Verdict => guardUpdate({ doc, update, shape })
const refused = (rule: string) => ({ kind: 'invalid', rule })
const letter = (place: RawPlace, text = 'x'): RawStruct => ({ place, content: content.string(text) })
const bySeven = (...structs: RawStruct[]) => rawUpdate([{ client: 7, clock: 0, structs }])
const seven = (clock: number) => Y.createID(7, clock)

describe('18: neighbours that do not stand as they are named', () => {
  const server = bodyOf(1, 'Hello')
  const { client, clock } = (runOf(server, 0)._start as Y.Item).id
  const at = (n: number) => Y.createID(client, clock + n)

  test('a letter on both sides of one: the same update puts it here on one page and there on another', () => {
    const both = bySeven(letter({ origin: at(2), rightOrigin: at(2) }))
    const [whole, cut] = [copyOf(server, 8), copyOf(server, 9)]
    // The same text on both, in two pieces on one.
    const nothing = change(copyOf(server, 6), (doc) => {
      runOf(doc, 0).insert(2, '-')
      runOf(doc, 0).delete(2, 1)
    })
    for (const update of [nothing, both]) Y.applyUpdate(cut, update)
    for (const update of [both, nothing]) Y.applyUpdate(whole, update)
    expect(Y.encodeStateVector(whole)).toEqual(Y.encodeStateVector(cut))
    expect(textsOf(whole)).not.toEqual(textsOf(cut))
    for (const doc of [server, whole, cut]) expect(guard(copyOf(doc, 5), both).kind).not.toBe('take')
    expect(guard(server, both)).toEqual(refused('neighbours'))
  })

  test('the wrong way round, in known text, in new text, and between the two', () => {
    expect(guard(server, bySeven(letter({ origin: at(3), rightOrigin: at(1) })))).toEqual(
      refused('neighbours'),
    )
    const typed = letter({ origin: at(1), rightOrigin: at(2) }, 'abc')
    const more = letter({ origin: seven(2), rightOrigin: at(2) }, 'd')
    for (const place of [
      { origin: seven(2), rightOrigin: seven(1) },
      { origin: seven(3), rightOrigin: seven(1) },
      { origin: seven(3), rightOrigin: seven(3) },
      { origin: seven(3), rightOrigin: at(1) },
      { origin: at(2), rightOrigin: seven(0) },
    ]) {
      expect(guard(server, bySeven(typed, more, letter(place)))).toEqual(refused('neighbours'))
    }
    for (const place of [
      { origin: seven(0), rightOrigin: seven(1) },
      { origin: seven(2), rightOrigin: seven(3) },
      { origin: seven(3), rightOrigin: at(2) },
      { origin: at(1), rightOrigin: seven(0) },
    ]) {
      expect(guard(server, bySeven(typed, more, letter(place))).kind).toBe('take')
    }
  })

  test('far from each other as well', () => {
    const long = bodyOf(1)
    for (let n = 0; n < 100; n++) addParagraph(long, `${n}`)
    const [first, last] = [0, 99].map((n) => ((paragraphs(long).get(n) as Y.XmlElement)._item as Y.Item).id)
    const between = (origin?: Y.ID, rightOrigin?: Y.ID) =>
      guard(
        long,
        bySeven({
          place: { ...(origin && { origin }), ...(rightOrigin && { rightOrigin }) },
          content: content.element('paragraph'),
        }),
      )
    expect(between(first, last).kind).toBe('take')
    expect(between(last, first)).toEqual(refused('neighbours'))
    expect(between(undefined, last).kind).toBe('take')
    expect(between(first).kind).toBe('take')
  })
})

describe('18: what yjs would look through without end', () => {
  const count = 12_000

  test.each([
    [
      'behind one letter, each to the end of all that is there',
      (_n: number, first: Y.ID) => ({ origin: first }),
    ],
    [
      'behind each letter of what was typed in one go',
      (n: number, first: Y.ID) =>
        n < count / 2 ? { origin: n === 0 ? first : seven(n - 1) } : { origin: seven(n - count / 2) },
    ],
    [
      'in front of what was put behind one letter',
      (n: number, first: Y.ID) => (n < 2 ? { origin: first } : { origin: first, rightOrigin: seven(n % 2) }),
    ],
  ] as const)('%s', (_, place) => {
    const server = bodyOf(1, 'Hello')
    const { id } = runOf(server, 0)._start as Y.Item
    const structs = Array.from({ length: count }, (_, n) => letter(place(n, id)))
    expect(guard(server, bySeven(...structs))).toEqual(refused('work'))
    expect(guard(server, bySeven(...structs.slice(0, 500))).kind).toBe('take')
  })

  test('values of one attribute, none of which knows of another', () => {
    const server = bodyOf(1, 'Hello')
    const parent = ((paragraphs(server).get(0) as Y.XmlElement)._item as Y.Item).id
    const values = Array.from({ length: count }, () => ({
      place: { parent, sub: 'id' },
      content: content.any('x'),
    }))
    expect(guard(server, bySeven(...values))).toEqual(refused('work'))
  })

  test('a long list of others, from its beginning to its end, again and again', () => {
    const server = bodyOf(1)
    for (let n = 0; n < 9_000; n++) addParagraph(server, '')
    const { id } = (paragraphs(server).get(0) as Y.XmlElement)._item as Y.Item
    const rights = paragraphs(server)
      .toArray()
      .slice(1)
      .map((node) => (node._item as Y.Item).id)
    const blocks = (most: number) =>
      bySeven(
        ...rights.slice(-most).map((rightOrigin) => ({
          place: { origin: id, rightOrigin },
          content: content.element('paragraph'),
        })),
      )
    expect(guard(server, blocks(8_900))).toEqual(refused('work'))
    expect(guard(server, blocks(10)).kind).toBe('take')
  })

  test('but an editor may write backwards, in the middle, and everywhere', () => {
    const server = bodyOf(1, 'Hello')
    const page = copyOf(server, 7)
    const update = change(page, (doc) => {
      const text = runOf(doc, 0)
      for (let n = 0; n < count; n++)
        text.insert(n % 3 === 0 ? 2 : n % 3 === 1 ? text.length >> 1 : text.length, 'x')
    })
    expect(guard(server, update).kind).toBe('take')
  })
})
