import { expect, test } from 'vitest'
import { savedWords } from '../../../components/document/saved-words'
import { type SavedInput, savedState } from '../../../components/sync/saved-state'
import type { SessionState } from '../../../components/sync/session-state'

const live: SessionState = { kind: 'live' }
const offline: SessionState = { kind: 'offline', sinceMs: 0, why: 'network' }
const calm = {
  canWrite: true,
  pending: 0,
  settled: true,
  waitingSinceMs: null,
  stalled: false,
  kept: true,
  nowMs: 0,
}
const label = (state: SessionState, given: Partial<SavedInput> = {}) =>
  savedWords(savedState({ ...calm, ...given, state }), state).label

test('each state has its words', () => {
  expect(label(live)).toBe('Saved')
  expect(label(live, { pending: 1, waitingSinceMs: 0 })).toBe('Saving…')
  expect(label(live, { pending: 1, waitingSinceMs: 0, nowMs: 5_000 })).toBe(
    'Saving paused, your text is kept',
  )
  expect(label(live, { pending: 1, waitingSinceMs: 0, stalled: true })).toBe(
    'Saving paused, your text is kept',
  )
  expect(label(offline)).toBe('Offline')
  expect(label(offline, { pending: 1 })).toBe('Offline, 1 change kept on this device')
  expect(label(offline, { pending: 12 })).toBe('Offline, 12 changes kept on this device')
  expect(label(live, { canWrite: false })).toBe('Read-only')
})

test('nothing is called kept in a browser that keeps nothing', () => {
  expect(label(offline, { pending: 2, kept: false })).toBe('Offline, 2 changes not saved')
  const words = savedWords({ kind: 'offline', changes: 2, kept: false }, offline)
  expect(words.reason).toContain('leave it open')
})

test('every reason for being offline says what happens next', () => {
  for (const why of ['network', 'restarting', 'unavailable', 'overloaded', 'slow_down'] as const) {
    const state: SessionState = { kind: 'offline', sinceMs: 0, why }
    const words = savedWords({ kind: 'offline', changes: 0, kept: true }, state)
    expect(words.reason.length).toBeGreaterThan(40)
    expect(words.canRetry).toBe(true)
  }
})
