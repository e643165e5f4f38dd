import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import type { CommentAnswer, ThreadAnswer } from '../../lib/api-thread'
import { mentionsIn, type Reaction } from '../../lib/comment'
import { PublicError } from '../../lib/errors'
import { proposalOf } from '../../lib/proposal'
import type { Outcome, StartableKind } from '../../lib/thread'
import { callApi } from '../call-api'
import { readAll } from '../read-all'
import type { DocumentSession } from '../sync/document-session'
import { Attempts } from './attempts'
import type { Typed } from './drafts'
import type { Target } from './target'
import { ThreadReads } from './thread-reads'

/** How a thread ended, where that is not left to the server. */
export interface Ending {
  readonly outcome?: Outcome
  readonly reason?: string
  readonly movedTo?: string
}

/** Each rejects with what is said to the person. Who is named for the first time gets the access they lack. */
export interface ThreadActions {
  start(target: Target, given: { kind: StartableKind; body: string }, typed: Typed): Promise<ThreadAnswer>
  reply(threadId: string, body: string, typed: Typed): Promise<void>
  edit(threadId: string, commentId: string, body: string, typed: Typed): Promise<void>
  remove(threadId: string, commentId: string): Promise<void>
  react(threadId: string, commentId: string, reaction: Reaction, isSet: boolean): Promise<void>
  resolve(threadId: string, given: Ending): Promise<void>
  reopen(threadId: string): Promise<void>
  /** Another kind of an open thread, or another outcome of a resolved one. */
  change(threadId: string, given: { kind: StartableKind } | (Ending & { outcome: Outcome })): Promise<void>
  reattach(threadId: string, target: Target): Promise<void>
  /** Puts a suggestion into the text. */
  accept(threadId: string): Promise<void>
  /** Declines a suggestion, or takes back one's own. */
  decline(threadId: string, reason: string | null): Promise<void>
  /** Both for all open suggestions of one person; answers how many, and how many stay open. */
  acceptAll(authorId: string): Promise<{ accepted: readonly string[]; stale: readonly string[] }>
  declineAll(authorId: string, reason: string | null): Promise<readonly string[]>
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
  /** The review that what is said goes into; null: everybody sees it at once. */
  readonly draftId: string | null
}): Threads {
  const { documentId, session, live, draftId } = input
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
        // What was gathered in a review may have been thrown away with it: of that, nobody is told.
        if (event.type === 'review.changed') {
          const unsent = client.getQueryData<ThreadAnswer[]>(key)?.some(hasUnsent)
          if (unsent) void client.invalidateQueries({ queryKey: key })
        }
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
    const gathered = draftId === null ? {} : { draftId }
    const admit = async (body: string, typed: Typed) => {
      const named = mentionsIn(body)
      for (const personId of typed.admit) if (named.includes(personId)) await giveAccess(documentId, personId)
    }
    return {
      async start(target, given, typed) {
        await admit(given.body, typed)
        const body = { ...given, ...gathered, ...placeOf(target) }
        const clock = await clockOf(target)
        const thread = await attempts.make({ documentId, body }, (idempotencyKey) =>
          callApi('createThread', { params: { id: documentId }, body, idempotencyKey, ...clock }),
        )
        put(thread)
        return thread
      },
      async reply(id, text, typed) {
        await admit(text, typed)
        const body = { body: text, ...gathered }
        await attempts
          .make({ id, body }, (idempotencyKey) =>
            callApi('createComment', { ...params(id), body, idempotencyKey }),
          )
          .then(said(id))
      },
      async edit(id, commentId, body, typed) {
        await admit(body, typed)
        await callApi('updateComment', { ...params(commentId), body: { body } }).then(said(id))
      },
      remove: (id, commentId) => callApi('deleteComment', params(commentId)).then(said(id)),
      resolve: (id, given) =>
        callApi('resolveThread', { ...params(id), body: given })
          .then(put)
          .then(nothing),
      react: (id, commentId, emoji, isSet) =>
        callApi(isSet ? 'putReaction' : 'deleteReaction', { params: { id: commentId, emoji } }).then(
          said(id),
        ),
      change: (id, given) =>
        callApi('updateThread', { ...params(id), body: given })
          .then(put)
          .then(nothing),
      reopen: (id) => callApi('reopenThread', params(id)).then(put).then(nothing),
      async reattach(id, target) {
        const clock = await clockOf(target)
        put(await callApi('reattachThread', { ...params(id), body: placeOf(target), ...clock }))
      },
      accept: (id) => callApi('acceptSuggestion', params(id)).then(put).then(nothing),
      decline: (id, reason) =>
        callApi('declineSuggestion', { ...params(id), body: reason === null ? {} : { reason } })
          .then(put)
          .then(nothing),
      acceptAll: (authorId) => callApi('acceptSuggestions', { ...params(documentId), body: { authorId } }),
      declineAll: (authorId, reason) =>
        callApi('declineSuggestions', {
          ...params(documentId),
          body: reason === null ? { authorId } : { authorId, reason },
        }).then(({ declined }) => declined),
      seen(thread) {
        const last = thread.comments.at(-1)
        if (thread.unread === 0 || !last) return
        put({ ...thread, unread: 0 })
        callApi('markThreadSeen', { ...params(thread.id), body: { commentId: last.id } }).catch(nothing)
      },
    }
  }, [documentId, draftId, put, reads])

  return {
    list: query.data ?? none,
    known: query.data !== undefined && !query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
    actions,
  }
}

/** Access to comment, for somebody who has none by name: whoever was given more meanwhile keeps it. */
async function giveAccess(documentId: string, userOrGroup: string): Promise<void> {
  const params = { id: documentId, userOrGroup }
  try {
    await callApi('getMember', { params })
  } catch (error) {
    if (!(error instanceof PublicError && error.code === 'not_found')) throw error
    await callApi('putMember', { params, body: { role: 'commenter' } })
  }
}

const hasUnsent = (thread: ThreadAnswer): boolean => thread.comments.some((comment) => comment.unsent)
const none: readonly ThreadAnswer[] = []
const nothing = () => {}

const placeOf = (target: Target) => {
  if (target.proposes) {
    return proposalOf({ anchor: target.kind === 'text' ? target.anchor : null, suggestion: target.proposes })
  }
  if (target.kind === 'text') return { anchor: target.anchor }
  return target.kind === 'section' ? { sectionId: target.sectionId } : {}
}

/** The server must have seen the words before it can attach anything to them. */
async function clockOf(target: Target): Promise<{ clock?: string }> {
  if (target.kind !== 'text') return {}
  const { anchorClock } = await import('./anchor-clock')
  return { clock: anchorClock(target.anchor) }
}
