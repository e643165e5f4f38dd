import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Random, random } from '../../support/random'
import { type StoryKind, speaksForItself, ThreadStory } from './thread-story'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const stories = Number(process.env.STORIES ?? 150)
/**
 * The same stories each time, unless others are asked for (`npm run soak`): of 3,300 two are not mended, in which words
 * are lost that stand there still (1010603112 among parts, 995343359 of undoing).
 */
const chosen = (): Random =>
  process.env.STORIES === undefined && process.env.SEED === undefined ? random(2_026) : random()
const steps = 24
/** For any number of stories. */
const timeout = 30_000 + stories * 200

/**
 * What must hold of a mark at any time:
 *
 * - it begins and ends with characters of the quote, and most of it, or of the quote, is the quote's;
 * - nothing that stood beside the words when they were marked is in it, unless somebody moved it there;
 * - it is there as long as three quarters of its characters were left alone, an end among them, with no blocks moved
 *   between them; and as long as the whole of a long quote stands in one place, whatever became of its blocks;
 * - a page that was open all the while marks what one that is opened now would mark.
 */
function check(story: ThreadStory, n: number, before: ReadonlySet<string>): void {
  const { quote, around } = wordsOf(story, n)
  const marks = story.marks(n)
  for (const mark of new Set(marks.flatMap(({ open, anew }) => [open, anew]))) {
    if (mark === null) continue
    const kept = [...mark].filter((character) => quote.includes(character)).length
    expect(quote, 'it begins with its own').toContain(mark[0])
    expect(quote, 'it ends with its own').toContain(mark.at(-1))
    expect(kept * 2 >= Math.min(quote.length, mark.length), `${kept} kept of “${quote}” in “${mark}”`).toBe(
      true,
    )
    if (!story.reordered) {
      const strangers = [...mark].filter((one) => before.has(one) && !quote.includes(one))
      expect(strangers, 'nothing else is in it').toEqual([])
    }
  }
  const untouched = story.untouched[n] ?? new Set()
  const ends = [quote[0], quote.at(-1)].filter((one) => untouched.has(one ?? '')).length
  // Of a few words that were torn apart, one half says little.
  const hasEnd = ends >= (quote.length < 30 ? 2 : 1)
  const places = story.text.split(quote).length - 1
  // All that is known of it stands there, once; it may have been torn apart, where that is much.
  const isMuch = quote.length >= 8 || around.length - quote.length >= 24
  const stands = quote.length >= 4 && isMuch && places === 1 && story.text.includes(around)
  const at = [...untouched].map((character) => story.text.indexOf(character))
  const together = Math.max(...at) - Math.min(...at) < quote.length * 3
  const left = hasEnd && together && untouched.size * 4 >= quote.length * 3
  const mustBe = left || stands || (places === 1 && speaksForItself(quote))
  for (const { open, anew } of marks) {
    if (mustBe) expect(anew, `“${quote}” is there`).not.toBeNull()
    if (anew !== null) expect(open, 'a page that was open all the while marks the same').toBe(anew)
  }
}

/** A thread's words, and with what stood beside them. */
function wordsOf(story: ThreadStory, n: number): { quote: string; around: string } {
  const { quote = '', prefix = '', suffix = '' } = story.anchors[n] ?? {}
  const joined = (...parts: string[]) => parts.join('').replaceAll('\n', '')
  return { quote: joined(quote), around: joined(prefix, quote, suffix) }
}

function tell(chance: Random, kind: StoryKind = 'words'): { marked: number; detached: number } {
  const story = new ThreadStory(chance, kind)
  const before = new Set(story.text)
  const seen = { marked: 0, detached: 0 }
  for (let step = 0; step < steps; step += 1) {
    story.act()
    vi.advanceTimersByTime(chance.between(0, 200))
    if (chance.between(1, 3) > 1) continue
    story.world.sync()
    vi.advanceTimersByTime(1_000)
    for (const n of story.anchors.keys()) {
      check(story, n, before)
      seen[story.marks(n)[0]?.anew == null ? 'detached' : 'marked'] += 1
    }
  }
  return seen
}

/** Stories that failed once, each by the seed that was said. */
test.each([
  // An undo brought the last character back in another block than the one where its like had been recognised.
  1697920393,
  // A few words at the end of the text were torn apart by a split.
  338143834,
  // Blocks between the ends changed places, and the end that was remembered was not the quote's any more.
  2088688927,
  // Words that were found from one end on; then the other was moved behind them by the same page.
  1060941083,
])('a thread marks its own words in the story of seed %i', (seed) => {
  tell(random(seed))
})

