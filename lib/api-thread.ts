import { z } from 'zod'
import { idParam, none, page, paging, type Route } from './api-route'
import { person } from './person'
import { outcomes, startableKinds, threadKinds, threadStates, threadTargets } from './thread'

export const comment = z.object({
  id: z.uuid(),
  author: person,
  /** Plain text. Null: its author removed it, and others had replied. */
  body: z.string().nullable(),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  /** Gathered in a review of the caller's, and not sent yet: nobody else sees it. */
  unsent: z.boolean(),
})
export type CommentAnswer = z.infer<typeof comment>

/** As `content/anchor.ts` has it. */
export const anchor = z.strictObject({
  start: z.string(),
  end: z.string(),
  blockId: z.string(),
  sectionId: z.string(),
  quote: z.string(),
  prefix: z.string(),
  suffix: z.string(),
})

export type AnchorAnswer = z.infer<typeof anchor>

export const thread = z.object({
  id: z.uuid(),
  documentId: z.uuid(),
  kind: z.enum(threadKinds),
  state: z.enum(threadStates),
  target: z.enum(threadTargets),
  /** The section that it is in now: of its words, or the one it is about. Null: it is about the document. */
  sectionId: z.string().nullable(),
  /** The words, or the section's title, as they were when it was attached. */
  quote: z.string(),
  /** True: its words or its section are not in the text as far as it is saved. */
  detached: z.boolean(),
  anchor: anchor.nullable(),
  author: person,
  comments: z.array(comment),
  /** Comments by others that the caller has not seen. */
  unread: z.int().nonnegative(),
  outcome: z.enum(outcomes).nullable(),
  reason: z.string().nullable(),
  /** With the outcome `moved`: the section where it goes on. */
  movedTo: z.string().nullable(),
  resolvedBy: person.nullable(),
  resolvedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** Gathered in a review of the caller's, and not sent yet: nobody else sees it. */
  unsent: z.boolean(),
})
export type ThreadAnswer = z.infer<typeof thread>

/** The caller's review that a comment is gathered in until it is submitted; absent: everybody sees it at once. */
const draftId = z.uuid().optional()

/** What a thread is attached to: words (by anchor, or as a program names them), a section, or nothing. */
const attachment = {
  anchor: anchor.optional(),
  quote: z.string().max(10_000).optional(),
  /** Text just before the quote, where it stands more than once. */
  prefix: z.string().max(1_000).optional(),
  /** Text just behind it. */
  suffix: z.string().max(1_000).optional(),
  sectionId: z.string().max(200).optional(),
}

/** The routes of threads and comments; part of the table in `api.ts`. */
export const threadRoutes = {
  listThreads: {
    method: 'GET',
    path: '/documents/{id}/threads',
    scope: 'read',
    summary: 'Threads of a document, the oldest first',
    clock: true,
    params: idParam,
    query: z.strictObject({
      state: z.enum(threadStates).optional(),
      /** Of this section or of words in it; not of the sections within it. */
      sectionId: z.string().max(200).optional(),
      ...paging,
    }),
    output: page(thread),
    status: 200,
  },
  createThread: {
    method: 'POST',
    path: '/documents/{id}/threads',
    scope: 'comment',
    summary: 'Start a thread on words, on a section, or on the document',
    creates: true,
    clock: true,
    params: idParam,
    body: z.strictObject({
      kind: z.enum(startableKinds).default('comment'),
      body: z.string(),
      draftId,
      ...attachment,
    }),
    output: thread,
    status: 201,
  },
  getThread: {
    method: 'GET',
    path: '/threads/{id}',
    scope: 'read',
    summary: 'One thread',
    params: idParam,
    output: thread,
    status: 200,
  },
  updateThread: {
    method: 'PATCH',
    path: '/threads/{id}',
    scope: 'comment',
    summary: "Change a thread's kind",
    params: idParam,
    body: z.strictObject({ kind: z.enum(startableKinds) }),
    output: thread,
    status: 200,
  },
  createComment: {
    method: 'POST',
    path: '/threads/{id}/comments',
    scope: 'comment',
    summary: 'Reply',
    creates: true,
    params: idParam,
    body: z.strictObject({ body: z.string(), draftId }),
    output: comment,
    status: 201,
  },
  updateComment: {
    method: 'PATCH',
    path: '/comments/{id}',
    scope: 'comment',
    summary: 'Change a comment of one’s own',
    params: idParam,
    body: z.strictObject({ body: z.string() }),
    output: comment,
    status: 200,
  },
  deleteComment: {
    method: 'DELETE',
    path: '/comments/{id}',
    scope: 'comment',
    summary: 'Remove a comment of one’s own; the only one of a thread takes the thread with it',
    params: idParam,
    output: none,
    status: 204,
  },
  resolveThread: {
    method: 'POST',
    path: '/threads/{id}/resolve',
    scope: 'comment',
    summary: 'End a thread; without an outcome the server derives one',
    params: idParam,
    body: z.strictObject({
      outcome: z.enum(outcomes).optional(),
      reason: z.string().optional(),
      /** With the outcome `moved`. */
      movedTo: z.string().max(200).optional(),
    }),
    output: thread,
    status: 200,
  },
  reopenThread: {
    method: 'POST',
    path: '/threads/{id}/reopen',
    scope: 'comment',
    summary: 'Open a resolved thread again',
    params: idParam,
    output: thread,
    status: 200,
  },
  reattachThread: {
    method: 'POST',
    path: '/threads/{id}/reattach',
    scope: 'comment',
    summary: 'Attach a thread to other words or another section',
    clock: true,
    params: idParam,
    body: z.strictObject(attachment),
    output: thread,
    status: 200,
  },
  markThreadSeen: {
    method: 'PUT',
    path: '/threads/{id}/seen',
    scope: 'read',
    summary: 'I have read the thread up to this comment',
    params: idParam,
    body: z.strictObject({ commentId: z.uuid() }),
    output: none,
    status: 204,
  },
} as const satisfies Record<string, Route>
