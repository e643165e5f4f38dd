import { describe, expect, test } from 'vitest'
import type { PersonId } from '../../../lib/id'
import { cleanState, maxStateBytes } from '../../../lib/sync/presence-state'

const user = { id: 'p1' as PersonId, name: 'Ada', color: '#336699', picture: null }
const writer = { user, mayWrite: true }
const clean = (state: unknown, by = writer) => cleanState(JSON.stringify(state), by)
const position = { type: { client: 1, clock: 2 }, tname: null, item: { client: 1, clock: 9 }, assoc: -1 }

test('the server says who it is; of what the client says, cursor and section remain', () => {
  const state = {
    user: { name: 'Grace', color: 'url(https://evil.example)' },
    cursor: { anchor: position, head: { ...position, assoc: 0 }, extra: 1 },
    sectionId: 'h1',
    isAdmin: true,
  }
  expect(clean(state)).toEqual({
    user,
    cursor: { anchor: position, head: { ...position, assoc: 0 } },
    sectionId: 'h1',
  })
})

test('those who may not write have no caret', () => {
  const state = { cursor: { anchor: position, head: position }, sectionId: 'h1' }
  expect(clean(state, { user, mayWrite: false })).toEqual({ user, cursor: null, sectionId: 'h1' })
})

describe('a cursor that would throw in other browsers is none', () => {
  test.each([
    ['text', 'here'],
    ['one end', { anchor: position }],
    ['an id of text', { anchor: { ...position, item: { client: 'x', clock: 1 } }, head: {} }],
    ['nowhere', { anchor: { type: null, item: null, tname: null }, head: position }],
    ['another root', { anchor: { type: null, item: null, tname: '__proto__' }, head: position }],
    ['an array', [position, position]],
  ])('%s', (_, cursor) => expect(clean({ cursor })?.cursor).toBeNull())
})

test.each(['', '{', '3', '"x"', '[]', 'null', 'true'])('%s is no state', (text) =>
  expect(cleanState(text, writer)).toBeNull(),
)

test('a state beyond 4 KiB is none, counted in bytes', () => {
  expect(clean({ sectionId: 'x', pad: 'a'.repeat(maxStateBytes - 30) })).not.toBeNull()
  expect(clean({ pad: 'a'.repeat(maxStateBytes) })).toBeNull()
  expect(clean({ pad: 'ü'.repeat(maxStateBytes / 2) })).toBeNull()
})

test.each(['', 'a b', 'x'.repeat(65), '<img>', 3, null])('%j is no section', (sectionId) =>
  expect(clean({ sectionId })?.sectionId).toBeNull(),
)
