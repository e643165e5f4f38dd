import type { Target } from './target'

/** Processor time between two moments, in microseconds. */
export interface Cost {
  readonly ms: number
  readonly serverUs: number
  readonly databaseUs: number
}

/** @returns what is asked for the cost since. */
export async function costFrom(target: Target): Promise<() => Promise<Cost>> {
  const databaseBefore = target.databaseCpuUs()
  const before = await target.used()
  const began = performance.now()
  return async () => {
    const ms = performance.now() - began
    const after = await target.used()
    return { ms, serverUs: after.cpuUs - before.cpuUs, databaseUs: target.databaseCpuUs() - databaseBefore }
  }
}

/**
 * What is left of a cost when that of doing nothing for as long is taken away. The database's stays whole: what
 * it does between two of our questions follows from them.
 */
export const lessIdle = (cost: Cost, idle: Cost): Cost => ({
  ms: cost.ms,
  serverUs: cost.serverUs - (idle.serverUs * cost.ms) / idle.ms,
  databaseUs: cost.databaseUs,
})
