import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DocumentId } from '../../lib/id'
import { until } from './agreement'
import { Network } from './network'
import { saved, typing } from './nodes'
import type { Writer } from './writer'

/** No comparison between nodes that would heal what was lost, and signs of life that can be waited for. */
const limits = { nodeHeartbeatMs: 500, nodeCompareMs: 3_600_000, relayProbeMs: 200, relayTimeoutMs: 1_500 }

let here: Network
let id: DocumentId
let writers: Writer[]
let stop: () => void

/** Ada and Linus at the node that is far from Redis, Grace at the other. */
beforeAll(async () => {
  here = await Network.open({ nodes: 2, isRedisFar: true, limits })
  id = await here.document()
  const [, near] = here.nodes
  writers = await Promise.all([
    here.writer('ada', id),
    here.writer('grace', id, near),
    here.writer('linus', id),
  ])
  stop = typing(writers)
  await isUp()
}, 240_000)
afterAll(async () => {
  for (const writer of writers ?? []) writer.leave()
  await here?.close()
})

const isUp = () =>
  until(async () => {
    const states = await Promise.all(here.nodes.map((node) => here.metric('relay_nodes', node)))
    return states.every((nodes) => nodes === 2) && (await here.metric('relay_up')) === 1
  })

async function agreed(): Promise<void> {
  await saved(writers, 20)
  stop()
  await here.agree(id, writers)
  stop = typing(writers)
}

test('32: a Redis whose machine has vanished is noticed by what does not come back, and nothing is missed', async () => {
  const lost = await here.metric('relay_lost')
  const taken = here.toRedis.taken
  here.toRedis.silence()
  await saved(writers, 20)
  // Nobody writes any more: no later word shows that one before it was missed.
  stop()
  await until(async () => (await here.metric('relay_lost')) === lost + 1)
  await isUp()
  expect(here.toRedis.taken).toBeGreaterThanOrEqual(taken + 2)
  await here.agree(id, writers)
  stop = typing(writers)
}, 120_000)

test('32: a Redis that is 300 ms away and stands still now and then loses nothing, nor one whose answers break off', async () => {
  here.toRedis.weather({ latencyMs: 300, jitterMs: 100, stallOneIn: 30, stallMs: 700 })
  await saved(writers, 100)
  here.toRedis.weather({ resetAfterBytes: { least: 50, most: 5_000 }, pieceBytes: 13 })
  for (let n = 0; n < 5; n += 1) await saved(writers, 20)
  expect(here.toRedis.resets).toBeGreaterThan(0)
  here.toRedis.weather({})
  await isUp()
  await agreed()
}, 120_000)
