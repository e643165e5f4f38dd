import type { Pool } from 'pg'
import { PublicError } from '../../lib/errors'
import type { PersonId } from '../../lib/id'
import { type Queryable, transaction } from '../db/open'

const dayMs = 24 * 3_600_000

/** What a creating call answered. */
export interface Made {
  readonly status: number
  readonly body: unknown
}

export interface Repeatable {
  readonly pool: Pool
  readonly personId: PersonId
  /** Name of the route. */
  readonly route: string
  /** The `Idempotency-Key` header; null: every call is a new one. */
  readonly key: string | null
  /** SHA-256 of what was asked for. */
  readonly fingerprint: Buffer
  readonly now: number
}

/**
 * Runs a creating call in one transaction, once per key: whoever repeats it within a day gets the first
 * answer. The key is stored in that very transaction, so that a call which failed, or died with its process,
 * can be repeated; and a twin that comes while the first is under way waits for it on the row.
 *
 * @throws PublicError `conflict` when the key was used for another request, `invalid` for a key that is none.
 */
export async function once(call: Repeatable, run: (tx: Queryable) => Promise<Made>): Promise<Made> {
  const { key } = call
  if (key === null) return transaction(call.pool, run)
  if (!/^[\x21-\x7E]{1,200}$/.test(key)) {
    throw new PublicError('invalid', {
      sentence: 'An Idempotency-Key has 1 to 200 printable ASCII characters without spaces.',
    })
  }
  const id = [call.personId, call.route, key]
  return transaction(call.pool, async (tx) => {
    await tx.query('delete from idempotency where person_id = $1 and at < $2', [
      call.personId,
      new Date(call.now - dayMs),
    ])
    const claim = await tx.query(
      `insert into idempotency (person_id, route, key, request_hash, at) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [...id, call.fingerprint, new Date(call.now)],
    )
    if (claim.rowCount === 0) return replay(tx, call, id)
    const made = await run(tx)
    await tx.query(
      'update idempotency set status = $4, body = $5 where person_id = $1 and route = $2 and key = $3',
      [...id, made.status, JSON.stringify(made.body)],
    )
    return made
  })
}

async function replay(tx: Queryable, call: Repeatable, id: readonly unknown[]): Promise<Made> {
  const { rows } = await tx.query<{ request_hash: Buffer; status: number; body: unknown }>(
    'select request_hash, status, body from idempotency where person_id = $1 and route = $2 and key = $3',
    [...id],
  )
  const first = rows[0]
  if (!first?.request_hash.equals(call.fingerprint)) {
    throw new PublicError('conflict', {
      sentence: 'This Idempotency-Key was used for another request. Use a new one.',
    })
  }
  return { status: first.status, body: first.body }
}
