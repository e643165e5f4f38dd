import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchTyping } from '../../../components/sync/typing'

/** A browser's frames, one at a time: what is asked for runs, then it is painted, then the next task. */
let frames: (() => void)[] = []
const frame = () => {
  for (const run of frames.splice(0)) run()
}
const nextTask = () => vi.advanceTimersByTime(0)
beforeEach(() => {
  frames = []
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run))
  vi.stubGlobal('cancelAnimationFrame', () => frames.splice(0))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function page() {
  const target = new EventTarget()
  const typing = watchTyping(target as Document)
  const painted = vi.fn()
  const stop = typing.onPainted(painted)
  return { typing, painted, stop, press: (kind = 'keydown') => target.dispatchEvent(new Event(kind)) }
}

test.each(['keydown', 'beforeinput'])(
  'what %s did is unpainted until the frame behind it has passed',
  (kind) => {
    const { typing, painted, press } = page()
    expect(typing.unpainted).toBe(false)
    press(kind)
    expect(typing.unpainted).toBe(true)
    frame()
    expect([typing.unpainted, painted.mock.calls.length]).toEqual([true, 0])
    nextTask()
    expect([typing.unpainted, painted.mock.calls.length]).toEqual([false, 1])
  },
)

test('a key that comes while a frame is painted waits for the next one', () => {
  const { typing, painted, press } = page()
  press()
  press()
  frame()
  press()
  nextTask()
  expect([typing.unpainted, painted.mock.calls.length]).toEqual([true, 0])
  frame()
  nextTask()
  expect([typing.unpainted, painted.mock.calls.length]).toEqual([false, 1])
})

test('who has stopped hears nothing more', () => {
  const { typing, painted, stop, press } = page()
  press()
  stop()
  frame()
  nextTask()
  expect(painted).not.toHaveBeenCalled()
  typing.stop()
  press()
  expect(typing.unpainted).toBe(false)
})

test('a composition lasts until the editor has read what was composed', () => {
  const { typing, painted, press } = page()
  press('compositionstart')
  expect(typing.composing).toBe(true)
  press('compositionend')
  vi.advanceTimersByTime(50)
  expect([typing.composing, painted.mock.calls.length]).toEqual([true, 0])
  // The next one began before that was done.
  press('compositionstart')
  vi.advanceTimersByTime(200)
  expect(typing.composing).toBe(true)
  press('compositionend')
  vi.advanceTimersByTime(100)
  expect([typing.composing, painted.mock.calls.length]).toEqual([false, 1])
})
