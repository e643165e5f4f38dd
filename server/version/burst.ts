import type { DocumentId } from '../../lib/id'
import { burstEndsAfterMs } from '../../lib/version'
import { transaction } from '../db/open'
import type { Job, JobParts } from '../job'
import { freezeVersion } from './freeze'

/** At most so many documents each time; the rest is next. */
const atOnce = 20

/** Documents in which nobody has written for a while are kept as versions, where they say something new. */
export const burstJob: Job = {
  name: 'versions of bursts',
  everyMs: 60_000,
  async run(parts, ending) {
    const now = parts.timers.now()
    for (const documentId of await endedBursts(parts, now)) {
      if (ending.aborted) return
      await keepBurst(parts, documentId, now)
    }
  },
}

/** Text that nobody wrote (a template's) is none that was edited. */
async function endedBursts({ pool }: JobParts, now: number): Promise<DocumentId[]> {
  const { rows } = await pool.query<{ id: DocumentId }>(
    `select d.id from document d
      where d.updated_at < $1 and d.binned_at is null
        and d.updated_at > coalesce((select v.same_until from document_version v where v.document_id = d.id
                                      order by v.number desc limit 1), '-infinity')
        and exists (select 1 from document_client c where c.document_id = d.id and c.person_id is not null)
      order by d.updated_at desc limit $2`,
    [new Date(now - burstEndsAfterMs), atOnce],
  )
  return rows.map(({ id }) => id)
}

/** One that fails (its body may be damaged) keeps no other from being kept. */
async function keepBurst({ pool, log }: JobParts, documentId: DocumentId, now: number): Promise<void> {
  try {
    await transaction(pool, async (tx) => {
      const { rows } = await tx.query<{ locked: boolean }>(
        "select pg_try_advisory_xact_lock(hashtextextended('document_burst ' || $1, 0)) as locked",
        [documentId],
      )
      if (rows[0]?.locked) await freezeVersion(tx, { documentId, reason: 'burst', by: null, now })
    })
  } catch (error) {
    log.warn({ documentId, err: error }, 'A document could not be kept as a version after it was edited.')
  }
}
