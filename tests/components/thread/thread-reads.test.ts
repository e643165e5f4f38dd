import { expect, test } from 'vitest'
import { ThreadReads } from '../../../components/thread/thread-reads'

/** A server whose answers are given by hand, and a page that shows what arrived last. */
class Wire {
  /** How often the thread has changed. */
  state = 0
  readonly shown: number[] = []
  readonly #answers: (() => void)[] = []
  readonly reads = new ThreadReads(async () => {
    this.shown.push(await this.ask())
  })

  ask(): Promise<number> {
    const { state } = this
    return new Promise((resolve) => this.#answers.push(() => resolve(state)))
  }
  get waiting(): number {
    return this.#answers.length
  }
  async answer(index = 0): Promise<void> {
    this.#answers.splice(index, 1)[0]?.()
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
  }
}

test('two changes of one thread are never shown in another order than they were made', async () => {
  const wire = new Wire()
  const first = wire.reads.changed('a')
  wire.state = 1
  const second = wire.reads.changed('a')
  // The later question is asked when the earlier one was answered: they cannot overtake each other.
  expect(wire.waiting).toBe(1)
  await wire.answer()
  await wire.answer()
  await Promise.all([first, second])
  expect(wire.shown).toEqual([0, 1])
})

test('a list that was asked for before a change does not hide it', async () => {
  const wire = new Wire()
  const list = wire.reads.list(() => wire.ask())
  wire.state = 1
  void wire.reads.changed('a')
  await wire.answer(1)
  expect(wire.shown).toEqual([1])
  await wire.answer()
  wire.shown.push(await list)
  await wire.answer()
  expect(wire.shown).toEqual([1, 0, 1])
})

test('a read that failed does not keep the thread from being read again', async () => {
  let fails = true
  const reads = new ThreadReads(async () => {
    if (fails) throw new Error('away')
  })
  await expect(reads.changed('a')).rejects.toThrow('away')
  fails = false
  await expect(reads.changed('a')).resolves.toBeUndefined()
})
