import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'
import pino from 'pino'
import { inject } from 'vitest'
import { type EmbeddedDatabase, startEmbedded } from '../../server/db/embedded'
import { migrate } from '../../server/db/migrate'
import { openPool } from '../../server/db/open'
import { tempFolder } from './temp-folder'

/** A real PostgreSQL of a test's own, to be stopped, crashed and filled up. */
export interface OwnPostgres {
  /** Where its unix socket is. */
  readonly socketPath: string
  /** A way into it past everything that stands before it; migrated. */
  readonly pool: Pool
  /** Its address over TCP, where something on that port leads to `socketPath`. */
  urlOver(tcpPort: number): string
  /** `pg_ctl stop -m immediate`, and resolves when it has been started again. */
  crash(): Promise<void>
  remove(): Promise<void>
}

/** @param options.folder which is empty, and stays. Default: one of its own. */
export async function ownPostgres(
  options: { settings?: Readonly<Record<string, string>>; folder?: string } = {},
): Promise<OwnPostgres> {
  const log = pino({ level: 'silent' })
  const temporary = options.folder === undefined ? await tempFolder() : null
  const dataDir = options.folder ?? temporary?.path ?? ''
  await cp(inject('cluster').pristine, join(dataDir, 'pg'), { recursive: true })
  const embedded: EmbeddedDatabase = await startEmbedded({
    dataDir,
    log,
    graceSeconds: 1,
    settings: { fsync: 'off', ...options.settings },
  })
  const { host, port, user, database } = embedded.connection
  const pool = openPool({ ...embedded.connection, max: 5 }, log)
  await migrate(pool, log)
  const answers = async () => (await pool.query('select 1').catch(() => null)) !== null
  return {
    socketPath: join(host, `.s.PGSQL.${port}`),
    pool,
    urlOver: (tcpPort) => `postgresql://${user}@127.0.0.1:${tcpPort}/${database}`,
    crash: async () => {
      const pid = embedded.pid()
      process.kill(pid, 'SIGQUIT')
      while (embedded.pid() === pid || !(await answers())) await new Promise((wait) => setTimeout(wait, 20))
    },
    remove: async () => {
      await pool.end()
      await embedded.stop()
      await temporary?.remove()
    },
  }
}
