import { random } from '../../support/random'

/** What the generator itself fell short of: figures of a generator that lags say nothing about a server. */
export interface Paced {
  readonly edits: number
  /** Edits a second that were really typed. */
  readonly perSecond: number
  /** How late edits were typed, in ms: the generator's own delay. */
  readonly lateP99Ms: number
}

/**
 * Lets each of them type `perSecond` letters a second for a time, each at moments of their own: people do not
 * type in step, and a server that gathers what comes together must not be flattered.
 *
 * @param stopEarly looked at now and then.
 */
export function paced(
  typists: readonly { type(): void }[],
  options: { perSecond: number; ms: number; stopEarly?: () => boolean },
): Promise<Paced> {
  const { perSecond, ms, stopEarly } = options
  const periodMs = 1_000 / perSecond
  const { between } = random(1)
  const began = performance.now()
  const dueAt = typists.map(() => began + (periodMs * between(0, 1_000)) / 1_000)
  const late: number[] = []
  let edits = 0
  return new Promise((resolve) => {
    const tick = () => {
      const now = performance.now()
      if (now - began >= ms || stopEarly?.()) {
        late.sort((a, b) => a - b)
        resolve({
          edits,
          perSecond: (edits * 1_000) / (now - began),
          lateP99Ms: late[Math.floor(late.length * 0.99)] ?? 0,
        })
        return
      }
      for (const [index, typist] of typists.entries()) {
        for (let due = dueAt[index] ?? now; due <= now; due = dueAt[index] ?? Infinity) {
          typist.type()
          edits += 1
          late.push(performance.now() - due)
          dueAt[index] = due + periodMs
        }
      }
      setTimeout(tick, 1)
    }
    tick()
  })
}
