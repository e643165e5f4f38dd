import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Scope } from '../../lib/access'
import { builtInPeople, findBuiltInPerson } from '../auth/identity-provider/built-in-people'
import { builtInIssuer } from '../auth/issuer'
import { upsertPerson } from '../auth/people'
import { issueToken } from '../auth/token'
import type { Config } from '../config'
import { findDatabase, startEmbedded } from '../db/embedded'
import { migrate } from '../db/migrate'
import { openPool, transaction } from '../db/open'
import { pause } from '../db/pause'
import { StartRefused } from '../start-refused'
import { lockHolder, takeFolder } from './instance-lock'

/**
 * `--token-for ada`: a personal token of one of the built-in provider's people, who need not have signed in
 * before. Beside a running server it uses that one's database; else it starts the database for a moment.
 *
 * @returns the token, which is stored only as its hash.
 * @throws StartRefused when there is no such person.
 */
export async function tokenFor(
  wanted: { name: string; scope: Scope },
  config: Pick<Config, 'dataDir'>,
  log: Logger,
): Promise<string> {
  const person = findBuiltInPerson(wanted.name)
  if (!person) {
    const known = builtInPeople.map((p) => p.subject).join(', ')
    throw new StartRefused(
      `The built-in provider knows nobody called ${JSON.stringify(wanted.name)}. Give one of ${known}.`,
    )
  }
  return withDatabase(config.dataDir, log, (pool) =>
    transaction(pool, async (tx) => {
      const { id } = await upsertPerson(tx, { ...person, issuer: builtInIssuer, picture: null })
      const { token } = await issueToken(tx, {
        personId: id,
        scope: wanted.scope,
        name: 'npm start -- --token-for',
      })
      return token
    }),
  )
}

async function withDatabase<T>(dataDir: string, log: Logger, run: (pool: Pool) => Promise<T>): Promise<T> {
  const holder = await lockHolder(dataDir)
  if (holder?.purpose === 'server') {
    const pool = openPool({ ...(await findDatabase(dataDir, log)), max: 1 }, log)
    try {
      await untilMigrated(pool)
      return await run(pool)
    } finally {
      await pool.end()
    }
  }
  const giveBack = await takeFolder(dataDir, 'command')
  try {
    const database = await startEmbedded({ dataDir, log })
    const pool = openPool({ ...database.connection, max: 2 }, log)
    try {
      await migrate(pool, log)
      return await run(pool)
    } finally {
      await pool.end()
      await database.stop()
    }
  } finally {
    await giveBack()
  }
}

/** A server that has only just started may not have made its tables yet. */
async function untilMigrated(pool: Pool): Promise<void> {
  const deadline = Date.now() + 30_000
  for (;;) {
    const { rows } = await pool.query<{ there: boolean }>(
      `select to_regclass('public.token') is not null as there`,
    )
    if (rows[0]?.there) return
    if (Date.now() > deadline)
      throw new StartRefused('The running server has not finished its start. Try again in a moment.')
    await pause(100)
  }
}
