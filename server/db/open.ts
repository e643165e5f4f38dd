import pg, { type Pool, type PoolClient } from 'pg'
import type { Logger } from 'pino'

/** What a store needs: a pool for reading, a client inside a transaction for writing. */
export type Queryable = Pick<PoolClient, 'query'>

/** A statement that takes longer is ended by the database, in ms. No request waits as long gladly. */
const statementTimeoutMs = 10_000
/**
 * How long the answer to a statement may take, in ms. Only a database that does nothing any more (stopped by a
 * signal, its machine frozen, a cable cut) takes longer than its own limit and a slow way back: nobody else
 * says so, and its kernel keeps the connection alive.
 */
const answerTimeoutMs = 15_000
/** The longest timer there is, in ms (24 days): to `pg`, 0 means the pool's own limit. */
export const noTimeoutMs = 2 ** 31 - 1

/**
 * A pool of connections. It connects when it is first used, and again after the database went away: a lost
 * connection fails the queries that were on it, never the process.
 *
 * @param where a connection URL or a configuration of `pg`; what it does not say is filled with: 20
 *   connections at most, 5 s to get one, 10 s for a statement and 15 s for its answer, TCP keep-alive.
 */
export function openPool(where: string | pg.PoolConfig, log: Logger): Pool {
  const given = typeof where === 'string' ? { connectionString: where } : where
  const pool = new pg.Pool({
    max: 20,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    query_timeout: answerTimeoutMs,
    keepAlive: true,
    application_name: 'rationale',
    ...given,
  })
  // A client that is checked out has no listener of the pool's: without one of ours, a connection that the
  // server cuts in the middle of a query would end the process (pg emits `error` beside failing the query).
  pool.on('connect', (client) => {
    client.on('error', (error: Error & { code?: string }) => {
      log.warn({ code: error.code }, 'A connection to the database was lost.')
    })
  })
  // Idle connections: said by the listener above.
  pool.on('error', () => {})
  return pool
}

/**
 * Runs `run` in one transaction: committed when it resolves, rolled back when it rejects. When the commit
 * itself fails because the connection was lost, the outcome is unknown: callers must be repeatable.
 */
export async function transaction<T>(pool: Pool, run: (tx: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const result = await run(client)
    await client.query('commit')
    return result
  } catch (error) {
    // A client whose transaction is in an unknown state must not be given to somebody else. One that still owes
    // an answer would not give another to `rollback` either; closed, the database rolls back by itself.
    if (isReadTimeout(error)) broken = error
    else
      await client.query('rollback').catch((cause: Error) => {
        broken = cause
      })
    throw error
  } finally {
    client.release(broken)
  }
}

/** The words of `pg` for an answer that did not come in time: it has no code for it. */
const isReadTimeout = (error: unknown): error is Error =>
  error instanceof Error && error.message === 'Query read timeout'
