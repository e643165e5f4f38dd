import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pino from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { migrate } from '../../server/db/migrate'
import { openPool } from '../../server/db/open'
import { type TestDatabase, testDatabase } from '../support/database'

const log = pino({ level: 'silent' })
/** Without a limit of its own: the test's is enough, and a busy machine is no fault. */
const waitUntil = (holds: () => Promise<boolean>) => vi.waitUntil(holds, { timeout: 20_000 })

let database: TestDatabase
let folder: string
beforeEach(async () => {
  database = await testDatabase({ empty: true })
  folder = await mkdtemp(join(tmpdir(), 'rationale-migrations-'))
})
afterEach(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})

const file = (name: string, sql: string) => writeFile(join(folder, name), sql)
const run = () => migrate(database.pool, log, { folder: pathToFileURL(`${folder}/`) })
const tables = async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' order by 1`,
  )
  return rows.map((row) => row.name)
}

test('what comes with the program is applied once', async () => {
  expect(await migrate(database.pool, log)).toBeGreaterThan(0)
  expect(await tables()).toContain('document_update')
  expect(await migrate(database.pool, log)).toBe(0)
})

test('no limit of a pool cuts it off', async () => {
  const limits = { connectionString: database.url, max: 1, statement_timeout: 1, query_timeout: 1 }
  const hasty = openPool(limits, log)
  try {
    expect(await migrate(hasty, log)).toBeGreaterThan(0)
  } finally {
    await hasty.end()
  }
})

test('new files are applied in the order of their numbers', async () => {
  await file('0002_b.sql', 'alter table a add column y int')
  await file('0001_a.sql', 'create table a (x int)')
  await file('notes.txt', 'not ours')
  expect(await run()).toBe(2)
  await file('0003_c.sql', 'create table c (x int)')
  expect(await run()).toBe(1)
  expect(await tables()).toEqual(['a', 'c', 'schema_migration'])
})

test('two processes at once apply each once', async () => {
  await file('0001_a.sql', 'create table a (x int)')
  const applied = await Promise.all([run(), run(), run()])
  expect(applied.sort()).toEqual([0, 0, 1])
})

test('a file that was changed after it was applied is refused', async () => {
  await file('0001_a.sql', 'create table a (x int)')
  await run()
  await file('0001_a.sql', 'create table a (x bigint)')
  await expect(run()).rejects.toThrow('0001_a.sql was changed after it had been applied')
})

test('a database of a newer version is refused', async () => {
  await file('0001_a.sql', 'create table a (x int)')
  await file('0002_b.sql', 'create table b (x int)')
  await run()
  await rm(join(folder, '0002_b.sql'))
  await expect(run()).rejects.toThrow('0002_b.sql, which this version of Rationale does not know')
})

test('a failing migration changes nothing and leaves no lock behind', async () => {
  await file('0001_a.sql', 'create table a (x int); create table a (x int)')
  await expect(run()).rejects.toThrow('already exists')
  expect(await tables()).toEqual(['schema_migration'])
  await file('0001_a.sql', 'create table a (x int)')
  expect(await run()).toBe(1)
})

test('killed in the middle, it leaves the state before, and goes on the next time', async () => {
  await file('0001_a.sql', 'create table a (x int)')
  await file('0002_b.sql', 'create table b (x int); select pg_sleep(600)')
  const failing = expect(run()).rejects.toThrow()
  // The backend of a process that is killed ends the same way.
  await waitUntil(async () => {
    const { rowCount } = await database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like '%pg_sleep%' and pid <> pg_backend_pid()`,
    )
    return rowCount === 1
  })
  await failing
  expect(await tables()).toEqual(['a', 'schema_migration'])
  await file('0002_b.sql', 'create table b (x int)')
  expect(await run()).toBe(1)
  expect(await tables()).toEqual(['a', 'b', 'schema_migration'])
})
