import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Config } from './config'
import type { Reach } from './failpoint'
import type { LiveBus } from './live/subscribe'
import type { Timers } from './timers'

/** What jobs are made of. */
export interface JobParts {
  readonly pool: Pool
  readonly log: Logger
  readonly live: LiveBus
  readonly timers: Timers
  readonly config: Config
  readonly authSecret: string
  /** Default: nothing happens at any failpoint. */
  readonly reach?: Reach
}

/**
 * Work that nobody asks for: it looks now and then whether there is something to do. Every node of an installation
 * runs every job, so that each takes what it works on by a lock, and leaves alone what another node has taken.
 */
export interface Job {
  readonly name: string
  readonly everyMs: number
  /** True: it is run as soon as something happened as well (`LiveBus.onHappening`). Default false. */
  readonly wakes?: boolean
  /** @param ending aborted when the process ends: what takes longer than a moment breaks off. */
  run(parts: JobParts, ending: AbortSignal): Promise<void>
}
