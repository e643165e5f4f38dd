import type { Pool } from 'pg'
import * as Y from 'yjs'
import { decisionsOf } from '../../lib/content/decision-log'
import { type Named, namedIn } from '../../lib/content/named-people'
import { readBody } from '../../lib/content/read-body'
import type { DocumentId, PersonId } from '../../lib/id'
import { exactDoc } from '../../lib/sync/exact-doc'
import { type Queryable, transaction } from '../db/open'
import type { Job, JobParts } from '../job'
import { record } from '../live/outbox'
import { readClaims } from './client-claim'
import {
  mayHoldSomething,
  type Rested,
  readRested,
  writeDecisions,
  writeGathered,
  writeNamed,
} from './gather-store'
import { loadBody } from './update-log'

/** A text rests when nobody has written in it for so long, in ms: whoever is named is told no half sentence. */
const restMs = 2_000
/** Where people never stop, it is gathered from after so long, in ms. */
const waitedMs = 30_000
/** At most so many documents each time; the rest is next. */
const atOnce = 20

/**
 * Gathers from texts that rest what others look for: decisions, for the log of all documents, and who is named, so
 * that they are told. From the saved text and by the server: what a page would say of its own text can be false, and
 * a page that is closed says nothing.
 */
export const gatherJob: Job = {
  name: 'gathering from texts',
  everyMs: 2_000,
  async run(parts, ending) {
    const now = parts.timers.now()
    const rested = await readRested(parts.pool, {
      restedBefore: new Date(now - restMs),
      waitedBefore: new Date(now - waitedMs),
      limit: atOnce,
    })
    for (const one of rested) {
      if (ending.aborted) return
      await tryToGather(parts, one, now)
    }
  },
}

/** One that fails (its body may be damaged) holds nobody else up, and waits until its text is changed again. */
async function tryToGather({ pool, log }: JobParts, rested: Rested, now: number): Promise<void> {
  try {
    await gatherFrom(pool, rested, now)
  } catch (error) {
    log.warn({ documentId: rested.id, err: error }, 'Nothing could be gathered from a text.')
    await writeGathered(pool, rested)
  }
}

/**
 * Gathers from one document, unless another node does.
 *
 * @param now milliseconds since the epoch.
 */
export async function gatherFrom(pool: Pool, rested: Rested, now: number): Promise<void> {
  const { id } = rested
  await transaction(pool, async (tx) => {
    const { rows } = await tx.query<{ locked: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended('document_gather ' || $1, 0)) as locked",
      [id],
    )
    if (!rows[0]?.locked) return
    if (await mayHoldSomething(tx, id)) {
      const ydoc = exactDoc()
      Y.applyUpdate(ydoc, (await loadBody(tx, id)).update)
      await writeDecisions(tx, id, decisionsOf(readBody(ydoc)), new Date(now))
      await tellNamed(tx, id, namedIn(ydoc), now)
      ydoc.destroy()
    }
    await writeGathered(tx, rested)
  })
}

/** Says who is named from now on, by whom, in which block. */
async function tellNamed(tx: Queryable, documentId: DocumentId, named: readonly Named[], now: number) {
  const fresh = await writeNamed(tx, documentId, named, new Date(now))
  if (fresh.length === 0) return
  const claims = new Map(
    (await readClaims(tx, documentId)).map(({ clientId, personId }) => [clientId, personId]),
  )
  const byLine = new Map<string, { blockId: string; actorId: PersonId | null; personIds: PersonId[] }>()
  for (const { blockId, personId } of fresh) {
    const by = named.find((one) => one.blockId === blockId && one.personId === personId)
    const actorId = (by && claims.get(by.clientId)) ?? null
    const key = `${blockId} ${actorId}`
    const line = byLine.get(key) ?? { blockId, actorId, personIds: [] }
    line.personIds.push(personId)
    byLine.set(key, line)
  }
  for (const { actorId, ...line } of byLine.values()) {
    await record(tx, { documentId, actorId, at: new Date(now), what: { type: 'text.mentioned', ...line } })
  }
}
