import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import * as shape from '../../../lib/content/shape'
import { guardUpdate, type Verdict } from '../../../lib/sync/guard'
import { bodyOf, change, copyOf, paragraphs, runOf } from '../../support/raw-body'
import { content, rawUpdate } from '../../support/raw-update'

/** What is here already is not written again, but yjs looks at it again: what it names must still be true. */
const guard = (doc: Y.Doc, update: Uint8Array): Verdict => guardUpdate({ doc, update, shape })

const idOf = (item: Y.Item | null): Y.ID => (item as Y.Item).id

/** Two paragraphs, and `ab` of client 7 behind the first one's text. */
function bodyWithSeven(): Y.Doc {
  const server = bodyOf(1, 'Hello', 'World')
  Y.applyUpdate(
    server,
    change(copyOf(server, 7), (doc) => runOf(doc, 0).insert(5, 'ab')),
  )
  return server
}

/** `ab` once more, here with a third letter, and behind something else than it stands behind. */
const moved = (origin: Y.ID) =>
  rawUpdate([{ client: 7, clock: 0, structs: [{ place: { origin }, content: content.string('abc') }] }])

/** `ab` once more, behind something else, and a third letter in a struct of its own. */
const movedAndMore = (origin: Y.ID) =>
  rawUpdate([
    {
      client: 7,
      clock: 0,
      structs: [
        { place: { origin }, content: content.string('ab') },
        { place: { origin: Y.createID(7, 1) }, content: content.string('c') },
      ],
    },
  ])

describe('18: what goes on from known text', () => {
  test('must stand where that text stands', () => {
    const server = bodyWithSeven()
    expect(guard(server, moved(idOf(runOf(server, 1)._start)))).toEqual({ kind: 'invalid', rule: 'parent' })
    const honest = idOf(runOf(server, 0)._start)
    expect(guard(server, moved(Y.createID(honest.client, honest.clock + 4)))).toEqual({
      kind: 'take',
      fresh: [{ client: 7, from: 2, to: 3 }],
      exact: false,
    })
  })

  test('cannot stand elsewhere when that text was collected, where yjs would throw half way', () => {
    const server = bodyWithSeven()
    paragraphs(server).delete(0, 1)
    expect(guard(server, moved(idOf(runOf(server, 0)._start)))).toEqual({ kind: 'invalid', rule: 'parent' })
  })
})

describe('13: known text that says it rests on something unknown', () => {
  test('of another client: applied, what follows it would be pending for ever', () => {
    expect(guard(bodyWithSeven(), movedAndMore(Y.createID(99, 5)))).toEqual({ kind: 'gap' })
  })

  test('of its own client: yjs would throw half way', () => {
    expect(guard(bodyWithSeven(), movedAndMore(Y.createID(7, 5)))).toEqual({ kind: 'gap' })
  })
})

test('what is put into something collected is never passed on as it came', () => {
  const server = bodyOf(1, 'Hello', 'World')
  const before = Y.encodeStateAsUpdate(server)
  const parent = idOf((paragraphs(server).get(0) as Y.XmlElement)._item)
  const sent: Uint8Array[] = []
  server.on('update', (update: Uint8Array) => sent.push(update))
  paragraphs(server).delete(0, 1)
  const levels = 20_000
  const quotes = rawUpdate([
    {
      client: 7,
      clock: 0,
      structs: Array.from({ length: levels }, (_, i) => ({
        place: { parent: i === 0 ? parent : Y.createID(7, i - 1) },
        content: content.element('blockquote'),
      })),
    },
  ])
  expect(guard(server, quotes)).toEqual({
    kind: 'take',
    fresh: [{ client: 7, from: 0, to: levels }],
    exact: false,
  })
  Y.applyUpdate(server, quotes)
  // The log is read in one go: there, what they stand in is not collected yet when they come.
  Y.applyUpdate(new Y.Doc(), Y.mergeUpdates([before, ...sent]))
})
