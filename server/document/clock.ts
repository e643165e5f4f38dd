import { setTimeout as delay } from 'node:timers/promises'
import * as Y from 'yjs'
import { PublicError } from '../../lib/errors'
import type { DocumentId } from '../../lib/id'
import type { Queryable } from '../db/open'
import { loadBody } from './update-log'

/** How long a call waits for what its caller has typed to reach the log. */
const patienceMs = 2_000
const stepMs = 40
/** A state vector of a thousand writers has some 10 KB. */
const maxClockLength = 64 * 1024

type Clock = ReadonlyMap<number, number>

/**
 * A body as the log has it, once it covers a clock: a base64 Yjs state vector of what the caller has seen on
 * its own page. Without a clock, as it is now.
 *
 * @returns Yjs update, format 1.
 * @throws PublicError `conflict` when the log does not cover it within two seconds, `invalid` for a clock
 *   that is none.
 */
export async function loadCovering(
  db: Queryable,
  documentId: DocumentId,
  clock: string | null,
): Promise<Uint8Array> {
  if (clock === null) return (await loadBody(db, documentId)).update
  const { update } = await madeCovering(db, documentId, clock, async () => {
    const body = await loadBody(db, documentId)
    return { update: body.update, stateVector: Y.encodeStateVectorFromUpdate(body.update) }
  })
  return update
}

/**
 * The same for whatever is made of a body.
 *
 * @param make of the body as it is now; `mark` differs whenever the body does. Not asked twice for one mark.
 */
export async function madeCovering<Made extends { readonly stateVector: Uint8Array }>(
  db: Queryable,
  documentId: DocumentId,
  clock: string | null,
  make: (mark: string) => Promise<Made>,
): Promise<Made> {
  const wanted = clock === null ? null : readClock(clock)
  const deadline = performance.now() + patienceMs
  for (let seen = ''; ; ) {
    const mark = await markOf(db, documentId)
    if (mark !== seen) {
      const made = await make(mark)
      if (!wanted || covers(Y.decodeStateVector(made.stateVector), wanted)) return made
      seen = mark
    }
    if (performance.now() > deadline) {
      throw new PublicError('conflict', {
        sentence: 'What you typed last has not been saved yet. Wait until it is, then try again.',
      })
    }
    await delay(stepMs)
  }
}

function covers(has: Clock, wanted: Clock): boolean {
  for (const [client, clock] of wanted) if ((has.get(client) ?? 0) < clock) return false
  return true
}

/**
 * Another text whenever a document's body is another, cheap to ask: the newest snapshot, and which updates it does
 * not contain. Their number and the largest would not do: commits overtake one another, and a snapshot takes all.
 */
export async function markOf(db: Queryable, documentId: DocumentId): Promise<string> {
  const { rows } = await db.query<{ mark: string }>(
    `select concat((select max(id) from document_snapshot where document_id = $1), '/',
                   string_agg(seq::text, ',' order by seq)) as mark
       from document_update where document_id = $1 and folded_into is null`,
    [documentId],
  )
  return rows[0]?.mark ?? ''
}

function readClock(text: string): Clock {
  if (text.length <= maxClockLength && /^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) {
    try {
      return Y.decodeStateVector(new Uint8Array(Buffer.from(text, 'base64')))
    } catch {
      // Said below.
    }
  }
  throw new PublicError('invalid', { sentence: 'X-Document-Clock is a Yjs state vector in base64.' })
}
