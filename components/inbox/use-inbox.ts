'use client'

import { type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type AnswerOf, callApi } from '../call-api'
import { onServerEvent } from './event-stream'

export type InboxFilter = 'waiting' | 'unread' | 'all'
export type InboxCount = AnswerOf<'countInbox'>
export type InboxPage = AnswerOf<'listInbox'>

/** Everything of the inbox begins with this key. */
const inboxKey = ['inbox'] as const

export const renewInbox = (client: QueryClient): Promise<void> =>
  client.invalidateQueries({ queryKey: inboxKey })

/** Asks again when the server says that what waits on me is another thing now. */
function useLiveInbox(): void {
  const client = useQueryClient()
  useEffect(
    () =>
      onServerEvent((event) => {
        if (event === 'inbox.changed') void renewInbox(client)
      }),
    [client],
  )
}

/** @param first as the server rendered it. */
export function useInboxCount(first: InboxCount): InboxCount {
  useLiveInbox()
  const { data } = useQuery({
    queryKey: [...inboxKey, 'count'],
    queryFn: ({ signal }) => callApi('countInbox', { signal }),
    initialData: first,
  })
  return data
}

/** @param first the first page of `waiting`, as the server rendered it. */
export function useInbox(filter: InboxFilter, first: InboxPage) {
  useLiveInbox()
  return useInfiniteQuery({
    queryKey: [...inboxKey, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      callApi('listInbox', {
        query: { filter, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    ...(filter === 'waiting' ? { initialData: { pages: [first], pageParams: [null as string | null] } } : {}),
  })
}
