import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import * as shape from '../../../lib/content/shape'
import { guardUpdate, type Verdict } from '../../../lib/sync/guard'
import { bodyOf, runOf } from '../../support/raw-body'

/** The guard runs between two keystrokes of everybody: what it does for an update grows with it, no faster. */
const guard = (doc: Y.Doc, update: Uint8Array): Verdict => guardUpdate({ doc, update, shape })

/** How often anything is looked up in any map meanwhile: work that no clock and no neighbour disturbs. */
function lookupsOf(run: () => void): number {
  const get = Map.prototype.get
  let lookups = 0
  Map.prototype.get = function (key: unknown) {
    lookups += 1
    return get.call(this, key)
  }
  try {
    run()
  } finally {
    Map.prototype.get = get
  }
  return lookups
}

/** One letter of each of `count` clients, each of which rests on the letter of the client written after it. */
function chain(server: Y.Doc, count: number): Uint8Array {
  const last = (runOf(server, 0)._start as Y.Item).id
  const encoder = encoding.createEncoder()
  const put = (...numbers: number[]) => {
    for (const number of numbers) encoding.writeVarUint(encoder, number)
  }
  put(count)
  for (let i = 0; i < count; i++) {
    const rest = i < count - 1 ? [1_001 + i, 0] : [last.client, last.clock]
    put(1, 1_000 + i, 0)
    encoding.writeUint8(encoder, 0x84)
    put(...rest)
    encoding.writeVarString(encoder, 'a')
  }
  put(0)
  return encoding.toUint8Array(encoder)
}

/** Nothing but deleted ranges of one client, by clock and length. */
function deletes(client: number, ranges: readonly (readonly [number, number])[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const number of [0, 1, client, ranges.length, ...ranges.flat()]) encoding.writeVarUint(encoder, number)
  return encoding.toUint8Array(encoder)
}

test('clients that each rest on the next one written are read in one pass', () => {
  const server = bodyOf(1, 'Hello')
  const workOf = (count: number) => {
    const update = chain(server, count)
    return lookupsOf(() => expect(guard(server, update)).toMatchObject({ kind: 'take', exact: true }))
  }
  expect(workOf(40_000) / workOf(4_000)).toBeLessThan(11)
})

test('ranges that delete the same again and again are refused', () => {
  const server = bodyOf(1, 'Hello World')
  const { id } = runOf(server, 0)._start as Y.Item
  const refused = { kind: 'invalid', rule: 'order' }
  for (const deleted of [false, true]) {
    if (deleted) runOf(server, 0).delete(0, 11)
    for (const ranges of [
      [
        [0, 4],
        [0, 4],
      ],
      [
        [0, 4],
        [3, 4],
      ],
      [
        [5, 2],
        [0, 2],
      ],
    ] as const) {
      const moved = ranges.map(([clock, length]) => [id.clock + clock, length] as const)
      expect(guard(server, deletes(id.client, moved))).toEqual(refused)
    }
  }
  const [client, clock] = [id.client, id.clock]
  expect(
    guard(
      server,
      deletes(client, [
        [clock, 2],
        [clock + 2, 2],
      ]),
    ),
  ).toEqual({ kind: 'nothing_new' })
})

test('more deleted ranges than any document has are not even built', () => {
  const server = bodyOf(1, 'Hello')
  const many = (count: number) =>
    guard(
      server,
      deletes(
        1,
        Array.from({ length: count }, (_, i) => [2 * i, 1] as const),
      ),
    )
  expect(many(250_000)).toEqual({ kind: 'gap' })
  expect(many(250_001)).toEqual({ kind: 'invalid', rule: 'undecodable' })
})
