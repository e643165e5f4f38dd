import pg, { type ClientConfig, type QueryConfig } from 'pg'
import type { Logger } from 'pino'
import { StartRefused } from '../start-refused'
import { pause } from './pause'

/** Any number that nothing else of ours locks. */
const key = 7_241_006_003

export interface InstallationHold {
  readonly connection: ClientConfig
  readonly log: Logger
  /** This run of the process (UUID): while it lives, `runLock` of it is held. */
  readonly runId: string
  /**
   * `alone`: nobody else may serve this database, since nodes that do not talk to each other would show
   * people different texts. `shared`: others may that talk to each other as well.
   */
  readonly as: 'alone' | 'shared'
  /** How long a server that is just ending may keep it. Default 10,000 ms. */
  readonly patienceMs?: number
  /** How often a silent connection is asked whether it still lives, and waited for. Default 15,000 and 10,000. */
  readonly heartbeatMs?: number
  readonly answerMs?: number
}

/**
 * The advisory lock that a living run holds, as SQL over its id: whoever can take it knows that the run has
 * died, at once and by the database's word, not by a clock.
 */
export const runLock = (id: string): string => `hashtextextended('server_run ' || ${id}, 0)`

/**
 * Holds the installation and says that this run lives: advisory locks of one session, which end with the
 * process that holds them, however it ends. When the connection is lost they are taken again as soon as the
 * database answers.
 *
 * @returns gives it back.
 * @throws StartRefused when another server has it.
 */
export async function holdInstallation(options: InstallationHold): Promise<() => Promise<void>> {
  const { log, patienceMs = 10_000, heartbeatMs = 15_000, answerMs = 10_000 } = options
  let released = false
  let client = await takeWithin(options, patienceMs)
  if (!client) {
    throw new StartRefused(
      'Another Rationale serves this database. Stop it first, or give every one of them the same REDIS_URL.',
    )
  }
  watch(client)

  function watch(held: pg.Client): void {
    const stopBeating = beat(held)
    held.once('end', () => {
      stopBeating()
      if (!released) void retake()
    })
  }
  /**
   * A machine that has vanished, or a wall that has forgotten the connection, says nothing: the database would
   * give the locks away while we go on as if they were ours.
   */
  function beat(held: pg.Client): () => void {
    const question: QueryConfig & { query_timeout: number } = { text: 'select 1', query_timeout: answerMs }
    let timer: NodeJS.Timeout
    const next = () => {
      timer = setTimeout(() => {
        held.query(question).then(next, () => held.end().catch(() => {}))
      }, heartbeatMs)
      timer.unref()
    }
    next()
    return () => clearTimeout(timer)
  }
  async function retake(): Promise<void> {
    for (let waitMs = 250; !released; waitMs = Math.min(waitMs * 2, 5_000)) {
      const next = await takeWithin(options, 0).catch(() => null)
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
async function takeWithin(
  { connection, runId, as }: InstallationHold,
  patienceMs: number,
): Promise<pg.Client | null> {
  const client = new pg.Client({
    ...connection,
    application_name: 'rationale-lock',
    connectionTimeoutMillis: 5_000,
    // Longer than the database takes to give up the connection that had it before.
    query_timeout: 40_000,
    keepAlive: true,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    // Of a machine that vanished the database hears nothing: it asks, and gives it up after 25 s.
    await client.query(
      'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3',
    )
    const take = as === 'shared' ? 'pg_try_advisory_lock_shared' : 'pg_try_advisory_lock'
    const deadline = Date.now() + patienceMs
    for (;;) {
      const { rows } = await client.query<{ taken: boolean }>(`select ${take}($1) as taken`, [key])
      if (rows[0]?.taken) {
        await client.query(`select pg_advisory_lock(${runLock('$1::text')})`, [runId])
        return client
      }
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
