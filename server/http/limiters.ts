import type { Runtime } from '../runtime'
import { defaultLimits, RateLimiter } from './limit'

interface Limiters {
  readonly perAddress: RateLimiter
  readonly perPerson: RateLimiter
}

const key = Symbol.for('rationale.limiters')
type Holder = { [key]?: WeakMap<Runtime, Limiters> }

/**
 * The buckets of one running server. They hang on `globalThis` for the same reason as the runtime itself:
 * routes may each have their own copy of this module, and would then count on their own.
 */
export function limitersOf(runtime: Runtime): Limiters {
  const holder = globalThis as Holder
  holder[key] ??= new WeakMap()
  const known = holder[key].get(runtime)
  if (known) return known
  const { perAddress, perPerson } = runtime.limits ?? defaultLimits
  const made = {
    perAddress: new RateLimiter(perAddress, runtime.now),
    perPerson: new RateLimiter(perPerson, runtime.now),
  }
  holder[key].set(runtime, made)
  return made
}
