/** A seeded source of random numbers (mulberry32): the same seed gives the same story again. */
export interface Random {
  readonly seed: number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  /** One of the items. */
  pick<Item>(items: readonly Item[]): Item
}

/** @param seed Default: a new one, or the one in the variable SEED, to repeat a run. */
export function random(seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32))): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    seed,
    between,
    pick: (items) => items[between(0, items.length - 1)] as (typeof items)[number],
  }
}
