import { z } from 'zod'
import { idParam, none, ofDocument, page, paging, type Route } from './api-route'
import { statuses } from './document'
import { channels, noticeKinds, urgencies } from './inbox'
import { person } from './person'
import { verdicts } from './review'
import { endings, outcomes } from './thread'

/** A `Notice` of `inbox.ts`. */
const said = z.union([
  z.object({
    kind: z.literal('review_asked'),
    dueAt: z.iso.datetime().nullable(),
    again: z.boolean(),
    sections: z.int().nonnegative().exactOptional(),
    threads: z.int().nonnegative().exactOptional(),
  }),
  z.object({ kind: z.literal('condition'), threadId: z.uuid() }),
  z.object({ kind: z.literal('unsent_review'), since: z.iso.datetime() }),
  z.object({
    kind: z.enum(['mention', 'reply', 'comment']),
    threadId: z.uuid(),
    commentId: z.uuid().nullable(),
    comments: z.int().positive(),
  }),
  z.object({ kind: z.literal('mention'), blockId: z.string() }),
  z.object({ kind: z.literal('verdict'), verdict: z.enum(verdicts), comments: z.int().nonnegative() }),
  z.object({ kind: z.literal('review_late'), dueAt: z.iso.datetime() }),
  z.object({
    kind: z.literal('outcome'),
    threadId: z.uuid(),
    outcome: z.enum(outcomes).nullable(),
    how: z.enum(endings).exactOptional(),
    reason: z.string().nullable().exactOptional(),
  }),
  z.object({
    kind: z.literal('review_news'),
    news: z.enum(['released', 'stepped_aside', 'handed_over', ...verdicts]),
    reason: z.string().nullable(),
  }),
  z.object({ kind: z.literal('status'), to: z.enum(statuses), reason: z.string().nullable() }),
  z.object({ kind: z.literal('status'), endsAt: z.iso.datetime() }),
  z.object({ kind: z.literal('stale'), since: z.iso.datetime() }),
])

export const notice = z.object({
  id: z.uuid(),
  urgency: z.enum(urgencies),
  notice: said,
  document: ofDocument,
  /** Who did it; null: the server, or nobody did. */
  actor: person.nullable(),
  /** The person it speaks of beside the actor. */
  other: person.nullable(),
  at: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
  /** Out of sight until then. */
  snoozedUntil: z.iso.datetime().nullable(),
  /** It waits no longer: what it asked for was done, or it was put away. */
  doneAt: z.iso.datetime().nullable(),
})
export type NoticeAnswer = z.infer<typeof notice>

const noticeSettings = z.object({
  /** This installation sends mail at all, and this person has an address. */
  mail: z.boolean(),
  channels: z.record(z.enum(noticeKinds), z.enum(channels)),
  /** IANA name; null: none was told yet, and UTC counts. */
  timeZone: z.string().nullable(),
  /** Hour of the day, 0 to 23, at which the mail of the day comes. */
  digestHour: z.int(),
  /** False: no mail of the day. */
  digest: z.boolean(),
  /** The address that a mail server refuses for good: nothing is sent to it until it is tried again. */
  refused: z.object({ address: z.string(), at: z.iso.datetime(), why: z.string() }).nullable(),
})
export type NoticeSettings = z.infer<typeof noticeSettings>

const watch = z.object({ watching: z.boolean() })

/** The routes of the inbox; part of the table in `api.ts`. */
export const inboxRoutes = {
  listInbox: {
    method: 'GET',
    path: '/inbox',
    scope: 'read',
    summary: 'What waits on me, most urgent first',
    query: z.strictObject({
      /** `waiting`: what is in sight; what asks for nothing leaves it a day after it was read. `unread`: of that, what I have not read. `all`: done and snoozed as well. */
      filter: z.enum(['waiting', 'unread', 'all']).default('waiting'),
      ...paging,
    }),
    output: page(notice),
    status: 200,
  },
  countInbox: {
    method: 'GET',
    path: '/inbox/count',
    scope: 'read',
    summary: 'How much waits on me, and how much of it I have not read',
    output: z.object({ waiting: z.int(), unread: z.int() }),
    status: 200,
  },
  readInbox: {
    method: 'POST',
    path: '/inbox/read',
    scope: 'comment',
    summary: 'Mark everything in my inbox as read',
    output: none,
    status: 204,
  },
  readNotice: {
    method: 'POST',
    path: '/inbox/{id}/read',
    scope: 'comment',
    summary: 'Mark a notice as read',
    params: idParam,
    output: none,
    status: 204,
  },
  finishNotice: {
    method: 'POST',
    path: '/inbox/{id}/done',
    scope: 'comment',
    summary: 'Put a notice away, or take it back',
    params: idParam,
    body: z.strictObject({ done: z.boolean().default(true) }),
    output: none,
    status: 204,
  },
  snoozeNotice: {
    method: 'POST',
    path: '/inbox/{id}/snooze',
    scope: 'comment',
    summary: 'Put a notice out of sight until a moment; null: bring it back',
    params: idParam,
    body: z.strictObject({ until: z.iso.datetime().nullable() }),
    output: none,
    status: 204,
  },
  getNoticeSettings: {
    method: 'GET',
    path: '/me/notices',
    scope: 'read',
    summary: 'How I hear of things',
    output: noticeSettings,
    status: 200,
  },
  putNoticeSettings: {
    method: 'PUT',
    path: '/me/notices',
    scope: 'write',
    summary: 'Choose how I hear of things; what is left out stays',
    body: z.strictObject({
      channels: z.partialRecord(z.enum(noticeKinds), z.enum(channels)).optional(),
      timeZone: z.string().max(64).optional(),
      digestHour: z.int().min(0).max(23).optional(),
      digest: z.boolean().optional(),
      /** Try the refused address once more. */
      retryAddress: z.literal(true).optional(),
    }),
    output: noticeSettings,
    status: 200,
  },
  getWatch: {
    method: 'GET',
    path: '/documents/{id}/watch',
    scope: 'read',
    summary: 'Whether I watch a document',
    params: idParam,
    output: watch,
    status: 200,
  },
  watchDocument: {
    method: 'PUT',
    path: '/documents/{id}/watch',
    scope: 'read',
    summary: 'Hear of what happens to a document',
    params: idParam,
    output: watch,
    status: 200,
  },
  unwatchDocument: {
    method: 'DELETE',
    path: '/documents/{id}/watch',
    scope: 'read',
    summary: 'Hear of it no longer, unless I have a part in it',
    params: idParam,
    output: none,
    status: 204,
  },
  streamEvents: {
    method: 'GET',
    path: '/events',
    scope: 'read',
    summary:
      'Live events as server-sent events: `inbox.changed` for me, `document.changed` for what I may read',
    produces: ['text/event-stream'],
    output: z.unknown(),
    status: 200,
  },
} as const satisfies Record<string, Route>
