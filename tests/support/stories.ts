import { test } from 'vitest'
import { random } from './random'

/**
 * Tells stories of 24 fixed seeds, or as many as STORIES says, and a longer one of a seed of its own, which is said
 * when it fails and is SEED's, where that is given.
 *
 * @param rules numbers of PROTOCOL.md that they prove, as titles cite them; empty: none.
 */
export function tellStories(rules: string, story: (seed: number, steps: number) => Promise<void>): void {
  const seeds = Array.from({ length: Number(process.env.STORIES ?? 24) }, (_, index) => index + 1)
  test.each(seeds)(`${rules}story %i`, (seed) => story(seed, 400))

  test(`${rules}a story of a seed of its own, said when it fails`, async () => {
    const { seed } = random()
    try {
      await story(seed, 600)
    } catch (error) {
      throw new Error(`SEED=${seed} fails`, { cause: error })
    }
  })
}
