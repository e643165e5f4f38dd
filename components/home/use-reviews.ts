import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ReviewBriefAnswer } from '../../lib/api-review'
import { callApi } from '../call-api'

/** A call asks for this many documents at most. */
const most = 100

/**
 * Who reviews the documents of a list, by document id; asked again whenever the window gets the focus.
 *
 * @param first as the server read them for its first page.
 */
export function useReviews(
  documentIds: readonly string[],
  first: readonly ReviewBriefAnswer[],
): ReadonlyMap<string, ReviewBriefAnswer> {
  const query = useQuery({
    queryKey: ['documents', 'reviews', ...documentIds],
    enabled: documentIds.length > 0,
    queryFn: async ({ signal }) => {
      const parts = Array.from({ length: Math.ceil(documentIds.length / most) }, (_, index) =>
        documentIds.slice(index * most, (index + 1) * most).join(','),
      )
      const answers = await Promise.all(
        parts.map((part) => callApi('listReviewBriefs', { query: { documentIds: part }, signal })),
      )
      return answers.flatMap(({ items }) => items)
    },
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: 'always',
  })
  const known = query.data ?? first
  return useMemo(() => new Map(known.map((brief) => [brief.documentId, brief])), [known])
}
