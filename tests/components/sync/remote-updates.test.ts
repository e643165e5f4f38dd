import { expect, test } from 'vitest'
import { longestCompositionMs, longestWaitMs, RemoteUpdates } from '../../../components/sync/remote-updates'
import type { Typing } from '../../../components/sync/typing'
import { ManualClock } from '../../support/clock'
import { bodyOf, change, copyOf, runOf } from '../../support/raw-body'

/** A page's Y.Doc with this many characters, another person's, and somebody who types at the page. */
function page(size: number) {
  const theirs = bodyOf(7, 'a'.repeat(size))
  const doc = copyOf(theirs, 8)
  const clock = new ManualClock()
  const painted = new Set<() => void>()
  let unpainted = false
  let composing = false
  const typing: Typing = {
    get unpainted() {
      return unpainted
    },
    get composing() {
      return composing
    },
    onPainted(listener) {
      painted.add(listener)
      return () => painted.delete(listener)
    },
  }
  const remote = new RemoteUpdates({
    doc,
    origin: 'net',
    clock: { now: clock.elapsed, after: (ms, run) => clock.after(ms, run) },
    typing,
  })
  let transactions = 0
  doc.on('afterTransaction', ({ origin, local }) => {
    if (origin === 'net' && !local) transactions += 1
  })
  return {
    clock,
    remote,
    painted,
    arrives: () => remote.push(change(theirs, () => runOf(theirs, 0).insert(0, 'x'))),
    letters: () => runOf(doc, 0).length - size,
    transactions: () => transactions,
    compose: () => {
      composing = true
    },
    composed: () => {
      composing = false
      for (const listener of painted) listener()
    },
    press: () => {
      unpainted = true
    },
    paint: () => {
      unpainted = false
      for (const listener of painted) listener()
    },
  }
}
const [small, large] = [1_000, 300_000]

test('in a small document each update is taken as it comes', () => {
  const { arrives, letters, transactions } = page(small)
  arrives()
  arrives()
  expect([letters(), transactions()]).toEqual([2, 2])
})

test('a large one takes the first at once, and what follows within a tenth of a second as one', async () => {
  const { arrives, letters, transactions, clock } = page(large)
  arrives()
  expect(letters()).toBe(1)
  for (let n = 0; n < 9; n += 1) {
    arrives()
    await clock.advance(10)
  }
  expect(letters()).toBe(1)
  await clock.advance(10)
  expect([letters(), transactions()]).toEqual([10, 2])
})

test('a document is large by what it holds, however it came', async () => {
  const { arrives, letters, clock } = page(large)
  arrives()
  arrives()
  expect(letters()).toBe(1)
  await clock.advance(100)
  expect(letters()).toBe(2)
})

test.each([small, large])('between a key and its picture nothing is taken, of %i characters', (size) => {
  const { arrives, letters, press, paint } = page(size)
  press()
  arrives()
  expect(letters()).toBe(0)
  paint()
  expect(letters()).toBe(1)
})

test('whoever types without a pause still sees others within a quarter of a second', async () => {
  const { arrives, letters, press, clock } = page(large)
  press()
  arrives()
  await clock.advance(longestWaitMs - 1)
  arrives()
  expect(letters()).toBe(0)
  await clock.advance(1)
  expect(letters()).toBe(2)
})

test('what waits is taken before a step 2, and nothing after the end', () => {
  const { arrives, letters, press, paint, remote, painted } = page(small)
  press()
  arrives()
  remote.flush()
  expect(letters()).toBe(1)
  arrives()
  remote.destroy()
  expect(painted.size).toBe(0)
  paint()
  expect(letters()).toBe(1)
})

test('while an input method composes nothing is drawn into it; it is taken when that ends, or after five seconds', async () => {
  const { arrives, letters, compose, composed, paint, clock } = page(small)
  compose()
  arrives()
  paint()
  await clock.advance(longestCompositionMs - 1)
  expect(letters()).toBe(0)
  composed()
  expect(letters()).toBe(1)
  compose()
  arrives()
  await clock.advance(longestCompositionMs)
  expect(letters()).toBe(2)
})
