import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { DocumentId } from '../../lib/id'
import type { ChaosProxy, Weather } from '../support/chaos-proxy'
import { until } from './agreement'
import { Network } from './network'
import { saved, typing } from './nodes'
import type { Writer } from './writer'

/** `WEATHERS=200 npx vitest run tests/faults/network.test` goes through more of them. */
const weathers = Number(process.env.WEATHERS ?? 10)
vi.setConfig({ testTimeout: 100_000 + weathers * 5_000 })

/** A node that asks for a sign of life every 2 s and waits 4 s for it, instead of 20 s and 60 s. */
const limits = { keepAliveMs: 2_000, deadMs: 4_000 }

let here: Network
beforeAll(async () => {
  here = await Network.open({ limits })
}, 240_000)
afterAll(() => here?.close())

let writers: Writer[] = []
let stop = () => {}
afterEach(() => {
  stop()
  for (const writer of writers) writer.leave()
  writers = []
})

/** What a stock client takes 30 s of silence to notice, it notices at its next look, within 3 s. */
function halfAMinutePasses(): void {
  for (const { provider } of writers) provider.wsLastMessageReceived -= 31_000
}

async function begin(over: readonly (ChaosProxy | undefined)[]): Promise<DocumentId> {
  const id = await here.document()
  const names = ['ada', 'grace', 'linus'] as const
  for (const [i, proxy] of over.entries()) writers.push(await here.writer(names[i] ?? 'ada', id, proxy))
  stop = typing(writers)
  await saved(writers, 5)
  return id
}

const kinds: readonly ((chance: Network['chance']) => Weather)[] = [
  () => ({}),
  () => ({ latencyMs: 300, jitterMs: 200, stallOneIn: 20, stallMs: 1_000 }),
  () => ({ pieceBytes: 1 }),
  ({ between }) => ({ pieceBytes: between(2, 7), latencyMs: 20, jitterMs: 20 }),
  ({ between }) => ({ bytesPerSecond: between(2_000, 20_000) }),
  () => ({ resetAfterBytes: { least: 1, most: 400 } }),
  () => ({ resetAfterBytes: { least: 200, most: 20_000 }, pieceBytes: 11, latencyMs: 10 }),
]

test(`three people type through ${weathers} kinds of weather, each through one of their own: all converge, nothing is lost`, async () => {
  const lines = [await here.line(), await here.line(), await here.line()]
  const id = await begin(lines)
  for (let round = 0; round < weathers; round += 1) {
    for (const line of lines) {
      line.weather(here.chance.pick(kinds)(here.chance))
      if (here.chance.between(1, 4) === 1) line.silence()
      if (here.chance.between(1, 4) === 1) line.reset()
    }
    const [ada] = writers as [Writer]
    await ada.hasTyped(ada.typed + here.chance.between(10, 60))
    // The cable is put back; what was cut off meanwhile is found out by either side.
    if (here.chance.between(1, 2) === 1) for (const line of lines) line.speak()
  }
  for (const line of lines) line.weather({})
  halfAMinutePasses()
  await saved(writers, 20)
  stop()
  await here.agree(id, writers)
  expect(lines.reduce((sum, { resets }) => sum + resets, 0)).toBeGreaterThan(0)
})

test('9: a socket whose other side has vanished is noticed by the server and by the client, and its people come back', async () => {
  const line = await here.line()
  const id = await begin([line, undefined])
  const [ada, grace] = writers as [Writer, Writer]
  for (const writer of writers) writer.provider.awareness.setLocalState({})
  const people = () => grace.provider.awareness.getStates().size
  await until(() => people() === 2)
  await until(async () => (await here.metric('sync_sockets')) === 2)
  line.silence()
  // The server, by the sign of life that stays away: Grace sees that Ada has gone.
  await until(() => people() === 1)
  expect(await here.metric('sync_sockets')).toBe(1)
  // Ada knows nothing of it yet, and types on.
  expect(ada.provider.wsconnected).toBe(true)
  const { acknowledged } = ada
  await saved([grace], 20)
  expect(ada.acknowledged).toBe(acknowledged)
  halfAMinutePasses()
  await saved(writers, 20)
  await until(() => people() === 2)
  stop()
  await here.agree(id, writers)
})
