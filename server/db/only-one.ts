import pg, { type ClientConfig } from 'pg'
import type { Logger } from 'pino'
import { StartRefused } from '../start-refused'
import { pause } from './pause'

/** Any number that nothing else of ours locks. */
const key = 7_241_006_003

/**
 * Holds the installation: one server at a time writes to a database, as long as nodes do not talk to each
 * other. A session's advisory lock, which ends with the process that holds it, however it ends. When the
 * connection is lost the lock is taken again as soon as the database answers.
 *
 * @param options.patienceMs how long a server that is just ending may keep it.
 * @returns gives it back.
 * @throws StartRefused when another server has it.
 */
export async function holdInstallation(options: {
  connection: ClientConfig
  log: Logger
  patienceMs?: number
}): Promise<() => Promise<void>> {
  const { connection, log, patienceMs = 10_000 } = options
  let released = false
  let client = await takeWithin(connection, patienceMs)
  if (!client) {
    throw new StartRefused(
      'Another Rationale serves this database. Stop it first: several nodes for one installation come later.',
    )
  }
  watch(client)

  function watch(held: pg.Client): void {
    held.once('end', () => {
      if (!released) void retake()
    })
  }
  async function retake(): Promise<void> {
    for (let waitMs = 250; !released; waitMs = Math.min(waitMs * 2, 5_000)) {
      const next = await takeWithin(connection, 0).catch(() => null)
      if (next && released) return void (await next.end().catch(() => {}))
      if (next) {
        client = next
        return watch(next)
      }
      log.warn('The lock of this installation is not ours at the moment; trying on.')
      await pause(waitMs)
    }
  }
  return async () => {
    released = true
    await client?.end().catch(() => {})
  }
}

/** Null: somebody else has the lock, for as long as we cared to wait. */
async function takeWithin(connection: ClientConfig, patienceMs: number): Promise<pg.Client | null> {
  const client = new pg.Client({
    ...connection,
    application_name: 'rationale-lock',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const deadline = Date.now() + patienceMs
    for (;;) {
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
        key,
      ])
      if (rows[0]?.taken) return client
      if (Date.now() >= deadline) break
      await pause(250)
    }
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  await client.end().catch(() => {})
  return null
}
