import { noFailpoints } from '../failpoint'
import type { Job } from '../job'
import { writeDigests } from './digest'
import { postAll } from './post'

export const digestJob: Job = {
  name: 'mail of the day',
  everyMs: 60_000,
  run: async ({ pool, timers, config }) => {
    if (config.mail) await writeDigests(pool, { now: new Date(timers.now()), hour: config.digestHour })
  },
}

const taken = new Set<string>()

export const postJob: Job = {
  name: 'mail',
  everyMs: 15_000,
  wakes: true,
  run: ({ pool, log, timers, config, authSecret, reach = noFailpoints }, ending) =>
    postAll({ pool, log, now: timers.now, config, authSecret, reach, random: Math.random, taken }, ending),
}
