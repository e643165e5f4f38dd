import { PublicError } from './errors'

/** What `paging` asks for. */
export interface PageQuery {
  /** Where the page before ended. */
  readonly cursor?: string | undefined
  readonly limit: number
}

export interface Page<Item> {
  readonly items: Item[]
  readonly nextCursor: string | null
}

/**
 * A page of a list that is short enough to be read whole. The cursor is the last one's id, which holds while
 * others come and go.
 *
 * @throws PublicError `invalid` when nothing in the list has the cursor's id.
 */
export function pageOf<Item>(
  all: readonly Item[],
  { cursor, limit }: PageQuery,
  idOf: (item: Item) => string,
): Page<Item> {
  const last = cursor === undefined ? -1 : all.findIndex((item) => idOf(item) === cursor)
  if (cursor !== undefined && last < 0) {
    throw new PublicError('invalid', {
      sentence:
        'This cursor is none that a list gave, or what it stands for is gone. Read the list from its beginning.',
    })
  }
  const items = all.slice(last + 1, last + 1 + limit)
  const end = items.at(-1)
  const isMore = last + 1 + limit < all.length
  return { items, nextCursor: isMore && end !== undefined ? idOf(end) : null }
}
