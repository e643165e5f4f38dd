import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Failpoint } from '../../server/failpoint'
import { testDatabase } from '../support/database'
import { buildFailing } from '../support/failing'
import { databaseOf, type ServerProcess, startServer } from '../support/server'
import { until } from './agreement'
import { call } from './call'

let failing: Awaited<ReturnType<typeof buildFailing>>
let server: ServerProcess
let pool: Pool
beforeAll(async () => {
  failing = await buildFailing()
}, 240_000)
afterAll(async () => {
  await pool?.end()
  await server?.remove()
  await failing?.remove()
})

/** Each start goes on from what the one before it left behind. */
const before: Failpoint[] = [
  'start: before data folder',
  'start: after data folder',
  'start: after pid file',
  'start: after port',
  'start: after pages',
  'cluster: made',
  'cluster: started',
  'start: after database',
  'start: after pool',
  'start: before installation',
]
/** At which visit, and how many files have been committed then. */
const migrating: [Failpoint, visit: number, committed: number][] = [
  ['migration: applied', 1, 0],
  ['migration: recorded', 2, 1],
  ['migration: committed', 1, 2],
]
const after: Failpoint[] = ['start: after installation', 'start: after relay', 'start: after sync']

const columns = async (of: Pool) => {
  const { rows } = await of.query<{ name: string }>(
    `select table_name || '.' || column_name || ' ' || data_type as name
       from information_schema.columns where table_schema = 'public' order by 1`,
  )
  return rows.map(({ name }) => name)
}

test('killed at each step of its very first start, the next one goes on, and the schema is never half', async () => {
  async function killedAt(at: Failpoint, visit = 1) {
    const next = failing.killedAt(at, visit)
    if (server) await server.start(next)
    else server = await startServer({ failing: next, waitForReady: false })
    const ended = await server.ended()
    expect({ at, signal: ended.signal, said: ended.stderr.trim().split('\n').at(-1) }).toEqual({
      at,
      signal: 'SIGKILL',
      said: `Killed at ${at}`,
    })
  }
  for (const at of before) await killedAt(at)
  pool = databaseOf(server)
  for (const [at, visit, committed] of migrating) {
    await killedAt(at, visit)
    const { rows } = await pool.query<{ version: number }>(
      'select version from schema_migration order by version',
    )
    expect(rows.map(({ version }) => version)).toEqual(Array.from({ length: committed }, (_, n) => n + 1))
    const tables = new Set((await columns(pool)).map((column) => column.split('.')[0]))
    expect(tables.has('document')).toBe(committed > 0)
    expect(tables.has('server_run')).toBe(committed > 1)
  }
  for (const at of after) await killedAt(at)

  const began = performance.now()
  await server.start()
  await until(() => server.stdout().includes('Rationale is ready'))
  console.log(`after ${before.length + migrating.length + after.length} kills: ready in ${ms(began)} ms`)
  const whole = await testDatabase()
  expect(await columns(pool)).toEqual(await columns(whole.pool))
  await whole.close()
  const token = await server.token('ada')
  const made = { title: 'The first', templateKey: 'blank' }
  const { id } = await call<{ id: string }>(server.origin, token, 'POST', '/documents', made)
  expect(await call(server.origin, token, 'GET', `/documents/${id}`)).toMatchObject({ title: 'The first' })
}, 240_000)

const ms = (since: number) => Math.round(performance.now() - since)
