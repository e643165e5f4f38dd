import type { Pool } from 'pg'
import type { Logger } from 'pino'
import { transaction } from '../db/open'
import type { Timers } from '../timers'
import { type ArchiveSize, dropOldHistory, readArchiveSize } from './archive'

/** How old the size may be that is shown, in ms. */
const sizeMs = 60_000
/** How often it looks whether it is time to drop, in ms; that it was is known to the installation. */
const lookMs = 600_000

/** Knows how large the archive is, and drops what is too old. Fails without a word but in the log. */
export class ArchiveKeeper {
  readonly #pool: Pool
  readonly #log: Logger
  readonly #timers: Timers
  readonly #days: number | null
  #size: ArchiveSize | null = null
  /** By `Timers.elapsed`. */
  #askedAt = Number.NEGATIVE_INFINITY
  #stopLooking = () => {}

  /** @param parts.days null: everything is kept. */
  constructor(parts: { pool: Pool; log: Logger; timers: Timers; days: number | null }) {
    this.#pool = parts.pool
    this.#log = parts.log
    this.#timers = parts.timers
    this.#days = parts.days
    if (this.#days !== null) this.#look(this.#days)
  }

  /** As it was found last, at most once a minute; nothing before it was found. */
  size(): ArchiveSize | object {
    if (this.#timers.elapsed() - this.#askedAt >= sizeMs) {
      this.#askedAt = this.#timers.elapsed()
      void readArchiveSize(this.#pool).then(
        (size) => {
          this.#size = size
        },
        (error: unknown) => this.#log.warn({ err: error }, 'The size of the archive could not be read.'),
      )
    }
    return this.#size ?? {}
  }

  stop(): void {
    this.#stopLooking()
  }

  #look(days: number): void {
    this.#stopLooking = this.#timers.after(lookMs, () => this.#look(days))
    const now = this.#timers.now()
    void transaction(this.#pool, (tx) => dropOldHistory(tx, { days, now })).then(
      (blocks) => {
        if (blocks) this.#log.info({ blocks, days }, 'Old history was dropped from the archive.')
      },
      (error: unknown) => this.#log.error({ err: error }, 'Old history could not be dropped.'),
    )
  }
}
