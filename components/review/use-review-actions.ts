import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ReviewAnswer } from '../../lib/api-review'
import type { VerdictKind } from '../../lib/review'
import { type CallInput, callApi, sentenceOf } from '../call-api'
import { toast } from '../ui/toast'
import { reviewKey } from './use-review'

type Body<Name extends Parameters<typeof callApi>[0]> = NonNullable<CallInput<Name>['body']>

/**
 * What can be done in a review. Those that a window asks for throw, so that the window can say why; those behind a
 * single button say it in passing.
 */
export interface ReviewActions {
  readonly ask: (wanted: Body<'putReviewers'>['reviewers']) => Promise<void>
  readonly approve: (versionId: string) => Promise<void>
  readonly move: (given: Body<'moveStatus'>) => Promise<void>
  readonly release: (personId: string, reason: string) => Promise<void>
  readonly stepAside: (personId: string, reason: string) => Promise<void>
  readonly handOver: (personId: string, toPersonId: string) => Promise<void>
  readonly announce: (endsAt: string) => Promise<void>
  readonly submit: (given: {
    verdict: VerdictKind
    body: string
    versionId: string
    draftId: string
  }) => Promise<void>
  readonly start: () => Promise<void>
  /** Pins the review that is being written to the text as it is now. */
  readonly repin: () => Promise<void>
  readonly discard: () => Promise<void>
  readonly askAgain: () => Promise<void>
  readonly stillStands: (verdictId: string, sectionIds: readonly string[] | null) => Promise<void>
  readonly markAllRead: () => Promise<void>
  readonly markRead: (sectionId: string, read: boolean) => Promise<void>
  readonly conditionMet: (verdictId: string, threadId: string, met: boolean) => Promise<void>
  readonly endFinalPeriod: () => Promise<void>
  readonly setAuthors: (personIds: readonly string[]) => Promise<void>
  /** Confirms a small suggestion on approved text. */
  readonly correct: (threadId: string) => Promise<void>
}

export function useReviewActions(documentId: string): ReviewActions {
  const client = useQueryClient()
  return useMemo(() => {
    const params = { id: documentId }
    const key = reviewKey(documentId)
    const put = (review: ReviewAnswer) => {
      client.setQueryData(key, review)
    }
    const again = () => client.invalidateQueries({ queryKey: key })
    /** Says why it did not work, and shows what is true now. */
    const passing = async (run: () => Promise<unknown>, done?: string) => {
      try {
        await run()
        if (done) toast({ text: done })
      } catch (error) {
        toast({ kind: 'error', text: sentenceOf(error) })
        await again()
      }
    }
    return {
      ask: (reviewers) => callApi('putReviewers', { params, body: { reviewers } }).then(put),
      approve: (versionId) => callApi('approveVersion', { params, body: { versionId } }).then(put),
      move: (body) => callApi('moveStatus', { params, body }).then(put),
      release: (personId, reason) =>
        callApi('releaseReviewer', { params: { ...params, personId }, body: { reason } }).then(put),
      stepAside: (personId, reason) =>
        callApi('stepAside', { params: { ...params, personId }, body: reason ? { reason } : {} }).then(put),
      handOver: (personId, toPersonId) =>
        callApi('handOver', { params: { ...params, personId }, body: { toPersonId } }).then(put),
      announce: (endsAt) => callApi('announceFinalPeriod', { params, body: { endsAt } }).then(put),
      async setAuthors(personIds) {
        await callApi('putAuthors', { params, body: { personIds: [...personIds] } })
        await again()
      },
      async correct(threadId) {
        put(await callApi('correct', { params, body: { threadId } }))
        await client.invalidateQueries({ queryKey: ['threads', documentId] })
      },
      async submit({ verdict, body, versionId, draftId }) {
        const said = body.trim()
        await callApi('submitReview', {
          params,
          body: { verdict, versionId, draftId, ...(said ? { body: said } : {}) },
        })
        await again()
        await client.invalidateQueries({ queryKey: ['threads', documentId] })
      },
      start: () =>
        passing(async () => {
          await callApi('startReview', { params })
          await again()
        }),
      repin: () =>
        passing(async () => {
          await callApi('repinReview', { params })
          await again()
        }),
      discard: () =>
        passing(async () => {
          await callApi('discardReview', { params })
          await again()
          await client.invalidateQueries({ queryKey: ['threads', documentId] })
        }),
      askAgain: () =>
        passing(
          () => callApi('askAgain', { params }).then(put),
          'The reviewers have been asked to look again.',
        ),
      stillStands: (id, sectionIds) =>
        passing(() =>
          callApi('stillStands', {
            params: { id },
            body: sectionIds ? { sectionIds: [...sectionIds] } : {},
          }).then(put),
        ),
      markAllRead: () => passing(() => callApi('markReviewSeen', { params }).then(put)),
      markRead: (sectionId, read) =>
        passing(async () => {
          const input = { params: { ...params, sectionId } }
          await (read ? callApi('markSectionRead', input) : callApi('unmarkSectionRead', input))
          await again()
        }),
      conditionMet: (id, threadId, met) =>
        passing(() => {
          const input = { params: { id, threadId } }
          return (met ? callApi('markConditionMet', input) : callApi('markConditionNotMet', input)).then(put)
        }),
      endFinalPeriod: () =>
        passing(async () => {
          await callApi('cancelFinalPeriod', { params })
          await again()
        }),
    }
  }, [documentId, client])
}
