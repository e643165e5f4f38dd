import { join } from 'node:path'
import type { Pool } from 'pg'
import pino from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { openPool, transaction } from '../../server/db/open'
import { publicErrorOf } from '../../server/http/failure'
import { type TestDatabase, testDatabase } from '../support/database'
import { type FreezingProxy, freezingProxy } from '../support/freezing-proxy'

/** A database that takes connections and answers nothing: stopped by a signal, or its machine frozen. */
const log = pino({ level: 'silent' })
let database: TestDatabase
let proxy: FreezingProxy
let pool: Pool
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  const { host, port, user } = inject('cluster')
  proxy = await freezingProxy(join(host, `.s.PGSQL.${port}`))
  const name = new URL(database.url).pathname.slice(1)
  const where = { host: '127.0.0.1', port: proxy.port, user, database: name, max: 2 }
  pool = openPool({ ...where, query_timeout: 300 }, log)
})
afterEach(async () => {
  await pool.end()
  await proxy.close()
})

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => publicErrorOf(error).code,
  )

test('a question on a connection that was there before is given up, and none after the thaw is', async () => {
  await pool.query('select 1')
  proxy.freeze()
  expect(await codeOf(pool.query('select 2'))).toBe('unavailable')
  proxy.thaw()
  expect((await pool.query('select 3 as n')).rows).toEqual([{ n: 3 }])
})

test('a transaction is given up at the first answer that stays away, and its connection with it', async () => {
  const failing = transaction(pool, async (tx) => {
    await tx.query(`insert into setting (key, value) values ('frozen', '')`)
    proxy.freeze()
    await tx.query('select 2')
  })
  expect(await codeOf(failing)).toBe('unavailable')
  // It would have been waited for once more.
  expect(proxy.swallowed).toContain('select 2')
  expect(proxy.swallowed).not.toContain('rollback')
  expect(pool.totalCount).toBe(0)
  proxy.thaw()
  const { rowCount } = await pool.query(`select from setting where key = 'frozen'`)
  expect(rowCount).toBe(0)
})

test('without being told a limit, a pool has one: above that of the statement itself', async () => {
  const usual = openPool({}, log)
  const { query_timeout: answer, statement_timeout: statement } = usual.options as unknown as {
    query_timeout: number
    statement_timeout: number
  }
  expect(answer).toBeGreaterThan(statement)
  expect(statement).toBeGreaterThan(2_000)
  expect(answer).toBeLessThanOrEqual(20_000)
})
