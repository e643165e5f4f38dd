import type { Pool } from 'pg'
import { blocksWithin, entriesOf, terminologyIn } from '../../lib/content/glossary'
import { outlineOf } from '../../lib/content/outline'
import { readBody } from '../../lib/content/read-body'
import { transaction } from '../db/open'
import type { Job, JobParts } from '../job'
import { readSections } from './store'
import { mayHoldTerms, readUnread, type UnreadTerms, writeRead, writeTerms } from './term-store'
import { loadBody } from './update-log'

/**
 * A glossary is read when nobody has written in its text for so long, in ms. Nobody waits for it, and reading a large
 * text takes a third of a second.
 */
const restMs = 60_000
/** At most so many documents each time; the rest is next. */
const atOnce = 20

/** Keeps the list of all terms: reads the glossaries of texts that rest. */
export const termJob: Job = {
  name: 'reading glossaries',
  everyMs: 20_000,
  async run({ pool, log, timers }: JobParts, ending) {
    const restedBefore = new Date(timers.now() - restMs)
    for (const unread of await readUnread(pool, { restedBefore, limit: atOnce })) {
      if (ending.aborted) return
      try {
        await readTerms(pool, unread)
      } catch (error) {
        // One that fails (its body may be damaged) holds nobody else up, and waits until its text is changed again.
        log.warn({ documentId: unread.id, err: error }, 'The glossary of a text could not be read.')
        await writeRead(pool, unread)
      }
    }
  },
}

/** Reads the glossary of one document, unless another node does. */
export async function readTerms(pool: Pool, unread: UnreadTerms): Promise<void> {
  const { id } = unread
  await transaction(pool, async (tx) => {
    const { rows } = await tx.query<{ locked: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended('document_terms ' || $1, 0)) as locked",
      [id],
    )
    if (!rows[0]?.locked) return
    if (await mayHoldTerms(tx, id)) {
      const doc = readBody((await loadBody(tx, id)).update)
      const keys = await readSections(tx, id)
      const sections = terminologyIn(outlineOf(doc), (headingId) => keys.get(headingId) ?? null)
      await writeTerms(tx, id, entriesOf(blocksWithin(doc, sections)))
    }
    await writeRead(tx, unread)
  })
}
