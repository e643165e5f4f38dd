import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { pause } from '../db/pause'
import { afterEveryClaim, ServerRun } from '../sync/server-run'

interface LastRun {
  /** Which database; another one knows nothing of our runs. */
  readonly database: string
  readonly runId: string
  readonly hasEnded: boolean
  /** When it began, by the database's clock. Unknown of an earlier release's. */
  readonly begunAt?: string | undefined
}

/** A database that is away must not hold the end of the process up, in ms. */
const endPatienceMs = 1_000

export interface RunParts {
  readonly pool: Pool
  readonly dataDir: string
  readonly log: Logger
  readonly runId: string
  /** Where the database is, without secrets. */
  readonly database: string
  /** The operator says that a backup was put back. */
  readonly isRestored: boolean
}

/**
 * Begins a run, and looks whether the database is older than the last one: a file in the data folder remembers
 * that one, and a database that does not know it, or not its end, is a backup that was put back. Then browsers
 * hold newer text than it, and may bring back other people's as well (rule 17). A backup of the whole folder, or
 * of this very run that was killed since, cannot be told from what was there before: the operator says it.
 *
 * Can be repeated. @throws while the database is away.
 *
 * @returns notes that the run has ended, if the database knows.
 */
export async function beginRun(parts: RunParts): Promise<() => Promise<void>> {
  const { pool, dataDir, log, runId, database, isRestored } = parts
  const file = join(dataDir, 'last-run.json')
  const isOlder = await isOlderThan(pool, await readLast(file), { database, runId })
  if (isRestored || isOlder) {
    await pool.query(
      `insert into setting (key, value) values ('restored_at', (${afterEveryClaim})::text)
       on conflict (key) do update set value = excluded.value, set_at = now()`,
    )
    log.warn('The database is a backup that was put back: what browsers still hold is taken from them.')
  }
  await new ServerRun(pool, runId).begin()
  const { rows } = await pool.query<{ at: string }>(
    'select started_at::text as at from server_run where id = $1',
    [runId],
  )
  const note = async (hasEnded: boolean) => {
    const last: LastRun = { database, runId, hasEnded, begunAt: rows[0]?.at }
    await writeFile(`${file}.draft`, JSON.stringify(last), { mode: 0o600 })
    await rename(`${file}.draft`, file)
  }
  await note(false)
  return async () => {
    const asked = knownEnd(pool, runId).catch(() => 'unknown')
    if ((await Promise.race([asked, pause(endPatienceMs)])) === 'ended') await note(true)
  }
}

async function isOlderThan(
  pool: Pool,
  last: LastRun | null,
  now: { database: string; runId: string },
): Promise<boolean> {
  if (last === null || last.database !== now.database || last.runId === now.runId) return false
  const known = await knownEnd(pool, last.runId)
  if (known !== 'unknown' && !(last.hasEnded && known === 'open')) return false
  // Another node has noticed since: a second recovery would open ids that were claimed after the first.
  const { rowCount } = await pool.query(
    `select 1 from setting where key = 'restored_at' and value::timestamptz > $1::timestamptz`,
    [last.begunAt ?? 'infinity'],
  )
  return rowCount === 0
}

async function knownEnd(pool: Pool, runId: string): Promise<'unknown' | 'open' | 'ended'> {
  const { rows } = await pool.query<{ ended: boolean }>(
    'select ended_at is not null as ended from server_run where id = $1',
    [runId],
  )
  if (rows[0] === undefined) return 'unknown'
  return rows[0].ended ? 'ended' : 'open'
}

async function readLast(file: string): Promise<LastRun | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LastRun
  } catch {
    // There is none, or it is not whole: nothing is remembered.
    return null
  }
}
