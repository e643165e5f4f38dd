'use client'

import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../call-api'
import { callApi } from '../call-api'
import { everything, filterQuery, type HomeFilter } from './home-filter'

export type DocumentPage = AnswerOf<'listDocuments'>

const pageSize = 50

/** Every list of documents begins with this key: to renew them all, invalidate it. */
export const documentsKey = ['documents'] as const

/**
 * The documents that a filter leaves, page by page, asked again whenever the window gets the focus. While another
 * filter is being asked for, the present rows stay.
 *
 * @param first the first page as the server rendered it, for the filter `firstFilter`.
 */
export function useDocuments(filter: HomeFilter, first?: DocumentPage, firstFilter: HomeFilter = everything) {
  const query = filterQuery(filter)
  const given =
    first && JSON.stringify(query) === JSON.stringify(filterQuery(firstFilter)) ? first : undefined
  return useInfiniteQuery({
    queryKey: [...documentsKey, query],
    queryFn: ({ pageParam, signal }) =>
      callApi('listDocuments', {
        query: { ...query, limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    refetchOnWindowFocus: 'always',
    // What was done on the page before (a restore, then the way back) can arrive while this one is rendered.
    refetchOnMount: 'always',
    ...(given
      ? { initialData: { pages: [given], pageParams: [null] } as InfiniteData<DocumentPage, string | null> }
      : {}),
  })
}
