/**
 * How much of a quote is left in a text that stands at its place. An anchor knows its words and where the first
 * and the last of them were; it does not know which letters between them are still those. So they are counted:
 * only in runs, since single letters agree by chance everywhere.
 */

/** Which of the two ends is known to be the very character that was marked. */
export interface Ends {
  readonly head: boolean
  readonly tail: boolean
  /** The quote is only the beginning of what was marked: `tail` then says nothing about its last character. */
  readonly cut: boolean
}

/** What of a text is still the quote, from the first character that is left to the last. */
export interface Fit {
  readonly from: number
  readonly to: number
  /** Characters of the quote that are missing before and behind it. */
  readonly before: number
  readonly after: number
  /** Characters of the quote that are left. */
  readonly kept: number
}

interface Run {
  readonly quote: number
  readonly text: number
  readonly length: number
}

/** The work of one comparison, in pairs of characters: about 5 ms. Beyond it the middle counts as rewritten. */
const mostPairs = 1_000_000

/** Shorter runs count as chance, except at an end that is known. */
export const shortestRun = (quoteLength: number): number => (quoteLength <= 8 ? 2 : quoteLength <= 20 ? 3 : 4)

/**
 * Null: too little is left for anyone to say that these are the words. Enough is
 * - half of the quote, whatever was written between (words that grew or were edited), or
 * - half of what stands there now, when that is no chance: four characters at an end that is known, eight
 *   anywhere (words that were cut down).
 */
export function fitOf(quote: string, text: string, ends: Ends): Fit | null {
  if (text === quote) return { from: 0, to: text.length, before: 0, after: 0, kept: text.length }
  const runs = commonRuns(quote, text, ends)
  const first = runs[0]
  const last = runs.at(-1)
  if (!first || !last) return null
  const kept = runs.reduce((sum, run) => sum + run.length, 0)
  if (!isEnough(kept, quote.length, text.length, ends)) return null
  return {
    from: first.text,
    to: ends.cut ? text.length : last.text + last.length,
    before: first.quote,
    after: ends.cut ? 0 : quote.length - last.quote - last.length,
    kept,
  }
}

function isEnough(kept: number, quoteLength: number, textLength: number, ends: Ends): boolean {
  if (kept >= Math.max(Math.ceil(quoteLength / 2), Math.min(2, quoteLength))) return true
  if (ends.cut && ends.head && ends.tail) return true
  return kept * 2 >= textLength && kept >= (ends.head || ends.tail ? 4 : 8)
}

/** What both have in common, in order: from the known ends inwards, then the longest runs between. */
function commonRuns(quote: string, text: string, { head, tail, cut }: Ends): Run[] {
  const most = Math.min(quote.length, text.length)
  let before = 0
  if (head) while (before < most && quote[before] === text[before]) before += 1
  let after = 0
  if (tail && !cut) {
    while (after < most - before && quote[quote.length - 1 - after] === text[text.length - 1 - after])
      after += 1
  }
  const runs: Run[] = before > 0 ? [{ quote: 0, text: 0, length: before }] : []
  // Where both ends are known and hold enough, what is between them decides nothing.
  const decided = before > 0 && after > 0 && (before + after) * 2 >= quote.length
  const quoteEnd = quote.length - after
  const textEnd = text.length - after
  const pairs = (quoteEnd - before) * (textEnd - before)
  if (!decided && pairs > 0 && pairs <= mostPairs) {
    gather({ quote, text, shortest: shortestRun(quote.length), runs }, before, quoteEnd, before, textEnd)
  }
  if (after > 0) runs.push({ quote: quoteEnd, text: textEnd, length: after })
  return runs
}

interface Gathering {
  readonly quote: string
  readonly text: string
  readonly shortest: number
  readonly runs: Run[]
}

function gather(into: Gathering, q0: number, q1: number, t0: number, t1: number): void {
  if (q1 - q0 < into.shortest || t1 - t0 < into.shortest) return
  const run = longestRun(into, q0, q1, t0, t1)
  if (run.length < into.shortest) return
  gather(into, q0, run.quote, t0, run.text)
  into.runs.push(run)
  gather(into, run.quote + run.length, q1, run.text + run.length, t1)
}

function longestRun({ quote, text }: Gathering, q0: number, q1: number, t0: number, t1: number): Run {
  // lengths[j]: how far the run reaches back that ends with the present character of the quote and text[t0 + j - 1].
  const lengths = new Uint32Array(t1 - t0 + 1)
  let best: Run = { quote: q0, text: t0, length: 0 }
  for (let q = q0; q < q1; q += 1) {
    const wanted = quote.charCodeAt(q)
    for (let j = t1 - t0; j > 0; j -= 1) {
      const length = text.charCodeAt(t0 + j - 1) === wanted ? (lengths[j - 1] ?? 0) + 1 : 0
      lengths[j] = length
      if (length > best.length) best = { quote: q - length + 1, text: t0 + j - length, length }
    }
  }
  return best
}
