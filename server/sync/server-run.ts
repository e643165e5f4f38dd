import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import type { DocumentId } from '../../lib/id'
import type { Recovery } from '../../lib/sync/ownership'
import { transaction } from '../db/open'

/**
 * One run of this process, as the database knows it. A run that is found without an end was killed: text that
 * it had passed on and not committed is only in browsers now, and comes back through whoever still has it.
 *
 * One node serves an installation in this version: every other run without an end is dead.
 */
export class ServerRun {
  readonly #pool: Pool
  readonly #id = randomUUID()
  #begun: Promise<void> | null = null

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** Marks earlier runs as dead and this one as begun, once. @throws while the database is away. */
  begin(): Promise<void> {
    this.#begun ??= transaction(this.#pool, async (tx) => {
      await tx.query(
        'update server_run set found_dead_at = now() where ended_at is null and found_dead_at is null',
      )
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
    const { rows } = await this.#pool.query<{ since: Date | null }>(
      `select greatest(
         (select max(found_dead_at) from server_run),
         (select max(at) from quarantine where document_id = $1)) as since`,
      [documentId],
    )
    const since = rows[0]?.since?.getTime()
    return since === undefined ? null : { claimedBefore: since, until: since + options.forMs }
  }

  /** Everything is committed: nothing that anybody was shown can be missing. */
  async end(): Promise<void> {
    if (this.#begun === null) return
    await this.#pool.query('update server_run set ended_at = now() where id = $1', [this.#id])
  }
}
