import type { LiveEvent } from '../../lib/live'
import type { Queryable } from '../db/open'

/** The channel that every process of one installation listens on. Channels belong to one database. */
export const liveChannel = 'rationale_live'

/**
 * Announces that something changed, inside the caller's transaction: PostgreSQL delivers at its commit, to
 * every process, and never when it rolls back. Events of one transaction that are equal arrive once.
 *
 * An event is far below the 8,000 bytes that a notification may have: it holds ids and nothing else.
 */
export async function emit(tx: Queryable, event: LiveEvent): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [liveChannel, JSON.stringify(event)])
}
