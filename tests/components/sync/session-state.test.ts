import { expect, test } from 'vitest'
import { closeMeaning, type OfflineReason, waitBeforeRetryMs } from '../../../components/sync/session-state'

test('each close code of the contract has its own meaning', () => {
  const kinds = [4401, 4403, 4404, 4426, 4205, 4400, 4413].map((code) => closeMeaning(code, null).kind)
  expect(kinds).toEqual([
    'signed_out',
    'no_access',
    'gone',
    'outdated',
    'access_changed',
    'refused',
    'refused',
  ])
})

test('everything else is tried again, a lost connection and codes of a newer server among them', () => {
  for (const code of [null, 1000, 1001, 1006, 1007, 1011, 1012, 1013, 4503, 4508, 4529, 4599]) {
    expect(closeMeaning(code, null).kind).toBe('retry')
  }
})

test('a refusal that was said before the connection broke still counts', () => {
  expect(closeMeaning(1006, 'not_yours')).toEqual({ kind: 'refused', code: 'not_yours' })
})

test('waits double from 200 ms up to a low cap, and spread by a quarter either way', () => {
  const waits = (why: OfflineReason) => [0, 1, 2, 3, 4, 50].map((n) => waitBeforeRetryMs(why, n, 0.5))
  expect(waits('network')).toEqual([200, 400, 800, 1600, 2000, 2000])
  expect(waits('restarting')).toEqual([200, 400, 800, 1000, 1000, 1000])
  expect(waits('overloaded').at(-1)).toBe(10_000)
  expect(waitBeforeRetryMs('network', 0, 0)).toBe(150)
  expect(waitBeforeRetryMs('network', 0, 0.999)).toBe(250)
})
