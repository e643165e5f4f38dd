import fc from 'fast-check'
import { expect, test } from 'vitest'
import { crowded, placeCards } from '../../../components/thread/card-layout'

const gap = 8
const card = (id: string, top: number, height = 100) => ({ id, top, height })

test('cards stand level with their words where there is room', () => {
  const tops = placeCards([card('a', 40), card('b', 300), card('c', 900)], { active: null, gap })
  expect([...tops.values()]).toEqual([40, 300, 900])
})

test('cards of one line stand below one another', () => {
  const tops = placeCards([card('a', 40), card('b', 40), card('c', 50)], { active: null, gap })
  expect([...tops.values()]).toEqual([40, 148, 256])
})

test('the active card stands level with its words, those before it give way upwards', () => {
  const tops = placeCards([card('a', 400), card('b', 410), card('c', 420)], { active: 'c', gap })
  expect(Object.fromEntries(tops)).toEqual({ a: 204, b: 312, c: 420 })
})

test('what is pushed out at the top comes back, and only that moves the active card', () => {
  const tops = placeCards([card('a', 0), card('b', 10), card('c', 20)], { active: 'c', gap })
  expect(Object.fromEntries(tops)).toEqual({ a: 0, b: 108, c: 216 })
})

test('no two cards overlap, their order is that of their words, none is above the column', () => {
  const seed = Date.now()
  console.log(`cards: seed ${seed}`)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 20, max: 400 })), {
        maxLength: 40,
      }),
      fc.integer({ min: -1, max: 39 }),
      (drawn, activeIndex) => {
        const cards = drawn
          .sort(([a], [b]) => a - b)
          .map(([top, height], index) => ({ id: String(index), top, height }))
        const active = cards[activeIndex]?.id ?? null
        const tops = placeCards(cards, { active, gap })
        let floor = 0
        for (const { id, height } of cards) {
          const top = tops.get(id) ?? Number.NaN
          expect(top).toBeGreaterThanOrEqual(floor)
          floor = top + height + gap
        }
        const room = cards
          .slice(0, Math.max(activeIndex, 0))
          .reduce((sum, { height }) => sum + height + gap, 0)
        const wish = cards[activeIndex]?.top ?? 0
        if (active !== null && room <= wish) expect(tops.get(active)).toBe(wish)
      },
    ),
    { seed, numRuns: 300 },
  )
})

test('more than three to a screen become lines', () => {
  expect(crowded([0, 100, 200], 800)).toEqual([false, false, false])
  expect(crowded([0, 100, 200, 300, 5_000], 800)).toEqual([true, true, true, true, false])
})
