import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { deletedUnits } from '../../lib/sync/deleted-units'
import { isLargeDeletion, versionNameMax, versionNameOf, versionReasons, weightOf } from '../../lib/version'
import { addParagraph, bodyOf, change, paragraphs, runOf } from '../support/raw-body'

test('a name is kept trimmed, with single spaces, and not longer than it may be', () => {
  expect(versionNameOf('  For \n Friday ')).toBe('For Friday')
  expect([versionNameOf(''), versionNameOf(' \t')]).toEqual([null, null])
  expect(versionNameOf('x'.repeat(versionNameMax))).toHaveLength(versionNameMax)
  expect(versionNameOf('x'.repeat(versionNameMax + 1))).toBeNull()
})

test('what somebody meant weighs more than what the server kept by itself', () => {
  const byItself = ['burst', 'large_deletion', 'before_restore'] as const
  const meant = versionReasons.filter((reason) => !byItself.some((one) => one === reason))
  for (const one of byItself) for (const other of meant) expect(weightOf(one)).toBeLessThan(weightOf(other))
})

test('much is deleted where it is a good part of the text, and more than a paragraph', () => {
  expect(isLargeDeletion(2_000, 900)).toBe(true)
  expect(isLargeDeletion(900, 0)).toBe(false)
  expect(isLargeDeletion(10_000, 8_000)).toBe(false)
  expect(isLargeDeletion(10_000, 7_000)).toBe(true)
  expect(isLargeDeletion(1_000, 3_000)).toBe(false)
})

test('an update tells how much it deletes', () => {
  const doc = bodyOf(7, 'Hello there', 'Second')
  expect(deletedUnits(change(doc, () => runOf(doc, 0).insert(5, ', you')))).toBe(0)
  expect(deletedUnits(change(doc, () => runOf(doc, 0).delete(0, 5)))).toBe(5)
  // Its letters, the text, and the paragraph.
  expect(deletedUnits(change(doc, () => paragraphs(doc).delete(1, 1)))).toBe('Second'.length + 2)
  expect(deletedUnits(change(doc, () => addParagraph(doc, 'Third')))).toBe(0)
  expect(deletedUnits(Uint8Array.of(1, 2, 3))).toBe(0)
  expect(deletedUnits(Y.encodeStateAsUpdate(doc))).toBeGreaterThan(0)
})
