import { expect, test } from 'vitest'
import { foldNits } from '../../../components/thread/nit-fold'

const threads = [
  { id: 'a', kind: 'nit' },
  { id: 'b', kind: 'blocking' },
  { id: 'c', kind: 'nit' },
] as const
const ids = (given: { unfolded: boolean; activeId: string | null }) => {
  const { shown, nits } = foldNits(threads, given)
  return [shown.map(({ id }) => id).join(''), nits]
}

test('two nits are one line; one that is looked at is there, and so are all when they are asked for', () => {
  expect(ids({ unfolded: false, activeId: null })).toEqual(['b', 2])
  expect(ids({ unfolded: false, activeId: 'c' })).toEqual(['bc', 2])
  expect(ids({ unfolded: true, activeId: null })).toEqual(['abc', 2])
  const one = threads.slice(0, 2)
  expect(foldNits(one, { unfolded: false, activeId: null })).toEqual({ shown: one, nits: 0 })
})
