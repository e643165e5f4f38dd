import { randomUUID } from 'node:crypto'
import pino from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { DocumentId } from '../../lib/id'
import { holdInstallation } from '../../server/db/only-one'
import { transaction } from '../../server/db/open'
import { settingMadeOnce } from '../../server/db/setting'
import { ServerRun } from '../../server/sync/server-run'
import { type TestDatabase, testDatabase } from '../support/database'

const log = pino({ level: 'silent' })
/** Without a limit of its own: the test's is enough, and a busy machine is no fault. */
const waitUntil = (holds: () => Promise<boolean>) => vi.waitUntil(holds, { timeout: 20_000 })

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

const store = (key: string) =>
  transaction(database.pool, (tx) => tx.query('insert into setting (key, value) values ($1, $1)', [key]))
const stored = async (key: string) => {
  const { rowCount } = await database.pool.query('select from setting where key = $1', [key])
  return rowCount === 1
}
/** The connection that holds the installation's lock. */
const lockHolder = async (): Promise<number | undefined> => {
  const { rows } = await database.pool.query<{ pid: number }>(
    `select l.pid from pg_locks l join pg_database d on d.oid = l.database
      where d.datname = current_database() and l.locktype = 'advisory' and l.granted`,
  )
  return rows[0]?.pid
}
/** Cuts connections from the other side, as a database that is stopped does. */
const cut = (condition: string) =>
  database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and ${condition}`,
  )

test('a transaction is there when it resolves, and was never when it rejects', async () => {
  await store('kept')
  expect(await stored('kept')).toBe(true)
  const failing = transaction(database.pool, async (tx) => {
    await tx.query(`insert into setting (key, value) values ('dropped', '')`)
    throw new Error('No.')
  })
  await expect(failing).rejects.toThrow('No.')
  expect(await stored('dropped')).toBe(false)
})

test('a connection that is cut fails its transaction, and nothing else', async () => {
  const failing = expect(
    transaction(database.pool, async (tx) => {
      await tx.query(`insert into setting (key, value) values ('cut', '')`)
      await tx.query('select pg_sleep(600)')
    }),
  ).rejects.toThrow()
  await waitUntil(async () => (await cut(`query like '%pg_sleep%'`)).rowCount === 1)
  await failing
  await store('after')
  expect(await stored('cut')).toBe(false)
  expect(await stored('after')).toBe(true)
})

test('a setting is made by whoever comes first and kept', async () => {
  const made = await Promise.all(
    ['one', 'two', 'three'].map((value) => settingMadeOnce(database.pool, 'secret', () => value)),
  )
  expect(new Set(made).size).toBe(1)
  expect(await settingMadeOnce(database.pool, 'secret', () => 'four')).toBe(made[0])
})

const hold = (as: 'alone' | 'shared', patienceMs?: number) =>
  holdInstallation({
    connection: { connectionString: database.url },
    log,
    runId: randomUUID(),
    as,
    ...(patienceMs === undefined ? {} : { patienceMs }),
  })

test('one server at a time holds an installation, and takes it again after its connection was cut', async () => {
  const release = await hold('alone')
  await expect(hold('alone', 0)).rejects.toThrow('Another Rationale serves')
  const before = await lockHolder()
  await cut(`application_name = 'rationale-lock'`)
  await waitUntil(async () => ![undefined, before].includes(await lockHolder()))
  await expect(hold('alone', 0)).rejects.toThrow('Another Rationale serves')
  await release()
  const next = await hold('alone')
  await next()
})

test('nodes that talk to each other hold an installation together, and one that does not is refused', async () => {
  const [one, two] = [await hold('shared'), await hold('shared', 0)]
  await expect(hold('alone', 0)).rejects.toThrow('give every one of them the same REDIS_URL')
  await one()
  await expect(hold('alone', 0)).rejects.toThrow('Another Rationale serves')
  await two()
  const alone = await hold('alone')
  await expect(hold('shared', 0)).rejects.toThrow('Another Rationale serves')
  await alone()
})

test('a run is dead when its lock is free and it has not said that it ended, and not before', async () => {
  const [a, b] = [randomUUID(), randomUUID()]
  const connection = { connectionString: database.url }
  const document = randomUUID() as DocumentId
  const releaseA = await holdInstallation({ connection, log, runId: a, as: 'shared' })
  const releaseB = await holdInstallation({ connection, log, runId: b, as: 'shared' })
  const [runA, runB] = [new ServerRun(database.pool, a), new ServerRun(database.pool, b)]
  expect(await runA.recoveryOf(document, { forMs: 1_000 })).toBeNull()
  expect(await runB.recoveryOf(document, { forMs: 1_000 })).toBeNull()
  expect(await runA.recoveryOf(document, { forMs: 1_000 })).toBeNull()
  // As a kill does: the lock goes, and no end was said.
  await releaseA()
  expect(await runB.recoveryOf(document, { forMs: 1_000 })).not.toBeNull()
  // It was only cut off from the database, and is back: it has lost nothing.
  const again = await holdInstallation({ connection, log, runId: a, as: 'shared' })
  expect(await runA.recoveryOf(document, { forMs: 1_000 })).toBeNull()
  expect(await runB.recoveryOf(document, { forMs: 1_000 })).toBeNull()
  await Promise.all([runA.end(), again()])
  await runB.end()
  await releaseB()
})
