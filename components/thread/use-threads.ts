import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import type { AnchorAnswer, CommentAnswer, ThreadAnswer } from '../../lib/api-thread'
import { PublicError } from '../../lib/errors'
import type { Outcome, StartableKind } from '../../lib/thread'
import { callApi } from '../call-api'
import { readAll } from '../read-all'
import type { DocumentSession } from '../sync/document-session'
import { anchorClock } from './anchor-clock'
import { Attempts } from './attempts'
import { ThreadReads } from './thread-reads'

/** What a new thread, or one that lost its place, is attached to. */
export type Target =
  | { readonly kind: 'text'; readonly anchor: AnchorAnswer }
  | { readonly kind: 'section'; readonly sectionId: string; readonly title: string }
  | { readonly kind: 'document' }

export interface ThreadActions {
  start(target: Target, given: { kind: StartableKind; body: string }): Promise<ThreadAnswer>
  reply(threadId: string, body: string): Promise<void>
  edit(threadId: string, commentId: string, body: string): Promise<void>
  remove(threadId: string, commentId: string): Promise<void>
  resolve(threadId: string, given: { outcome?: Outcome; reason?: string }): Promise<void>
  reopen(threadId: string): Promise<void>
  reattach(threadId: string, target: Target): Promise<void>
  /** Everything said so far has been read. */
  seen(thread: ThreadAnswer): void
}

export interface Threads {
  /** The oldest first; empty until they are read. */
  readonly list: readonly ThreadAnswer[]
  /** They have been read. */
  readonly known: boolean
  /** They could not be read; what is shown may be old. */
  readonly error: unknown
  readonly retry: () => void
  readonly actions: ThreadActions
}

/** The threads of a document, kept current by what-changed events. */
export function useThreads(input: {
  readonly documentId: string
  readonly session: DocumentSession | null
  /** The socket is in step: events arrive. */
  readonly live: boolean
}): Threads {
  const { documentId, session, live } = input
  const client = useQueryClient()
  const key = useMemo(() => ['threads', documentId], [documentId])
  const put = useCallback(
    (thread: ThreadAnswer) =>
      client.setQueryData<ThreadAnswer[]>(key, (list) =>
        list?.some((one) => one.id === thread.id)
          ? list.map((one) => (one.id === thread.id ? thread : one))
          : [...(list ?? []), thread],
      ),
    [client, key],
  )
  const readOne = useCallback(
    async (id: string) => {
      try {
        put(await callApi('getThread', { params: { id } }))
      } catch (error) {
        // Whoever lost access hears it from the socket; a thread that is gone leaves the list.
        if (!(error instanceof PublicError && error.code === 'not_found')) return
        client.setQueryData<ThreadAnswer[]>(key, (list) => list?.filter((one) => one.id !== id))
      }
    },
    [client, key, put],
  )
  const reads = useMemo(() => new ThreadReads(readOne), [readOne])
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      reads.list(() =>
        readAll((query) => callApi('listThreads', { params: { id: documentId }, query, signal })),
      ),
  })
  useEffect(
    () =>
      session?.onLive((event) => {
        if (event.type !== 'thread.changed') return
        if (event.threadId === undefined) void client.invalidateQueries({ queryKey: key })
        else void reads.changed(event.threadId)
      }),
    [session, reads, client, key],
  )
  // Events said while the connection was away were not heard.
  useEffect(() => {
    if (live) void client.invalidateQueries({ queryKey: key })
  }, [live, client, key])

  const actions = useMemo((): ThreadActions => {
    const attempts = new Attempts()
    const params = (id: string) => ({ params: { id } })
    const said = (threadId: string) => (_: CommentAnswer | undefined) => reads.changed(threadId)
    return {
      async start(target, given) {
        const body = { ...given, ...placeOf(target) }
        const thread = await attempts.make({ documentId, body }, (idempotencyKey) =>
          callApi('createThread', { params: { id: documentId }, body, idempotencyKey, ...clockOf(target) }),
        )
        put(thread)
        return thread
      },
      reply: (id, body) =>
        attempts
          .make({ id, body }, (idempotencyKey) =>
            callApi('createComment', { ...params(id), body: { body }, idempotencyKey }),
          )
          .then(said(id)),
      edit: (id, commentId, body) =>
        callApi('updateComment', { ...params(commentId), body: { body } }).then(said(id)),
      remove: (id, commentId) => callApi('deleteComment', params(commentId)).then(said(id)),
      resolve: (id, given) =>
        callApi('resolveThread', { ...params(id), body: given })
          .then(put)
          .then(nothing),
      reopen: (id) => callApi('reopenThread', params(id)).then(put).then(nothing),
      reattach: (id, target) =>
        callApi('reattachThread', { ...params(id), body: placeOf(target), ...clockOf(target) })
          .then(put)
          .then(nothing),
      seen(thread) {
        const last = thread.comments.at(-1)
        if (thread.unread === 0 || !last) return
        put({ ...thread, unread: 0 })
        callApi('markThreadSeen', { ...params(thread.id), body: { commentId: last.id } }).catch(nothing)
      },
    }
  }, [documentId, put, reads])

  return {
    list: query.data ?? none,
    known: query.data !== undefined && !query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
    actions,
  }
}

const none: readonly ThreadAnswer[] = []
const nothing = () => {}

const placeOf = (target: Target) => {
  if (target.kind === 'text') return { anchor: target.anchor }
  return target.kind === 'section' ? { sectionId: target.sectionId } : {}
}

/** The server must have seen the words before it can attach anything to them. */
const clockOf = (target: Target) => (target.kind === 'text' ? { clock: anchorClock(target.anchor) } : {})
