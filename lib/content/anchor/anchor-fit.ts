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

/** The first look of one comparison, in pairs of characters: about 5 ms. Beyond it the middle counts as rewritten. */
const mostPairs = 1_000_000
/** All its looks together: words of which every fifth letter is another would take a second and more. */
const mostWork = 10_000_000

/** Shorter runs count as chance, except at an end that is known. */
const shortestRun = (quoteLength: number): number => (quoteLength <= 8 ? 2 : quoteLength <= 20 ? 3 : 4)

/**
 * Null: too little is left for anyone to say that these are the words. Enough is
 * - half of the quote, with what was written between (words that grew or were edited), or
 * - half of what stands there now, when that is no chance: four characters at an end that is known, eight
 *   anywhere (words that were cut down).
 */
export function fitOf(quote: string, text: string, ends: Ends): Fit | null {
  if (text === quote) return { from: 0, to: text.length, before: 0, after: 0, kept: text.length }
  const common = commonRuns(quote, text, ends)
  const runs = ends.cut ? common.runs : together(common.runs, quote.length)
  const first = runs[0]
  const last = runs.at(-1)
  if (!first || !last) return null
  const kept = keptIn(runs)
  // Halved, since what was moved may be counted from both sides.
  if (!isEnough(kept + common.moved / 2, quote.length, text.length, ends)) return null
  return {
    from: first.text,
    to: ends.cut ? text.length : last.text + last.length,
    before: first.quote,
    after: ends.cut ? 0 : quote.length - last.quote - last.length,
    kept,
  }
}

const keptIn = (runs: readonly Run[]): number => runs.reduce((sum, run) => sum + run.length, 0)

/** How far words can have grown from within. What is longer has had whole blocks moved into it. */
const widest = (quoteLength: number): number => Math.max(quoteLength * 4, quoteLength + 200)

/** The runs that stand near enough to each other to be one stretch: of the outer ones the shorter is let go. */
function together(runs: readonly Run[], quoteLength: number): readonly Run[] {
  let first = 0
  let last = runs.length - 1
  for (; first < last; ) {
    const [head, tail] = [runs[first], runs[last]]
    if (!head || !tail || tail.text + tail.length - head.text <= widest(quoteLength)) break
    if (head.length < tail.length) first += 1
    else last -= 1
  }
  return runs.slice(first, last + 1)
}

function isEnough(kept: number, quoteLength: number, textLength: number, ends: Ends): boolean {
  if (kept >= Math.max(Math.ceil(quoteLength / 2), Math.min(2, quoteLength))) return true
  if (ends.cut && ends.head && ends.tail) return true
  return kept * 2 >= textLength && kept >= (ends.head || ends.tail ? 4 : 8)
}

/**
 * What both have in common, in order: from the known ends inwards, then the longest runs between. `moved`:
 * characters that stand there in another order (somebody changed the order of blocks), between ends that are known.
 */
function commonRuns(
  quote: string,
  text: string,
  { head, tail, cut }: Ends,
): { runs: readonly Run[]; moved: number } {
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
  let moved = 0
  if (!decided && pairs > 0 && pairs <= mostPairs) {
    const shortest = shortestRun(quote.length)
    const into = {
      quote,
      text,
      shortest,
      early: head || !tail,
      // Ends that are remembered need not be those of the quote: what was moved may then stand outside of all runs.
      looksForMoved: before > 0 && after > 0,
      left: mostWork,
      runs,
    }
    moved = gather(into, before, quoteEnd, before, textEnd)
  }
  if (after > 0) runs.push({ quote: quoteEnd, text: textEnd, length: after })
  return { runs, moved }
}

interface Gathering {
  readonly quote: string
  readonly text: string
  readonly shortest: number
  /** Of equal runs (a block stands there twice) the one nearest to the known end counts: the first, or the last. */
  readonly early: boolean
  readonly looksForMoved: boolean
  readonly runs: Run[]
  /** Pairs that may still be looked at. */
  left: number
}

/**
 * Adds the runs in order; answers how many characters stand on the other side of a run than in the quote. What the
 * work does not reach counts as rewritten.
 */
function gather(into: Gathering, q0: number, q1: number, t0: number, t1: number): number {
  if (q1 - q0 < into.shortest || t1 - t0 < into.shortest) return 0
  const run = longestRun(into, q0, q1, t0, t1)
  if (run.length < into.shortest) return 0
  const [quoteEnd, textEnd] = [run.quote + run.length, run.text + run.length]
  let moved = gather(into, q0, run.quote, t0, run.text)
  into.runs.push(run)
  moved += gather(into, quoteEnd, q1, textEnd, t1)
  if (!into.looksForMoved) return 0
  for (const { length } of [
    longestRun(into, q0, run.quote, textEnd, t1),
    longestRun(into, quoteEnd, q1, t0, run.text),
  ]) {
    if (length >= into.shortest) moved += length
  }
  return moved
}

function longestRun(into: Gathering, q0: number, q1: number, t0: number, t1: number): Run {
  const { quote, text, early } = into
  // lengths[j]: how far the run reaches back that ends with the present character of the quote and text[t0 + j - 1].
  const lengths = new Uint32Array(t1 - t0 + 1)
  let best: Run = { quote: q0, text: t0, length: 0 }
  into.left -= (q1 - q0) * (t1 - t0)
  if (into.left < 0) return best
  for (let q = q0; q < q1; q += 1) {
    const wanted = quote.charCodeAt(q)
    for (let j = t1 - t0; j > 0; j -= 1) {
      const length = text.charCodeAt(t0 + j - 1) === wanted ? (lengths[j - 1] ?? 0) + 1 : 0
      lengths[j] = length
      const start = t0 + j - length
      const nearer = early ? start < best.text : start > best.text
      if (length > best.length || (length === best.length && length > 0 && nearer))
        best = { quote: q - length + 1, text: start, length }
    }
  }
  return best
}
