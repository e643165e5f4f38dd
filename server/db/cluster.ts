import { execFile } from 'node:child_process'
import { chown, mkdir, mkdtemp, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Logger } from 'pino'
import type { Reach } from '../failpoint'
import { StartRefused } from '../start-refused'
import type { Binaries } from './binaries'
import { user } from './postmaster'
import type { Unprivileged } from './unprivileged'

const run = promisify(execFile)

/**
 * The folder of the embedded database, made when it is not there. It is made under another name and renamed
 * when it is whole and on disk: a kill inside `initdb` leaves half a cluster that nothing can open.
 *
 * UTF-8 and the built-in locale whatever the environment says: without LANG, initdb would take SQL_ASCII.
 *
 * @returns its real path, as PostgreSQL will know it.
 */
export async function makeCluster({
  dataDir,
  binaries,
  way,
  log,
  reach,
}: {
  dataDir: string
  binaries: Binaries
  way: Unprivileged
  log: Logger
  reach: Reach
}): Promise<string> {
  const cluster = join(await realpath(dataDir), 'pg')
  if (await stat(join(cluster, 'PG_VERSION')).catch(() => null)) return cluster
  const half = `${cluster}.tmp`
  await rm(half, { recursive: true, force: true })
  await makePrivate(half, way)
  log.info('Making the database; this happens once.')
  const { file, args } = way.command(binaries.initdb, [
    `--pgdata=${half}`,
    `--username=${user}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // The C library's part, which nothing of ours uses: `C` exists everywhere, `C.UTF-8` does not.
    '--locale=C',
  ])
  await run(file, args, { ...way.owner, cwd: '/', timeout: 120_000 }).catch(
    (cause: Error & { stderr?: string }) => {
      const why = (cause.stderr ?? cause.message).trim().split('\n').slice(-2).join(' ')
      throw new StartRefused(
        `The database could not be made in ${cluster} (${why}). Free some space or correct the folder's permissions and start again, or give DATABASE_URL.`,
        { cause },
      )
    },
  )
  await reach('cluster: made')
  await rename(half, cluster)
  const parent = await open(dataDir)
  await parent.sync().finally(() => parent.close())
  return cluster
}

/** A unix socket's path may have this many bytes (`sun_path`, less the closing zero). */
const maxSocketPathBytes = process.platform === 'darwin' ? 103 : 107

/**
 * A folder for the socket that only we can enter: under the data folder where the path is short enough,
 * else a fresh one in the system's place for temporary files. Whoever can enter it is the database's
 * superuser, so it is never a name that somebody else could have made before.
 */
export async function makeSocketFolder(dataDir: string, way: Unprivileged): Promise<string> {
  const near = join(await realpath(dataDir), 'run')
  if (Buffer.byteLength(join(near, '.s.PGSQL.5432.lock')) <= maxSocketPathBytes) {
    await makePrivate(near, way)
    return near
  }
  const short = process.platform === 'darwin' ? '/tmp' : tmpdir()
  const far = await mkdtemp(join(short, 'rationale-'))
  if (way.owner) await chown(far, way.owner.uid, way.owner.gid)
  return far
}

async function makePrivate(folder: string, way: Unprivileged): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (way.owner) await chown(folder, way.owner.uid, way.owner.gid)
}
