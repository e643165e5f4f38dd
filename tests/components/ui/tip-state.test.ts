import { expect, test } from 'vitest'
import { nextTip, type TipEvent, type TipState } from '../../../components/ui/tip-state'

const [bold, italic] = [{ name: 'bold' }, { name: 'italic' }] as unknown as HTMLElement[] as [
  HTMLElement,
  HTMLElement,
]
const none: TipState = { kind: 'none', closedAtMs: Number.NEGATIVE_INFINITY }
const after = (...events: TipEvent[]): TipState => events.reduce(nextTip, none)
const point = (element: HTMLElement | null, nowMs: number): TipEvent => ({ kind: 'point', element, nowMs })
const time = (nowMs: number): TipEvent => ({ kind: 'time', nowMs })

test('who passes over a button is told nothing; who stays is', () => {
  expect(after(point(bold, 0), point(null, 100), time(700))).toMatchObject({ kind: 'none' })
  expect(after(point(bold, 0), time(599))).toMatchObject({ kind: 'waiting' })
  expect(after(point(bold, 0), time(600))).toEqual({ kind: 'shown', element: bold })
})

test('who reads one reads the next at once, and again after a moment beside', () => {
  const reading = [point(bold, 0), time(600)]
  expect(after(...reading, point(italic, 900))).toEqual({ kind: 'shown', element: italic })
  const left = [...reading, point(null, 900), time(1_020)]
  expect(after(...left)).toEqual({ kind: 'none', closedAtMs: 1_020 })
  expect(after(...left, point(italic, 1_300))).toEqual({ kind: 'shown', element: italic })
  expect(after(...left, point(italic, 1_500))).toMatchObject({ kind: 'waiting' })
})

test('the words can be pointed at themselves, and go when they are left', () => {
  const way = [point(bold, 0), time(600), point(null, 700)]
  expect(after(...way, { kind: 'stay' }, time(2_000))).toEqual({ kind: 'shown', element: bold })
  expect(after(...way, time(819))).toMatchObject({ kind: 'leaving' })
  expect(after(...way, time(820))).toMatchObject({ kind: 'none' })
})

test('a key that reaches a button shows its words at once; a press or Escape takes them away for good', () => {
  expect(after({ kind: 'focus', element: bold })).toEqual({ kind: 'shown', element: bold })
  const ended = after({ kind: 'focus', element: bold }, { kind: 'end', nowMs: 10 })
  expect(nextTip(ended, point(italic, 20))).toMatchObject({ kind: 'waiting' })
})