test.each([
  // A split put a few words into a block of their own at the end of the text.
  138341101,
  // Who moves a section has its blocks made anew, and all that follow with them.
  115049722,
])('a thread marks its own words among changes of whole texts in the story of seed %i', (seed) => {
  tell(random(seed), 'whole')
})

test.each([
  // The same, among people and formulas.
  1147293202,
])('a thread marks its own words among parts that are no words in the story of seed %i', (seed) => {
  tell(random(seed), 'parts')
})

test.each([
  ['words', 'whatever people do to the text, a thread marks its own words or none'],
  ['whole', 'nor does it when versions, other bodies, suggestions and moved sections are written in'],
  ['parts', 'nor among people who are named, footnotes, formulas, and in blocks within blocks'],
] as const)('%s: %s', { timeout }, (kind, _) => {
  const { seed, between } = chosen()
  const many = kind === 'parts' ? Math.ceil(stories / 3) : stories
  console.log(`threads: seed ${seed}, ${many} stories of ${steps} changes (${kind})`)
  const all = { marked: 0, detached: 0 }
  for (let n = 0; n < many; n += 1) {
    const own = between(0, 2 ** 31)
    try {
      const { marked, detached } = tell(random(own), kind)
      all.marked += marked
      all.detached += detached
    } catch (error) {
      throw new Error(`story ${n}, seed ${own}`, { cause: error })
    }
  }
  // Both ends of the rule were seen.
  expect(all.marked).toBeGreaterThan(many)
  expect(all.detached).toBeGreaterThan(many / 10)
})

/**
 * What an undo gives back is marked again, by everybody: all of it where the words stood whole, and are 16 characters
 * or stand among what they stood among; of others what is still theirs, or nothing.
 *
 * @returns how many others there were, and how many of them were lost.
 */
function undoing(seed: number, mayLose: boolean): { edited: number; lost: number } {
  const chance = random(seed)
  const story = new ThreadStory(chance, 'whole')
  const rest = () => {
    story.world.sync()
    vi.advanceTimersByTime(1_000)
    return story.anchors.map((_, index) => story.marks(index))
  }
  for (let step = chance.between(0, 8); step > 0; step -= 1) story.act()
  const before = rest()
  story.actAndUndo()
  const count = { edited: 0, lost: 0 }
  for (const [n, marks] of rest().entries()) {
    const { quote, around } = wordsOf(story, n)
    for (const [index, mark] of marks.entries()) {
      const was = before[n]?.[index]
      const isKnown = quote.length >= 16 || story.text.includes(around)
      const isEdited = was?.anew !== null && !(was?.anew === quote && isKnown)
      if (isEdited) count.edited += 1
      if (isEdited && mark.anew === null) count.lost += 1
      // An edge of a character or two, cut off by what was written behind it, may be left out.
      const isTwice = [...quote].some((one) => story.text.split(one).length > 2)
      if (!isEdited && isTwice && was?.anew) expect(mark.anew, `“${quote}” and a copy`).toContain(was.anew)
      else if (!isEdited || !mayLose) expect(mark.anew, `“${quote}”`).toBe(was?.anew)
      if (mark.anew !== null) expect(mark.open, 'a page that was open all the while').toBe(mark.anew)
    }
  }
  return count
}

test.each([
  // Words that had been edited within were found by nobody but who undid, once their block was another.
  1209540287,
  // A few words were torn apart by a split before that.
  11274889,
])('an undo leaves every thread where it was in the story of seed %i', (seed) => {
  undoing(seed, false)
})

test('what is taken back at once leaves every thread where it was', { timeout }, () => {
  const { seed, between } = chosen()
  console.log(`threads: seed ${seed}, ${stories} stories of undoing`)
  const all = { edited: 0, lost: 0 }
  for (let n = 0; n < stories; n += 1) {
    const own = between(0, 2 ** 31)
    try {
      const { edited, lost } = undoing(own, true)
      all.edited += edited
      all.lost += lost
    } catch (error) {
      throw new Error(`story ${n}, seed ${own}`, { cause: error })
    }
  }
  // Edited words are found again but for a few: where they had been torn apart, or stood there twice.
  expect(all.lost * 10).toBeLessThan(all.edited)
})
