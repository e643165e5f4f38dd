/**
 * Names of headings in addresses, as GitHub makes them for Markdown files: lower case, everything but
 * letters, digits, `_`, `-` and spaces removed, each space a `-`; repeated names get `-1`, `-2`, ….
 */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
}

/** Slugs for headings in their order; `taken` are those that stand before them in the file. */
export function slugsOf(titles: readonly string[], taken: readonly string[] = []): string[] {
  const used = new Set<string>()
  const next = new Map<string, number>()
  const claim = (title: string): string => {
    const stem = slugOf(title)
    let count = next.get(stem) ?? 0
    let slug = count === 0 ? stem : `${stem}-${count}`
    while (used.has(slug)) {
      count += 1
      slug = `${stem}-${count}`
    }
    next.set(stem, count + 1)
    used.add(slug)
    return slug
  }
  for (const title of taken) claim(title)
  return titles.map(claim)
}
