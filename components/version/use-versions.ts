import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { callApi } from '../call-api'
import { comparisonsKey } from './use-comparison'

const versionsKey = (documentId: string) => ['versions', documentId] as const

/** Versions of a document, the newest first, page by page. */
export const useVersions = (documentId: string) =>
  useInfiniteQuery({
    queryKey: versionsKey(documentId),
    queryFn: ({ pageParam, signal }) =>
      callApi('listVersions', {
        params: { id: documentId },
        query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchOnWindowFocus: 'always',
  })

/** Reads anew what a kept, named or restored version has changed. */
export function useRenewVersions(documentId: string): () => Promise<void> {
  const client = useQueryClient()
  return useCallback(async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: versionsKey(documentId) }),
      client.invalidateQueries({ queryKey: comparisonsKey(documentId) }),
    ])
  }, [client, documentId])
}
