/** A card that wants to stand level with its words. Distances in px from the top of the column. */
export interface CardWish {
  readonly id: string
  /** Where its words begin. */
  readonly top: number
  readonly height: number
}

/**
 * Where cards stand: each as near to its words as the others let it, none over another, in the order of their
 * words. The active one stands level with its words whatever the others want; those above it give way upwards,
 * and only the top of the column (0) pushes back.
 *
 * @param cards in the order of their words.
 * @param gap between two cards, in px.
 * @returns the top of each card by its id.
 */
export function placeCards(
  cards: readonly CardWish[],
  { active, gap }: { active: string | null; gap: number },
): Map<string, number> {
  const tops = cards.map((card) => Math.max(0, card.top))
  const pinned = cards.findIndex((card) => card.id === active)
  // Downwards from the pinned card, or from the first.
  let floor = 0
  for (let index = Math.max(pinned, 0); index < cards.length; index += 1) {
    const top = Math.max(tops[index] ?? 0, floor)
    tops[index] = top
    floor = top + (cards[index]?.height ?? 0) + gap
  }
  if (pinned <= 0) return byId(cards, tops)
  // Upwards from the pinned card.
  let ceiling = tops[pinned] ?? 0
  for (let index = pinned - 1; index >= 0; index -= 1) {
    const top = Math.min(tops[index] ?? 0, ceiling - gap - (cards[index]?.height ?? 0))
    tops[index] = top
    ceiling = top
  }
  // Those pushed out at the top come back down, and take the others with them.
  floor = 0
  for (let index = 0; index < cards.length; index += 1) {
    const top = Math.max(tops[index] ?? 0, floor)
    tops[index] = top
    floor = top + (cards[index]?.height ?? 0) + gap
  }
  return byId(cards, tops)
}

const byId = (cards: readonly CardWish[], tops: readonly number[]): Map<string, number> =>
  new Map(cards.map((card, index) => [card.id, tops[index] ?? 0]))

/** More than this many threads to a screen of text become one line each. */
const mostToAScreen = 3

/**
 * Which threads stand as one line: those with more than two others within a screen's height of their words. The
 * active one never does.
 *
 * @param tops where the words of each thread begin, ascending, in px.
 */
export function crowded(tops: readonly number[], screenPx: number): boolean[] {
  let first = 0
  let last = 0
  return tops.map((top) => {
    while ((tops[first] ?? 0) < top - screenPx / 2) first += 1
    while (last < tops.length && (tops[last] ?? 0) <= top + screenPx / 2) last += 1
    return last - first > mostToAScreen
  })
}
