import { randomUUID } from 'node:crypto'
import pg, { type Pool } from 'pg'
import pino from 'pino'
import { inject } from 'vitest'
import { openPool } from '../../server/db/open'

export interface TestDatabase {
  /** Connection URL (over a unix socket). */
  readonly url: string
  readonly pool: Pool
  /** Ends the pool and drops the database. */
  close(): Promise<void>
}

const silent = pino({ level: 'silent' })

/** A fresh database of its own on the run's PostgreSQL: migrated, unless `empty` is asked for. */
export async function testDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const { host, port, user, template } = inject('cluster')
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await administer(`create database ${name} template ${options.empty ? 'template0' : template}`)
  const url = `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`
  const pool = openPool({ connectionString: url, max: 10 }, silent)
  return {
    url,
    pool,
    close: async () => {
      await pool.end()
      await administer(`drop database if exists ${name} with (force)`)
    },
  }
}

async function administer(sql: string): Promise<void> {
  const { host, port, user } = inject('cluster')
  const client = new pg.Client({ host, port, user, database: 'postgres' })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
