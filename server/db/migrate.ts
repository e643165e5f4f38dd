import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Pool, PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg'
import type { Logger } from 'pino'
import { noFailpoints, type Reach } from '../failpoint'
import { StartRefused } from '../start-refused'
import { noTimeoutMs } from './open'

/** Beside this module in the sources, and beside the bundle in a build. */
const shipped = new URL('./migrations/', import.meta.url)

/** Any number that nothing else of ours locks: migrations of one database run one after another. */
const lockKey = 7_241_006_001

const ledger = `
create table if not exists schema_migration (
  version integer primary key,
  name text not null,
  checksum bytea not null,
  applied_at timestamptz not null default now()
);
comment on table schema_migration is 'Which migrations this database has seen.';
comment on column schema_migration.version is 'Number at the beginning of the file''s name.';
comment on column schema_migration.name is 'Name of the file.';
comment on column schema_migration.checksum is 'SHA-256 of the file as it was applied (32 bytes).';
comment on column schema_migration.applied_at is 'When.';
`

interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly checksum: Buffer
}

/**
 * Brings a database to the present schema. Each migration runs in a transaction of its own together with its
 * row in `schema_migration`, so that a kill leaves the one before it or the one after it, never half.
 *
 * @param options.reach default: none.
 * @param options.folder where the `0001_name.sql` files are; default: the ones that come with the program.
 * @returns how many were applied now.
 * @throws StartRefused when a file was changed after it was applied, or the database is newer than the files.
 */
export async function migrate(
  pool: Pool,
  log: Logger,
  options: { folder?: URL; reach?: Reach } = {},
): Promise<number> {
  const migrations = await readMigrations(options.folder ?? shipped)
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const ask = patiently(client)
    await ask('set statement_timeout = 0')
    await ask('select pg_advisory_lock($1)', [lockKey])
    const applied = await applyMissing(ask, migrations, log, options.reach ?? noFailpoints)
    await ask('select pg_advisory_unlock($1)', [lockKey])
    await ask('reset statement_timeout')
    return applied
  } catch (error) {
    // Closing the session rolls back and gives the lock back, whatever state it was in.
    broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}

type Ask = <Row extends QueryResultRow>(text: string, values?: unknown[]) => Promise<QueryResult<Row>>

/** The pool's limits are for requests; a long migration, or waiting for another process's, is no fault. */
function patiently(client: PoolClient): Ask {
  return <Row extends QueryResultRow>(text: string, values?: unknown[]) => {
    // pg knows `query_timeout` for a single query; its types do not.
    const query: QueryConfig & { query_timeout: number } = { text, query_timeout: noTimeoutMs }
    return client.query<Row>(values ? { ...query, values } : query)
  }
}

async function applyMissing(ask: Ask, migrations: Migration[], log: Logger, reach: Reach): Promise<number> {
  await ask('begin')
  await ask(ledger)
  await ask('commit')
  const { rows } = await ask<{ version: number; name: string; checksum: Buffer }>(
    'select version, name, checksum from schema_migration order by version',
  )
  const seen = new Map(rows.map((row) => [row.version, row]))
  for (const row of rows) {
    const file = migrations.find((m) => m.version === row.version)
    if (!file) {
      throw new StartRefused(
        `The database has migration ${row.name}, which this version of Rationale does not know: it was used by a newer one. Start that version.`,
      )
    }
    if (!file.checksum.equals(row.checksum)) {
      throw new StartRefused(
        `Migration ${row.name} was changed after it had been applied to this database. Put the file back as it was and add a new one.`,
      )
    }
  }
  let applied = 0
  for (const migration of migrations) {
    if (seen.has(migration.version)) continue
    await ask('begin')
    await ask(migration.sql)
    await reach('migration: applied')
    await ask('insert into schema_migration (version, name, checksum) values ($1, $2, $3)', [
      migration.version,
      migration.name,
      migration.checksum,
    ])
    await reach('migration: recorded')
    await ask('commit')
    await reach('migration: committed')
    applied += 1
    log.info({ migration: migration.name }, 'The database was migrated.')
  }
  return applied
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_\w+\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(new URL(name, folder))
      const checksum = createHash('sha256').update(bytes).digest()
      return { version: Number(name.slice(0, 4)), name, sql: bytes.toString('utf8'), checksum }
    }),
  )
}
