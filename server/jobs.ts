import { gatherJob } from './document/gather'
import { termJob } from './document/term'
import { inboxJob, remindJob } from './inbox/jobs'
import type { Job, JobParts } from './job'
import { digestJob, postJob } from './notify/jobs'
import { finalPeriodJob } from './review/job'
import { burstJob } from './version/burst'

const jobs: readonly Job[] = [
  gatherJob,
  termJob,
  burstJob,
  finalPeriodJob,
  inboxJob,
  remindJob,
  digestJob,
  postJob,
]

/**
 * Begins all jobs. One that fails says so in the log and is run again when its time comes; none overlaps with
 * itself, and one that is woken while it runs is run once more.
 *
 * @returns ends them, when what is under way is done.
 */
export function startJobs(parts: JobParts, given: readonly Job[] = jobs): () => Promise<void> {
  const underWay = new Set<Promise<void>>()
  const stops: (() => void)[] = []
  const ending = new AbortController()
  for (const job of given) stops.push(begin(job, parts, ending.signal, underWay))
  return async () => {
    ending.abort()
    for (const stop of stops) stop()
    await Promise.all(underWay)
  }
}

/** @returns keeps it from being run once more. */
function begin(job: Job, parts: JobParts, ending: AbortSignal, underWay: Set<Promise<void>>): () => void {
  const { timers, log, live } = parts
  let running = false
  let again = false
  let stopTimer = () => {}
  const wait = () => {
    stopTimer = timers.after(job.everyMs, run)
  }
  const runOnce = async () => {
    try {
      await job.run(parts, ending)
    } catch (error) {
      log.error({ err: error, job: job.name }, 'A job failed; it will be tried again.')
    }
    running = false
    if (ending.aborted) return
    if (!again) return wait()
    again = false
    run()
  }
  function run(): void {
    again = running
    if (running) return
    stopTimer()
    running = true
    const work = runOnce().finally(() => underWay.delete(work))
    underWay.add(work)
  }
  wait()
  const deafen = job.wakes ? live.onHappening(run) : () => {}
  return () => {
    stopTimer()
    deafen()
  }
}
