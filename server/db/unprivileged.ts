import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StartRefused } from '../start-refused'
import type { Binaries } from './binaries'

const run = promisify(execFile)

/** How to run PostgreSQL, which refuses to run as root. */
export interface Unprivileged {
  /** The command that runs `file` with `args` without privileges. */
  command(file: string, args: readonly string[]): { file: string; args: string[] }
  /** Whom `spawn` has to become, and to whom its folders have to belong. Null: whoever we are. */
  readonly owner: { readonly uid: number; readonly gid: number } | null
}

const asWeAre: Unprivileged = { command: (file, args) => ({ file, args: [...args] }), owner: null }

/**
 * In a user namespace of its own, where root looks like `nobody`: nothing has to be created or given away,
 * the files stay root's, and folders that only root can enter stay reachable.
 */
const asNobody: Unprivileged = {
  command: (file, args) => ({
    file: 'unshare',
    args: ['--user', '--map-user=65534', '--map-group=65534', '--', file, ...args],
  }),
  owner: null,
}

/**
 * Finds a way that works here, by trying it.
 *
 * @throws StartRefused when there is none.
 */
export async function findUnprivileged(binaries: Binaries, dataDir: string): Promise<Unprivileged> {
  if (process.getuid?.() !== 0) {
    await probe(asWeAre, binaries, dataDir).catch((cause) => refuse(cause))
    return asWeAre
  }
  const present = await stat(join(dataDir, 'pg')).catch(() => stat(dataDir))
  const asOwner = { ...asWeAre, owner: { uid: present.uid, gid: present.gid } }
  // PostgreSQL wants to own its folder: one that was made under somebody's name is run under that name.
  const ways = present.uid === 0 ? [asNobody] : [asOwner, asNobody]
  let last: unknown
  for (const way of ways) {
    try {
      await probe(way, binaries, dataDir)
      return way
    } catch (error) {
      last = error
    }
  }
  return refuse(last)
}

/** Runs `postgres --version` that way, and looks whether the data folder can be entered that way. */
async function probe(way: Unprivileged, binaries: Binaries, dataDir: string): Promise<void> {
  const { file, args } = way.command('/bin/sh', [
    '-c',
    'test -x "$2" && exec "$1" --version',
    'probe',
    binaries.postgres,
    dataDir,
  ])
  await run(file, args, { ...way.owner, timeout: 20_000, cwd: '/' })
}

function refuse(cause: unknown): never {
  const why = cause instanceof Error ? cause.message.split('\n').slice(0, 3).join(' ') : ''
  throw new StartRefused(
    process.getuid?.() === 0
      ? `PostgreSQL does not run as root, and no other way was found here (${why}). Start Rationale as a user that owns the data folder, or give DATABASE_URL.`
      : `The embedded PostgreSQL cannot be run here (${why}). Give the address of a PostgreSQL as DATABASE_URL.`,
    { cause },
  )
}
