'use client'

import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { DecisionState } from '../../lib/content/attribute'
import { type AnswerOf, callApi } from '../call-api'

export type DecisionPage = AnswerOf<'listDecisions'>

const pageSize = 50

interface DecisionFilter {
  /** Null: all of them. */
  readonly state: DecisionState | null
  readonly words: string
}

export const everyDecision: DecisionFilter = { state: null, words: '' }

/** The decisions that a filter leaves, page by page. @param first the first page without a filter, from the server. */
export function useDecisions(filter: DecisionFilter, first: DecisionPage) {
  const isWhole = filter.state === null && filter.words === ''
  return useInfiniteQuery({
    queryKey: ['decisions', filter],
    queryFn: ({ pageParam, signal }) =>
      callApi('listDecisions', {
        query: {
          ...(filter.state ? { state: filter.state } : {}),
          ...(filter.words ? { q: filter.words } : {}),
          ...(pageParam ? { cursor: pageParam } : {}),
          limit: pageSize,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    refetchOnWindowFocus: 'always',
    ...(isWhole
      ? { initialData: { pages: [first], pageParams: [null] } as InfiniteData<DecisionPage, string | null> }
      : {}),
  })
}
