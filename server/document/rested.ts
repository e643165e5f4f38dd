import type { Pool } from 'pg'
import type { DocumentId } from '../../lib/id'
import { type Queryable, transaction } from '../db/open'
import type { Job } from '../job'

/** What is read from texts that rest. */
export interface RestWork {
  /** The table that says how far each document's text was read. */
  readonly table: 'document_gathered' | 'document_term_reading'
  /** A text rests when nobody has written in it for so long, in ms. */
  readonly restMs: number
  /** Where people never stop, it is read after so long, in ms. Null: then it is not. */
  readonly waitMs: number | null
  /** What the log says of a text that could not be read. */
  readonly failure: string
  /**
   * Reads one text.
   *
   * @param tx a transaction; no other node reads this text for the same meanwhile.
   * @param now milliseconds since the epoch.
   */
  read(tx: Queryable, documentId: DocumentId, now: number): Promise<void>
}

/** A document whose text rests, with how far it then goes: as PostgreSQL writes a time, to the microsecond. */
export interface Rested {
  readonly id: DocumentId
  readonly until: string
}

/** At most so many documents each time; the rest is next. */
const atOnce = 20

/** Reads texts that rest. One that fails (its body may be damaged) holds nobody else up, and waits until it is changed. */
export const restJob = (name: string, everyMs: number, work: RestWork): Job => ({
  name,
  everyMs,
  async run({ pool, log, timers }, ending) {
    const now = timers.now()
    for (const rested of await readRested(pool, work, { now, limit: atOnce })) {
      if (ending.aborted) return
      try {
        await readOne(pool, work, rested, now)
      } catch (error) {
        log.warn({ documentId: rested.id, err: error }, work.failure)
        await writeRead(pool, work, rested)
      }
    }
  },
})

/** Documents whose text was changed since it was last read, and rests, or has waited long enough. */
export async function readRested(
  db: Queryable,
  { table, restMs, waitMs }: Pick<RestWork, 'table' | 'restMs' | 'waitMs'>,
  { now, limit }: { now: number; limit: number },
): Promise<Rested[]> {
  const { rows } = await db.query<Rested>(
    `select d.id, d.updated_at::text as until
       from document d left join ${table} r on r.document_id = d.id
      where d.binned_at is null and (r.until is null or d.updated_at > r.until)
        and (d.updated_at <= $1 or coalesce(r.until, d.created_at) <= $2::timestamptz)
      order by d.updated_at desc limit $3`,
    [new Date(now - restMs), waitMs === null ? null : new Date(now - waitMs), limit],
  )
  return rows
}

/** Reads one text, unless another node does. */
export async function readOne(pool: Pool, work: RestWork, rested: Rested, now: number): Promise<void> {
  await transaction(pool, async (tx) => {
    const { rows } = await tx.query<{ locked: boolean }>(
      "select pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0)) as locked",
      [work.table, rested.id],
    )
    if (!rows[0]?.locked) return
    await work.read(tx, rested.id, now)
    await writeRead(tx, work, rested)
  })
}

async function writeRead(tx: Queryable, { table }: RestWork, { id, until }: Rested): Promise<void> {
  await tx.query(
    `insert into ${table} as was (document_id, until) values ($1, $2::timestamptz)
     on conflict (document_id) do update set until = greatest(was.until, excluded.until)`,
    [id, until],
  )
}
