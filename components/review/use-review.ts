import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import type { ReviewAnswer } from '../../lib/api-review'
import { callApi } from '../call-api'
import type { Body } from '../sync/body'
import type { DocumentSession } from '../sync/document-session'

/** Edits tell nobody that they changed a section in substance: the review is read anew once they rest this long. */
const restMs = 4_000
/** While somebody goes on typing it is read this often at most. */
const longestMs = 20_000

export interface ReviewInput {
  readonly documentId: string
  readonly session: DocumentSession | null
  readonly body: Body | null
  /** The socket is in step: events arrive. */
  readonly live: boolean
  /** As the server read it for the page; null: the page asks itself. */
  readonly first: ReviewAnswer | null
}

export const reviewKey = (documentId: string) => ['review', documentId] as const

/** Where the review stands, kept current by what-changed events and by edits. */
export function useReview({ documentId, session, body, live, first }: ReviewInput) {
  const client = useQueryClient()
  const key = useMemo(() => reviewKey(documentId), [documentId])
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => callApi('getReview', { params: { id: documentId }, signal }),
    ...(first ? { initialData: first } : {}),
  })
  useEffect(
    () =>
      session?.onLive((event) => {
        if (event.type === 'review.changed' || event.type === 'document.changed')
          void client.invalidateQueries({ queryKey: key })
      }),
    [session, client, key],
  )
  // Events said while the connection was away were not heard.
  useEffect(() => {
    if (live) void client.invalidateQueries({ queryKey: key })
  }, [live, client, key])

  const judged = query.data?.reviewers.some(({ verdict }) => verdict !== null)
  const looked = judged || query.data?.mine.base != null || query.data?.readyToApprove != null
  useEffect(() => {
    if (!body || !looked) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let sinceMs = 0
    const read = () => {
      timer = undefined
      void client.invalidateQueries({ queryKey: key })
    }
    const later = () => {
      const nowMs = performance.now()
      if (timer === undefined) sinceMs = nowMs
      clearTimeout(timer)
      timer = setTimeout(read, Math.max(0, Math.min(restMs, sinceMs + longestMs - nowMs)))
    }
    body.doc.on('update', later)
    return () => {
      body.doc.off('update', later)
      clearTimeout(timer)
    }
  }, [body, looked, client, key])
  return query
}
