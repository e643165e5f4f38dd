import { pause } from '../../../server/db/pause'
import { quantile } from './arrivals'
import { paced } from './pace'
import type { Figures, Scenario } from './scenario'
import { closedOf, disperse, gather, type Shape } from './typing'

/** Edits a second, over all who type. */
const steps = [
  400, 800, 1_200, 1_600, 2_000, 2_400, 3_200, 4_000, 5_600, 8_000, 10_000, 12_800, 16_000, 20_000, 25_600,
  32_000,
]

/** An edit that takes longer than this is no longer seen while it is typed. */
const limitMs = 100

/** Most time that a step is waited for until everything has arrived, in ms. */
const graceMs = 3_000

/** How many edits a second a server passes on before one in a hundred takes longer than `limitMs`. */
export const ceiling =
  (shape: Shape): Scenario =>
  async (target, seconds): Promise<Figures> => {
    const gathering = await gather(target, shape)
    const { arrivals, typists } = gathering
    await paced(typists, { perSecond: 200 / typists.length, ms: 2_000 })
    await pause(300)
    let reached = 0
    let p99Ms = 0
    let generatorLateP99Ms = 0
    let isGeneratorAtItsEnd = 0
    for (const perSecond of steps) {
      arrivals.count()
      const load = await paced(typists, {
        perSecond: perSecond / typists.length,
        ms: Math.max(1_500, seconds * 300),
      })
      const expected = load.edits * (shape.clients - 1)
      const until = performance.now() + graceMs
      while (arrivals.samples.length < expected && performance.now() < until) await pause(20)
      arrivals.stop()
      const { samples } = arrivals
      const p99 = samples.length < expected * 0.999 ? Infinity : quantile(samples, 0.99)
      if (p99 > limitMs || closedOf(gathering) > 0) {
        // Half of the limit is the generator's own delay: not the server's end was found.
        isGeneratorAtItsEnd = load.lateP99Ms > limitMs / 2 ? 1 : 0
        break
      }
      reached = perSecond
      p99Ms = p99
      generatorLateP99Ms = load.lateP99Ms
      await pause(200)
    }
    disperse(gathering)
    return { editsPerSecond: reached, p99Ms, generatorLateP99Ms, isGeneratorAtItsEnd }
  }
