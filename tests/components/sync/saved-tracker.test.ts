import { expect, test } from 'vitest'
import { SavedTracker } from '../../../components/sync/saved-tracker'

const typing = (tracker: SavedTracker<string>, text: string) => {
  for (const letter of text) {
    tracker.changed()
    tracker.sent('update', 0, letter)
  }
}

test('what was typed is pending until the server has named its message', () => {
  const tracker = new SavedTracker<string>()
  typing(tracker, 'abc')
  expect(tracker.pending).toBe(3)
  expect(tracker.acknowledged(2)).toEqual(['a', 'b'])
  expect(tracker.pending).toBe(1)
  expect(tracker.acknowledged(3)).toEqual(['c'])
  expect(tracker.pending).toBe(0)
  expect(tracker.settled).toBe(true)
})

test('acknowledgements are cumulative: an older one arriving late takes nothing back', () => {
  const tracker = new SavedTracker<string>()
  typing(tracker, 'abcd')
  tracker.acknowledged(3)
  expect(tracker.acknowledged(1)).toEqual([])
  expect(tracker.pending).toBe(1)
})

test('an acknowledgement of more than was sent promises nothing', () => {
  const tracker = new SavedTracker<string>()
  typing(tracker, 'a')
  tracker.acknowledged(1_000_000)
  typing(tracker, 'b')
  expect(tracker.pending).toBe(1)
  tracker.acknowledged(2)
  expect(tracker.pending).toBe(0)
})

test('a lost connection makes what was under way unsent again, and step 2 of the next one carries it', () => {
  const tracker = new SavedTracker<string>()
  typing(tracker, 'abc')
  tracker.acknowledged(1)
  tracker.closed()
  tracker.changed()
  expect(tracker.pending).toBe(3)
  expect(tracker.settled).toBe(false)

  tracker.sent('step2', 0, 'all')
  expect(tracker.acknowledged(1)).toEqual(['all'])
  expect(tracker.pending).toBe(0)
})

test('an update that overtakes step 2 carries the newest change alone', () => {
  const tracker = new SavedTracker<string>(5)
  tracker.changed()
  tracker.sent('update', 0, 'early')
  tracker.acknowledged(1)
  expect(tracker.pending).toBe(5)
  tracker.sent('step2', 0, 'all')
  tracker.acknowledged(2)
  expect(tracker.pending).toBe(0)
})

test('a step 2 that brings nothing new keeps nobody waiting', () => {
  const tracker = new SavedTracker<string>()
  tracker.sent('step2', 50, 'all')
  expect(tracker.pending).toBe(0)
  expect(tracker.waitingSinceMs).toBeNull()
  expect(tracker.settled).toBe(false)
  tracker.acknowledged(1)
  expect(tracker.settled).toBe(true)
})

test('waiting counts from the oldest message that carries a change', () => {
  const tracker = new SavedTracker<string>()
  tracker.sent('step2', 10, 'nothing')
  tracker.changed()
  tracker.sent('update', 20, 'a')
  tracker.changed()
  tracker.sent('update', 30, 'b')
  expect(tracker.waitingSinceMs).toBe(20)
  tracker.acknowledged(2)
  expect(tracker.waitingSinceMs).toBe(30)
})
