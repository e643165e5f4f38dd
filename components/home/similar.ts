/** Words that say nothing about what a document is about. */
const empty = new Set(
  'a an and as at by design doc document for from how in into is it its new of on or our over plan proposal the to via we when with without'.split(
    ' ',
  ),
)

/**
 * The words of a title that are worth asking for: at most two, the longest first, since long words are rare ones.
 * Empty while nothing of substance has been typed.
 */
export function tellingWords(title: string): string[] {
  const words = new Set(title.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [])
  return [...words]
    .filter((word) => !empty.has(word))
    .sort((one, other) => other.length - one.length)
    .slice(0, 2)
}

/** One list of several, without repeats: what stands in more of them comes first, then what came first. */
export function mergeFindings<Item extends { id: string }>(lists: readonly (readonly Item[])[]): Item[] {
  const counts = new Map<string, { item: Item; found: number }>()
  for (const item of lists.flat()) {
    const entry = counts.get(item.id)
    if (entry) entry.found += 1
    else counts.set(item.id, { item, found: 1 })
  }
  return [...counts.values()].sort((one, other) => other.found - one.found).map(({ item }) => item)
}
