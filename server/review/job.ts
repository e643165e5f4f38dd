import type { Job } from '../job'
import { endFinalPeriods } from './period'

export const finalPeriodJob: Job = {
  name: 'final comment periods',
  everyMs: 5_000,
  run: async ({ pool, timers }) => void (await endFinalPeriods(pool, timers.now())),
}
