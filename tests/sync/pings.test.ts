import { afterAll, beforeAll, expect, test } from 'vitest'
import { Office } from './wire'

let office: Office
beforeAll(async () => {
  office = await Office.open({ messagesPerSecond: 1_000, messageBurst: 50, throttleMs: 100 })
})
afterAll(() => office.close())

test.each([
  ['pings', 0x89],
  ['pongs that nobody asked for', 0x8a],
])('25: %s count like messages: who sends nothing else without end is closed', async (_, first) => {
  const { socket } = await office.joined(await office.document(), office.ada)
  // Masked with zeros, and empty.
  const hundred = Buffer.concat(new Array<Buffer>(100).fill(Buffer.from([first, 0x80, 0, 0, 0, 0])))
  const sending = setInterval(() => socket.wire.write(hundred), 10)
  expect(await socket.closed).toEqual([4529, 'rate_limited'])
  clearInterval(sending)
})
