import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { RestTimer } from '../../components/rest-timer'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

test('it runs once when calls rest', () => {
  const run = vi.fn()
  const timer = new RestTimer(run, 1_000)
  for (let n = 0; n < 4; n += 1) {
    timer.soon(200)
    vi.advanceTimersByTime(199)
  }
  expect(run).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(run).toHaveBeenCalledTimes(1)
})

test('calls without an end do not put it off for longer than it may wait', () => {
  const run = vi.fn()
  const timer = new RestTimer(run, 1_000)
  for (let n = 0; n < 31; n += 1) {
    timer.soon(200)
    vi.advanceTimersByTime(100)
  }
  expect(run).toHaveBeenCalledTimes(3)
})

test('what has ended runs no more', () => {
  const run = vi.fn()
  const timer = new RestTimer(run, 1_000)
  timer.soon(0)
  timer.end()
  vi.advanceTimersByTime(2_000)
  expect(run).not.toHaveBeenCalled()
})
