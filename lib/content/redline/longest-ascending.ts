/** Indexes of a longest ascending part of a row of numbers that are all different. */
export function longestAscending(row: readonly number[]): number[] {
  // By length less one: where the ascending part of that length with the smallest end ends.
  const ends: number[] = []
  const before: number[] = []
  for (const [index, value] of row.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((row[ends[middle] as number] as number) < value) low = middle + 1
      else high = middle
    }
    before.push(low > 0 ? (ends[low - 1] as number) : -1)
    ends[low] = index
  }
  const found: number[] = []
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] as number) found.push(at)
  return found.reverse()
}

/** Which of the same ids in two orders moved: the fewest whose leaving makes the orders equal. */
export function movedIds(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const places = new Map(before.map((id, place) => [id, place]))
  const order = after.map((id) => places.get(id) ?? 0)
  const kept = new Set(longestAscending(order).map((index) => after[index]))
  return new Set(after.filter((id) => !kept.has(id)))
}
