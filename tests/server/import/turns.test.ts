import { expect, test } from 'vitest'
import { createTurns } from '../../../server/import/turns'

test('so many go in at once; the others follow in order as places are left', async () => {
  const turns = createTurns({ atOnce: 1, waiting: 2 })
  const entered: string[] = []
  const enter = async (name: string) => {
    const leave = await turns.enter()
    entered.push(name)
    return leave
  }
  const leaveFirst = await enter('first')
  const second = enter('second')
  const third = enter('third')
  await expect(turns.enter()).rejects.toMatchObject({ code: 'overloaded' })
  expect(entered).toEqual(['first'])
  leaveFirst()
  // Leaving twice gives no second place away.
  leaveFirst()
  const leaveSecond = await second
  expect(entered).toEqual(['first', 'second'])
  leaveSecond()
  const leaveThird = await third
  leaveThird()
  expect(entered).toEqual(['first', 'second', 'third'])
  await enter('fourth')
})

test('who gives up while waiting holds no place', async () => {
  const turns = createTurns({ atOnce: 1, waiting: 2 })
  const leave = await turns.enter()
  const patience = new AbortController()
  const given = turns.enter(patience.signal)
  const next = turns.enter()
  patience.abort(new Error('gone'))
  await expect(given).rejects.toThrow('gone')
  leave()
  await expect(next).resolves.toBeTypeOf('function')
})
