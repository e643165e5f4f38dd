import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { DocumentId } from '../../lib/id'
import type { Recovery } from '../../lib/sync/ownership'
import { runLock } from '../db/only-one'
import type { Queryable } from '../db/open'
import { transaction } from '../db/open'

/**
 * Now, as SQL, but later than any id was claimed: a clock that was set back since must not make the claims of
 * whoever lost text look younger than the loss. Looked up only where there is a row to write it to.
 */
export const afterEveryClaim = `greatest(now(), (select max(claimed_at) + interval '1 ms' from document_client))`

/**
 * Marks the runs that ended without saying so: nobody holds their lock any more. The candidates first, and
 * the lock only of those: a lock that is tried beside other conditions may be tried for any row.
 */
const markDead = `
with open as materialized (
  select id from server_run where ended_at is null and found_dead_at is null and id <> $1
), dead as materialized (
  select id from open where pg_try_advisory_xact_lock(${runLock('id::text')})
)
update server_run set found_dead_at = ${afterEveryClaim} from dead where server_run.id = dead.id`

/**
 * One run of this process, as the database knows it. A run that is found without an end and without its lock
 * was killed: text that it had passed on and not committed is only in browsers now, and comes back through
 * whoever still has it.
 */
export class ServerRun {
  readonly #pool: Pool
  readonly #id: string
  #begun: Promise<void> | null = null

  /** @param id the run whose lock `holdInstallation` holds. Default: one that others find dead. */
  constructor(pool: Pool, id: string = randomUUID()) {
    this.#pool = pool
    this.#id = id
  }

  /** Marks dead runs, and this one as begun, once. @throws while the database is away. */
  begin(): Promise<void> {
    this.#begun ??= transaction(this.#pool, async (tx) => {
      await this.#markDead(tx)
      await tx.query('insert into server_run (id) values ($1) on conflict do nothing', [this.#id])
    }).catch((error: unknown) => {
      this.#begun = null
      throw error
    })
    return this.#begun
  }

  /** The recovery that holds for a document, if any. */
  async recoveryOf(documentId: DocumentId, options: { forMs: number }): Promise<Recovery | null> {
    await this.begin()
    await this.#markDead(this.#pool)
    const { rows } = await this.#pool.query<{ since: Date | null; restored: Date | null }>(
      `select greatest(
         (select max(found_dead_at) from server_run),
         (select max(at) from quarantine where document_id = $1)) as since,
         (select value::timestamptz from setting where key = 'restored_at') as restored`,
      [documentId],
    )
    const { since, restored } = rows[0] ?? { since: null, restored: null }
    const latest = Math.max(since?.getTime() ?? 0, restored?.getTime() ?? 0)
    if (latest === 0) return null
    return {
      claimedBefore: latest,
      until: latest + options.forMs,
      restoredUntil: restored && restored.getTime() + options.forMs,
    }
  }

  /** Runs that were found dead within the last minute. */
  async deadRuns(): Promise<readonly string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `select id from server_run where found_dead_at > now() - interval '1 minute'`,
    )
    return rows.map(({ id }) => id)
  }

  /**
   * Also takes back what others have said of this run: they found it without its lock while its connection to
   * the database was lost, and it has lost nothing.
   */
  async #markDead(db: Queryable): Promise<void> {
    await db.query(markDead, [this.#id])
    await db.query('update server_run set found_dead_at = null where id = $1 and found_dead_at is not null', [
      this.#id,
    ])
  }

  /** Everything is committed: nothing that anybody was shown can be missing. */
  async end(): Promise<void> {
    await this.#pool.query('update server_run set ended_at = now() where id = $1', [this.#id])
  }
}
