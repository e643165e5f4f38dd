import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import * as shape from '../../../lib/content/shape'
import { guardUpdate } from '../../../lib/sync/guard'
import { ordinaryUpdates } from '../../support/ordinary-updates'
import { faultOf, twinOf } from '../../support/whole-body'

/**
 * Every single-bit flip and every prefix of what editors send. Each is judged; what is taken (another letter,
 * another address, another place) is applied, read, and read again from the log.
 */
const { body, updates } = ordinaryUpdates()

function verdictOn(update: Uint8Array): string {
  const server = twinOf(body)
  const verdict = guardUpdate({ doc: server, update, shape })
  if (verdict.kind !== 'take') return verdict.kind === 'invalid' ? verdict.rule : verdict.kind
  Y.applyUpdate(server, update)
  expect(faultOf(server)).toBeNull()
  // As the log is read: all of it at once.
  const read = new Y.Doc()
  Y.applyUpdate(read, Y.mergeUpdates([Y.encodeStateAsUpdate(body), update]))
  expect(faultOf(read)).toBeNull()
  return verdict.kind
}

describe.each(Object.entries(updates))('18: %s', (_, update) => {
  test('as it is', () => {
    expect(verdictOn(update)).toBe('take')
  })

  test('every single-bit flip', () => {
    const seen = new Set<string>()
    for (let bit = 0; bit < update.length * 8; bit++) {
      const flipped = update.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      seen.add(verdictOn(flipped))
    }
    expect([...seen]).toEqual(expect.arrayContaining(['undecodable', 'gap']))
  })

  test('every prefix', () => {
    const seen = new Set<string>()
    for (let length = 0; length < update.length; length++) seen.add(verdictOn(update.slice(0, length)))
    expect([...seen]).toEqual(['undecodable'])
  })
})
