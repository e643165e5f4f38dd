import * as Y from 'yjs'
import { decisionsOf } from '../../lib/content/decision-log'
import { type Named, namedIn } from '../../lib/content/named-people'
import { readBody } from '../../lib/content/read-body'
import type { DocumentId, PersonId } from '../../lib/id'
import { exactDoc } from '../../lib/sync/exact-doc'
import type { Queryable } from '../db/open'
import { record } from '../live/outbox'
import { readClaims } from './client-claim'
import { mayHoldSomething, writeDecisions, writeNamed } from './gather-store'
import { type RestWork, restJob } from './rested'
import { loadBody } from './update-log'

/**
 * Gathers from texts that rest what others look for: decisions, for the log of all documents, and who is named, so
 * that they are told. From the saved text and by the server: what a page would say of its own text can be false, and
 * a page that is closed says nothing.
 */
export const gathering: RestWork = {
  table: 'document_gathered',
  // Whoever is named is told no half sentence.
  restMs: 2_000,
  waitMs: 30_000,
  failure: 'Nothing could be gathered from a text.',
  async read(tx, documentId, now) {
    if (!(await mayHoldSomething(tx, documentId))) return
    const ydoc = exactDoc()
    Y.applyUpdate(ydoc, (await loadBody(tx, documentId)).update)
    await writeDecisions(tx, documentId, decisionsOf(readBody(ydoc)), new Date(now))
    await tellNamed(tx, documentId, namedIn(ydoc), now)
    ydoc.destroy()
  },
}

export const gatherJob = restJob('gathering from texts', 2_000, gathering)

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
