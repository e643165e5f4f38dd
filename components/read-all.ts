/** The most that a page of a list may hold. */
const pageSize = 100

/** Every page of a list, one after the other. */
export async function readAll<Item>(
  readPage: (query: { limit: number; cursor?: string }) => Promise<{
    readonly items: readonly Item[]
    readonly nextCursor: string | null
  }>,
): Promise<Item[]> {
  const all: Item[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await readPage({ limit: pageSize, ...(cursor === undefined ? {} : { cursor }) })
    all.push(...page.items)
    if (page.nextCursor === null) return all
    cursor = page.nextCursor
  }
}
