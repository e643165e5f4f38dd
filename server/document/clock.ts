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
  const wanted = clock === null ? null : readClock(clock)
  const deadline = performance.now() + patienceMs
  for (let seen = ''; ; ) {
    const mark = wanted ? await markOf(db, documentId) : ''
    // A whole body is read again only when something was added to its log.
    if (!wanted || mark !== seen) {
      const { update } = await loadBody(db, documentId)
      if (!wanted || covers(Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update)), wanted)) return update
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

/** What changes whenever something is added to a document's log, cheap to ask. */
async function markOf(db: Queryable, documentId: DocumentId): Promise<string> {
  const { rows } = await db.query<{ mark: string }>(
    `select count(*) || '/' || coalesce(max(seq), 0) as mark
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
