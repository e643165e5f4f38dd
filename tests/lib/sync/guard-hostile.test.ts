import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { readBody } from '../../../lib/content/read-body'
import * as shape from '../../../lib/content/shape'
import { guardUpdate, most, type Verdict } from '../../../lib/sync/guard'
import { bodyOf, change, copyOf, paragraphs, runOf } from '../../support/raw-body'
import { content, type RawContent, type RawPlace, rawUpdate } from '../../support/raw-update'

/** What is dear to read is refused before it is read: each of these held the server for seconds. */
const server = bodyOf(1, 'Hello')
const guard = (update: Uint8Array): Verdict => guardUpdate({ doc: server, update, shape })

const paragraph = ((paragraphs(server).get(0) as Y.XmlElement)._item as Y.Item).id
const letter = (runOf(server, 0)._start as Y.Item).id
const attribute: RawPlace = { parent: paragraph, sub: 'id' }
const inText: RawPlace = { origin: letter }

const one = (place: RawPlace, of: RawContent) =>
  guard(rawUpdate([{ client: 7, clock: 0, structs: [{ place, content: of }] }]))
const refused = (rule: string) => ({ kind: 'invalid', rule })

/** How often any of these methods runs meanwhile: work that no clock and no neighbour disturbs. */
function callsOf(target: object, name: string, run: () => void): number {
  const table = target as Record<string, (...args: unknown[]) => unknown>
  const original = table[name] as (...args: unknown[]) => unknown
  let calls = 0
  table[name] = function (...args: unknown[]) {
    calls += 1
    return original.apply(this, args)
  }
  try {
    run()
  } finally {
    table[name] = original
  }
  return calls
}

test('18: an attribute of more values than an update may have structs', () => {
  const nulls = (count: number) => {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, count)
    encoding.writeUint8Array(encoder, new Uint8Array(count).fill(126))
    return one(attribute, content.bytes(8, encoding.toUint8Array(encoder)))
  }
  expect(nulls(3)).toMatchObject({ kind: 'take' })
  expect(nulls(most.structs + 1)).toEqual(refused('undecodable'))
})

test.each([
  ['an array', [1]],
  ['an object', { a: 1 }],
  ['an object that names a prototype', JSON.parse('{"__proto__": {"id": "x"}}')],
  ['bytes', Uint8Array.of(1)],
])('18: an attribute that is %s is not even built', (_, value) => {
  expect(one(attribute, content.any(value))).toEqual(refused('attribute'))
  // Cut off behind its kind: whoever wanted to read it would find no value.
  const cut = encoding.createEncoder()
  encoding.writeVarUint(cut, 1)
  encoding.writeUint8(cut, Array.isArray(value) ? 117 : value instanceof Uint8Array ? 116 : 118)
  expect(one(attribute, content.bytes(8, encoding.toUint8Array(cut)))).toEqual(refused('attribute'))
})

test('18: a mark whose value is longer than any link is not even parsed', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const parsed = callsOf(JSON, 'parse', () => {
    expect(one(inText, content.format('bold', deep))).toEqual(refused('attribute'))
  })
  expect(parsed).toBe(0)
  // The longest that there is, with every character escaped.
  const whole = JSON.stringify({
    href: `https://a.example/${'\u0007'.repeat(1_982)}`,
    title: '\u0007'.repeat(1_000),
  })
  expect(one(inText, content.format('link', whole)).kind).toBe('take')
})

test.each([
  ['a document', content.document('guid')],
  ['JSON', content.json('{}')],
  ['bytes', content.binary(Uint8Array.of(1))],
  ['an embed', content.embed('{}')],
  ['a number that is none', content.bytes(11, new Uint8Array())],
])('18: content that no body has: %s', (_, of) => {
  for (const place of [attribute, inText, { parent: 'content' }]) {
    expect(one(place, of)).toEqual(refused('content'))
  }
})

test('18: a mark under a name for marks that overlap with themselves, of which we have none', () => {
  const marked = change(copyOf(server, 7), (doc) =>
    runOf(doc, 0).format(0, 2, { bold: {}, 'bold--abcdefgh': {} }),
  )
  expect(guard(marked)).toEqual(refused('mark'))
  const stored = copyOf(server, 7)
  runOf(stored, 0).format(0, 2, { bold: {}, 'bold--abcdefgh': {} })
  expect(() => readBody(stored).check()).not.toThrow()
})
