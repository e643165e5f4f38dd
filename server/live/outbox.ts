import type { Happening } from '../../lib/happening'
import type { DocumentId, PersonId } from '../../lib/id'
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

/** The channel on which the inbox is woken: there is something to tell, or a mail to send. */
export const happeningChannel = 'rationale_happening'

/**
 * Writes down what happened, inside the caller's transaction: people are told of it exactly if it did.
 *
 * @param given.actorId who did it; null: the server.
 */
export async function record(
  tx: Queryable,
  given: { documentId: DocumentId; actorId: PersonId | null; at: Date; what: Happening },
): Promise<void> {
  await tx.query('insert into happening (document_id, actor_id, what, at) values ($1, $2, $3, $4)', [
    given.documentId,
    given.actorId,
    JSON.stringify(given.what),
    given.at,
  ])
  await wakeInbox(tx)
}

/** Wakes whoever tells people of things, in every process, at the commit of the caller's transaction. */
export async function wakeInbox(tx: Queryable): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [happeningChannel, ''])
}
