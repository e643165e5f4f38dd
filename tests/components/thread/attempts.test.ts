import { expect, test } from 'vitest'
import { CallError } from '../../../components/call-api'
import { Attempts } from '../../../components/thread/attempts'

const reply = { threadId: 'a', body: 'Yes.' }

test('what failed is sent again under its key; what succeeded, under a new one', async () => {
  const attempts = new Attempts()
  const keys: string[] = []
  const send = (outcome: CallError | null) =>
    attempts
      .make(reply, async (key) => {
        keys.push(key)
        if (outcome) throw outcome
      })
      .catch(() => {})
  await send(new CallError('unavailable'))
  await send(new CallError('timeout'))
  await send(new CallError('unavailable', { fromApi: true }))
  await send(null)
  expect(new Set(keys.splice(0)).size).toBe(1)
  await send(null)
  await send(null)
  expect(new Set(keys).size).toBe(2)
})

test('other words are another comment', async () => {
  const attempts = new Attempts()
  const keys: string[] = []
  for (const body of ['Yes.', 'No.']) {
    const given = attempts.make({ ...reply, body }, async (key) => {
      keys.push(key)
      throw new CallError('unavailable')
    })
    await expect(given).rejects.toThrow()
  }
  expect(new Set(keys).size).toBe(2)
})
