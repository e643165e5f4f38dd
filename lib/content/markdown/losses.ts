import type { Loss } from '../../api'

/** More losses than this are counted instead of listed. */
export const maxLosses = 500

/** Gathers what an import could not carry over. */
export interface Losses {
  /** `line` is one-based; `what` is a plain sentence. */
  add(line: number, what: string): void
  /** Adds to a count that is told once, with the first line: `sentence(count)`. */
  count(line: number, sentence: (count: number) => string): void
  /** All of them by line, cut at `maxLosses` with a last entry that counts the rest. */
  list(): Loss[]
}

export function createLosses(): Losses {
  const found: Loss[] = []
  const counted = new Map<(count: number) => string, { line: number; count: number }>()
  let unlisted = 0
  return {
    add(line, what) {
      if (found.length < maxLosses) found.push({ line, what })
      else unlisted += 1
    },
    count(line, sentence) {
      const known = counted.get(sentence)
      if (known) known.count += 1
      else counted.set(sentence, { line, count: 1 })
    },
    list() {
      const sums = [...counted].map(([sentence, { line, count }]) => ({ line, what: sentence(count) }))
      const all = [...found, ...sums].sort((left, right) => left.line - right.line)
      if (unlisted > 0) all.push({ line: 0, what: `${unlisted} more of the same kinds.` })
      return all
    },
  }
}
