import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Logger } from 'pino'
import { StartRefused } from '../start-refused'
import { pause } from './pause'
import { isAlive, isListed, isPostgresOf, postgresIn } from './process-table'

/** The one superuser of the embedded database; only who may enter the socket's folder can become it. */
export const user = 'rationale'
/** PostgreSQL names its socket `.s.PGSQL.<port>`; nothing listens on TCP. */
export const port = 5432

/** What `postmaster.pid` says (PostgreSQL source: `src/include/utils/pidfile.h`). */
export interface Postmaster {
  readonly pid: number
  /** Folder of the unix socket. */
  readonly socketFolder: string
}

export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , , socketFolder] = text.split('\n')
  return pid && /^-?\d+$/.test(pid) ? { pid: Math.abs(Number(pid)), socketFolder: socketFolder ?? '' } : null
}

/** The number that initdb gave this cluster: the first eight bytes of its control file. */
export async function systemIdentifier(cluster: string): Promise<string> {
  const file = await open(join(cluster, 'global', 'pg_control'))
  try {
    const { buffer } = await file.read({ buffer: Buffer.alloc(8), position: 0 })
    return buffer.readBigUInt64LE().toString()
  } finally {
    await file.close()
  }
}

/** True when what listens there is a PostgreSQL on this very cluster, ready for queries. */
export async function answers(socketFolder: string, identifier: string): Promise<boolean> {
  if (!socketFolder) return false
  const client = new pg.Client({
    host: socketFolder,
    port,
    user,
    database: 'postgres',
    connectionTimeoutMillis: 2_000,
    query_timeout: 2_000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ id: string }>(
      'select system_identifier::text as id from pg_control_system()',
    )
    return rows[0]?.id === identifier
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * Looks for a PostgreSQL that a killed process of ours left behind on this cluster, and clears the way for a
 * new one where there is none.
 *
 * Only one that answers with this cluster's identifier is used again: the number in `postmaster.pid` may by
 * now be another process. PostgreSQL itself refuses to start while *any* process has that number, one that has
 * ended and was not noticed by its parent included; so a file whose process is no PostgreSQL of this folder that
 * runs is removed, but only once no orphaned child of the old one works in the folder (two servers on one
 * folder destroy it). Whoever is still dying is waited for: killed together, the children end after it. A file
 * whose number nobody has stays: PostgreSQL judges it itself, with the help of its shared memory.
 *
 * @param patienceMs how long one that starts or stops may take before it is given up.
 * @throws StartRefused when a PostgreSQL of this folder runs and does not answer.
 */
export async function findRunning(
  cluster: string,
  log: Logger,
  patienceMs = 30_000,
): Promise<Postmaster | null> {
  const identifier = await systemIdentifier(cluster)
  const deadline = Date.now() + patienceMs
  let isSaid = false
  for (;;) {
    const found = await readPostmaster(cluster)
    if (!found) return null
    if (await answers(found.socketFolder, identifier)) return found
    const running = (await isAlive(found.pid)) && (await isPostgresOf(found.pid, cluster)) ? [found.pid] : []
    const left = running.length > 0 ? running : await postgresIn(cluster)
    if (left.length === 0) {
      if (await isListed(found.pid)) {
        log.info('A stale postmaster.pid was removed: its process has ended, or is another program now.')
        await rm(join(cluster, 'postmaster.pid'), { force: true })
      }
      return null
    }
    if (!isSaid) log.info({ processes: left }, 'A PostgreSQL that starts or ends is waited for.')
    isSaid = true
    if (Date.now() > deadline) {
      throw new StartRefused(
        `A PostgreSQL (process ${left.join(' ')}) has the data folder ${cluster} open and does not answer. Stop it (kill -INT ${left.join(' ')}) and start again.`,
      )
    }
    await pause(100)
  }
}

/** Resolves when the process has ended; false when it still runs after `withinMs`. */
export async function hasEnded(pid: number, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs
  while (await isAlive(pid)) {
    if (Date.now() > deadline) return false
    await pause(20)
  }
  return true
}
