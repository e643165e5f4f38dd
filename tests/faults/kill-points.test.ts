import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Failpoint } from '../../server/failpoint'
import { buildFailing } from '../support/failing'
import { random } from '../support/random'
import { databaseOf, type ServerProcess, startServer } from '../support/server'
import { agree, nothingIsLost, type Place } from './agreement'
import { call } from './call'
import { typing } from './nodes'
import { Writer } from './writer'

/** Folded all the time, and forgotten as soon as nobody is there. */
const limits = JSON.stringify({ compactUpdates: 20, compactEveryMs: 1, unloadMs: 50 })

/** While they write. */
const writing: Failpoint[] = [
  'commit: sending',
  'commit: stored',
  'compaction: read',
  'compaction: written',
  'compaction: marked',
  'compaction: archived',
  'compaction: committed',
]
/** When they have left. */
const leaving: Failpoint[] = ['unload: finished', 'unload: folded']

let failing: Awaited<ReturnType<typeof buildFailing>>
let server: ServerProcess
let pool: Pool
let place: Place
let writers: Writer[]
beforeAll(async () => {
  failing = await buildFailing()
  server = await startServer({ env: { LIMITS: limits } })
  pool = databaseOf(server)
  const token = await server.token('ada', 'admin')
  const graces = await server.token('grace')
  const { id } = await call<{ id: string }>(server.origin, token, 'POST', '/documents', {
    title: 'What survives',
    templateKey: 'blank',
  })
  const grace = await call<{ id: string }>(server.origin, graces, 'GET', '/me')
  await call(server.origin, token, 'PUT', `/documents/${id}/members/${grace.id}`, { role: 'editor' })
  place = { documentId: id, origins: [server.origin], token, pool }
  const at = { origin: server.origin, documentId: id }
  writers = [new Writer('ada', { ...at, token }), new Writer('grace', { ...at, token: graces })]
  await Promise.all(writers.map((writer) => writer.ready()))
}, 240_000)
afterAll(async () => {
  for (const writer of writers ?? []) writer.leave()
  await pool?.end()
  await server?.remove()
  await failing?.remove()
})

test('killed while it commits, folds and forgets, it has everything that it acknowledged, old or new and never half', async () => {
  const { between, seed } = random()
  const rounds = Number(process.env.KILL_ROUNDS ?? 1)
  console.log(`kill points: ${rounds} rounds (KILL_ROUNDS), seed ${seed}`)
  const openedMs: number[] = []
  const away = () => {
    for (const writer of writers) writer.disconnect()
  }
  away()
  await server.stop()
  for (const at of Array.from({ length: rounds }, () => [...writing, ...leaving]).flat()) {
    const began = performance.now()
    const visit = leaving.includes(at) ? 1 : between(1, 4)
    await server.start(failing.killedAt(at, visit))
    openedMs.push(Math.round(performance.now() - began))
    await nothingIsLost(place, writers, `before ${at} (seed ${seed}):`)
    for (const writer of writers) writer.connect()
    const stop = typing(writers, 5)
    if (leaving.includes(at)) {
      const goals = writers.map(({ acknowledged }) => acknowledged + 10)
      await Promise.all(writers.map((writer, i) => writer.until(() => writer.acknowledged > (goals[i] ?? 0))))
      away()
    }
    const ended = await server.ended()
    stop()
    expect(ended.stderr.trim().split('\n').at(-1), `seed ${seed}`).toBe(`Killed at ${at}`)
    away()
  }
  const began = performance.now()
  await server.start()
  openedMs.push(Math.round(performance.now() - began))
  await nothingIsLost(place, writers, `at the end (seed ${seed}):`)
  for (const writer of writers) writer.connect()
  await agree(place, writers, `seed ${seed}:`)
  console.log(`opened again in ${openedMs.sort((a, b) => a - b).join(', ')} ms`)
}, 240_000)
