import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../call-api'
import { callApi } from '../call-api'

export type Comparison = AnswerOf<'compareVersions'>

export const comparisonsKey = (documentId: string) => ['comparison', documentId] as const

/** Two texts of a document beside each other. @param to a version's id, or `head`: the text as it is saved now. */
export const useComparison = (documentId: string, from: string, to: string) =>
  useQuery({
    queryKey: [...comparisonsKey(documentId), from, to],
    queryFn: ({ signal }) =>
      callApi('compareVersions', { params: { id: documentId }, query: { from, to }, signal }),
    // Versions never change; what is saved now does.
    staleTime: to === 'head' ? 0 : Number.POSITIVE_INFINITY,
  })
