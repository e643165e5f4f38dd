import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { TestProject } from 'vitest/node'
import { findBinaries } from '../../server/db/binaries'
import { makeCluster } from '../../server/db/cluster'
import { startEmbedded } from '../../server/db/embedded'
import { migrate } from '../../server/db/migrate'
import { openPool } from '../../server/db/open'
import { findUnprivileged } from '../../server/db/unprivileged'
import { noFailpoints } from '../../server/failpoint'

/** Where the run's PostgreSQL listens, and which database to copy. */
export interface TestCluster {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly template: string
  /** A folder `pg` as initdb leaves it, to copy: making one takes a second and a half. */
  readonly pristine: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    cluster: TestCluster
  }
}

/** One real PostgreSQL for the whole run, with one migrated database that every test's is a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'rationale-tests-'))
  const log = pino({ level: 'warn' }, pino.destination(2))
  const binaries = await findBinaries()
  const way = await findUnprivileged(binaries, folder)
  const made = await makeCluster({ dataDir: folder, binaries, way, log, reach: noFailpoints })
  const pristine = join(folder, 'pristine')
  await cp(made, pristine, { recursive: true })
  const database = await startEmbedded({
    dataDir: folder,
    log,
    graceSeconds: 5,
    // What is tested here is not the disk: the tests that kill a server start their own.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' },
  })
  const { host, port, user } = database.connection
  const template = 'migrated'
  const admin = openPool({ ...database.connection, database: 'postgres', max: 1 }, log)
  await admin.query(`create database ${template}`)
  await admin.end()
  const pool = openPool({ ...database.connection, database: template, max: 1 }, log)
  await migrate(pool, log)
  await pool.end()
  project.provide('cluster', { host, port, user, template, pristine })
  return async () => {
    await database.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
