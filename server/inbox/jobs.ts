import { noFailpoints } from '../failpoint'
import type { Job } from '../job'
import { remind } from './remind'
import { tellAll } from './tell'
import { wakeSnoozed } from './wake-snoozed'

/** Tells people what happened, as soon as it has. */
export const inboxJob: Job = {
  name: 'inbox',
  everyMs: 30_000,
  wakes: true,
  run: ({ pool, log, timers, config, reach = noFailpoints }, ending) =>
    tellAll({ pool, log, now: timers.now, mail: config.mail !== null, reach }, ending),
}

/** Says what nobody did: reviews that are late or were never sent, approvals that grew old, naps that are over. */
export const remindJob: Job = {
  name: 'reminders',
  everyMs: 60_000,
  run: async ({ pool, timers, config }) => {
    const given = { now: new Date(timers.now()), mail: config.mail !== null }
    await wakeSnoozed(pool, given.now)
    await remind(pool, given)
  },
}
