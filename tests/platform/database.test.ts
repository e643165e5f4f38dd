import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../support/database'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.close())

test('text is UTF-8 under the built-in locale, whatever the environment says', async () => {
  const { rows } = await database.pool.query(
    `select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale
     from pg_database where datname = current_database()`,
  )
  expect(rows).toEqual([{ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' }])
})

test('every table and every column says what it is', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select c.relname || coalesce('.' || a.attname, '') as name
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
     left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r'
       and (col_description(c.oid, a.attnum) is null or obj_description(c.oid, 'pg_class') is null)`,
  )
  expect(rows.map((row) => row.name)).toEqual([])
  const counted = await database.pool.query(
    `select count(*)::int as columns from information_schema.columns where table_schema = 'public'`,
  )
  expect(counted.rows[0].columns).toBeGreaterThan(50)
})
