import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { NoticeAnswer } from '../../lib/api-inbox'
import { usualChannel } from '../../lib/inbox'
import { kindWords } from '../../lib/inbox/words'
import { callApi, sentenceOf } from '../call-api'
import { toast } from '../ui/toast'
import { dayOf } from './notice-words'
import { renewInbox } from './use-inbox'

export interface NoticeActions {
  readonly read: (notice: NoticeAnswer) => Promise<void>
  readonly finish: (notice: NoticeAnswer) => Promise<void>
  readonly snooze: (notice: NoticeAnswer, until: Date) => Promise<void>
  /** No more notices of its kind. */
  readonly turnOff: (notice: NoticeAnswer) => Promise<void>
  readonly readAll: () => Promise<void>
}

/** What can be done with a notice; each can be taken back. */
export function useNoticeActions(): NoticeActions {
  const client = useQueryClient()
  return useMemo(() => {
    const attempt = async (
      call: () => Promise<unknown>,
      said?: { text: string; undo: () => Promise<unknown> },
    ) => {
      try {
        await call()
        if (said) {
          const { text, undo } = said
          toast({ text, action: { text: 'Undo', run: () => void attempt(undo) } })
        }
      } catch (error) {
        toast({ kind: 'error', text: sentenceOf(error) })
      }
      await renewInbox(client)
    }
    const params = ({ id }: NoticeAnswer) => ({ params: { id } })
    return {
      read: (notice) => attempt(() => callApi('readNotice', params(notice))),
      finish: (notice) =>
        attempt(() => callApi('finishNotice', { ...params(notice), body: { done: true } }), {
          text: 'Put away.',
          undo: () => callApi('finishNotice', { ...params(notice), body: { done: false } }),
        }),
      snooze: (notice, until) => {
        const instant = until.toISOString()
        return attempt(() => callApi('snoozeNotice', { ...params(notice), body: { until: instant } }), {
          text: `Out of sight until ${dayOf(instant, Date.now())}.`,
          undo: () => callApi('snoozeNotice', { ...params(notice), body: { until: null } }),
        })
      },
      turnOff: (notice) => {
        const { kind } = notice.notice
        const put = (channel: 'off' | (typeof usualChannel)[typeof kind]) =>
          callApi('putNoticeSettings', { body: { channels: { [kind]: channel } } })
        return attempt(() => put('off'), {
          text: `You hear no more of this: ${kindWords[kind].name}.`,
          undo: () => put(usualChannel[kind]),
        })
      },
      readAll: () => attempt(() => callApi('readInbox')),
    }
  }, [client])
}
