import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { DocumentId } from '../../lib/id'
import type { Timers } from '../timers'

/** Documents and the time of their last commit, in ms since the epoch. */
export type Changed = readonly (readonly [DocumentId, number])[]

/** Moves `document.updated_at` on, never back. */
export async function writeUpdatedAt(pool: Pool, changed: Changed): Promise<void> {
  // Locked in the order in which a commit locks them, so that the two never wait for each other.
  await pool.query(
    `with given as (
       select * from unnest($1::uuid[], $2::timestamptz[]) as g (id, at)
     ), locked as (
       select d.id from document d where d.id = any ($1::uuid[]) order by d.id for no key update
     )
     update document d set updated_at = g.at
       from given g join locked l on l.id = g.id where d.id = g.id and d.updated_at < g.at`,
    [changed.map(([id]) => id), changed.map(([, at]) => new Date(at))],
  )
}

/**
 * Keeps `document.updated_at` current, for lists, without a write for every keystroke: documents whose text
 * was committed are gathered and written together.
 */
export class UpdatedAt {
  readonly #write: (changed: Changed) => Promise<void>
  readonly #timers: Timers
  readonly #log: Logger
  readonly #everyMs: number
  readonly #changed = new Map<DocumentId, number>()
  #stop: (() => void) | null = null

  constructor(parts: {
    write: (changed: Changed) => Promise<void>
    timers: Timers
    log: Logger
    everyMs: number
  }) {
    this.#write = parts.write
    this.#timers = parts.timers
    this.#log = parts.log
    this.#everyMs = parts.everyMs
  }

  mark(documentId: DocumentId): void {
    this.#changed.set(documentId, this.#timers.now())
    this.#stop ??= this.#timers.after(this.#everyMs, () => void this.flush())
  }

  /** Writes what was gathered. Never rejects: what fails is written with the next change. */
  async flush(): Promise<void> {
    this.#stop?.()
    this.#stop = null
    const changed = [...this.#changed]
    if (changed.length === 0) return
    this.#changed.clear()
    try {
      await this.#write(changed)
    } catch (error) {
      this.#log.warn({ err: error }, 'Times of last changes could not be written.')
      for (const [id, at] of changed) if (!this.#changed.has(id)) this.#changed.set(id, at)
    }
  }
}
