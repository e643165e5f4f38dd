import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { importMarkdown } from '../../../lib/content/markdown/markdown-import'
import { seedUpdate } from '../../../lib/content/seed'
import * as shape from '../../../lib/content/shape'
import { decodeUpdate } from '../../../lib/sync/decode-update'
import { guardUpdate, most } from '../../../lib/sync/guard'
import { syncLimits } from '../../../server/sync/limits'

/** Tombstones of one client, two bytes each: the most structs that fit into so many bytes. */
function tombstones(count: number): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const number of [1, count, 77, 0]) encoding.writeVarUint(encoder, number)
  for (let i = 0; i < count; i++) encoding.writeUint8Array(encoder, Uint8Array.of(0, 1))
  encoding.writeVarUint(encoder, 0)
  return encoding.toUint8Array(encoder)
}

test('18: more structs than a message may hold are not even read to their end', () => {
  const guard = (count: number) => guardUpdate({ doc: new Y.Doc(), update: tombstones(count), shape })
  expect(guard(most.structs).kind).toBe('take')
  expect(guard(most.structs + 1)).toEqual({ kind: 'invalid', rule: 'undecodable' })
  expect(guard(1_000_000)).toEqual({ kind: 'invalid', rule: 'undecodable' })
})

test('19: as long as a message may be, what people write has fewer: a table with one digit a cell', () => {
  let id = 0
  const newId = () => `00000000-0000-4000-8000-${String(++id).padStart(12, '0')}`
  const table = `| a | b | c | d |\n|---|---|---|---|\n${'| 1 | 2 | 3 | 4 |\n'.repeat(200)}`
  const update = seedUpdate(importMarkdown(table, { newId }).content, 5)
  const decoded = decodeUpdate(update, most)
  if (typeof decoded === 'string') throw new Error(decoded)
  const structs = [...decoded.structs.values()].reduce((sum, list) => sum + list.length, 0)
  expect(structs).toBeGreaterThan(5_000)
  expect((structs / update.length) * syncLimits.maxUpdateBytes).toBeLessThan(most.structs)
})
