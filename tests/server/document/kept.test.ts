import { expect, test } from 'vitest'
import { Kept } from '../../../server/document/kept'

const words = () => {
  const made: string[] = []
  const kept = new Kept<string>({ maxBytes: 10, bytesOf: (word) => word.length })
  const get = (word: string) =>
    kept.get(word, async () => {
      made.push(word)
      if (word === 'no') throw new Error('no')
      return word
    })
  return { made, get }
}

test('many who ask at once wait for one, and later ones get it', async () => {
  const { made, get } = words()
  expect(await Promise.all([get('four'), get('four'), get('four')])).toEqual(['four', 'four', 'four'])
  expect(await get('four')).toBe('four')
  expect(made).toEqual(['four'])
})

test('beyond its measure the least recently used is gone', async () => {
  const { made, get } = words()
  for (const word of ['four', 'five', 'four', 'third']) await get(word)
  await get('four')
  expect(made).toEqual(['four', 'five', 'third'])
  await get('five')
  expect(made).toEqual(['four', 'five', 'third', 'five'])
})

test('what is larger than all of it is made, and not kept', async () => {
  const { made, get } = words()
  for (const _ of [1, 2]) expect(await get('eleven chars')).toBe('eleven chars')
  expect(made).toHaveLength(2)
})

test('what failed is made again', async () => {
  const { made, get } = words()
  for (const _ of [1, 2]) await expect(get('no')).rejects.toThrow('no')
  expect(made).toEqual(['no', 'no'])
})
