import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Config } from './config'
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
}

/**
 * Work that nobody asks for: it looks now and then whether there is something to do. Every node of an installation
 * runs every job, so that each takes what it works on by a lock, and leaves alone what another node has taken.
 */
export interface Job {
  readonly name: string
  readonly everyMs: number
  run(parts: JobParts): Promise<void>
}

const jobs: readonly Job[] = []

/**
 * Begins all jobs. One that fails says so in the log and is run again when its time comes; none overlaps with
 * itself.
 *
 * @returns ends them, when what is under way is done.
 */
export function startJobs(parts: JobParts, given: readonly Job[] = jobs): () => Promise<void> {
  const { timers, log } = parts
  const underWay = new Set<Promise<void>>()
  const stops = new Map<string, () => void>()
  let ended = false
  const runOne = async (job: Job) => {
    try {
      await job.run(parts)
    } catch (error) {
      log.error({ err: error, job: job.name }, 'A job failed; it will be tried again.')
    }
    if (!ended) wait(job)
  }
  const wait = (job: Job) => {
    const stop = timers.after(job.everyMs, () => {
      const run = runOne(job).finally(() => underWay.delete(run))
      underWay.add(run)
    })
    stops.set(job.name, stop)
  }
  for (const job of given) wait(job)
  return async () => {
    ended = true
    for (const stop of stops.values()) stop()
    await Promise.all(underWay)
  }
}
