import { z } from 'zod'
import { proposal, suggestion } from './api-proposal'
import { idParam, none, page, paging, type Route } from './api-route'
import { reactions } from './comment'
import { person } from './person'
import { outcomes, startableKinds, threadKinds, threadStates, threadTargets } from './thread'

export const comment = z.object({
  id: z.uuid(),
  author: person,
  /** Plain text, with `@[person id]` where somebody is named. Null: its author removed it, and others had replied. */
  body: z.string().nullable(),
  /** Whom it names. */
  mentions: z.array(person),
  /** Those that were set, in the order of `reactions`, with who did, the first of them first. */
  reactions: z.array(z.object({ emoji: z.enum(reactions), people: z.array(person) })),
  /** How often it was changed after somebody had replied: each time, what it said before is kept. */
  wordings: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
  editedAt: z.iso.datetime().nullable(),
  /** Gathered in a review of the caller's, and not sent yet: nobody else sees it. */
  unsent: z.boolean(),
})
export type CommentAnswer = z.infer<typeof comment>

export const wording = z.object({ body: z.string(), writtenAt: z.iso.datetime() })
export type WordingAnswer = z.infer<typeof wording>

/** Somebody whom a comment could name; who cannot read the document would have to be given access first. */
export const mentionable = z.object({ person, canRead: z.boolean() })
export type MentionableAnswer = z.infer<typeof mentionable>

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
  /** What it proposes; null: it is no suggestion. */
  suggestion: suggestion.nullable(),
})
export type ThreadAnswer = z.infer<typeof thread>

const ending = {
  outcome: z.enum(outcomes).optional(),
  reason: z.string().optional(),
  /** With the outcome `moved`: the section. */
  movedTo: z.string().max(200).optional(),
}

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
      kind: z.enum([...startableKinds, 'suggestion']).default('comment'),
      /** May be left out where something is proposed. */
      body: z.string().default(''),
      draftId,
      /** Makes it a suggestion, whatever its kind. */
      suggestion: proposal.optional(),
      /** Short for `suggestion: {replacement}`: plain text in place of the words. Empty: it takes them away. */
      replacement: z.string().max(200_000).optional(),
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
    summary: 'Change the kind of an open thread, or the outcome of a resolved one',
    params: idParam,
    body: z.strictObject({ kind: z.enum(startableKinds).optional(), ...ending }),
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
  listWordings: {
    method: 'GET',
    path: '/comments/{id}/wordings',
    scope: 'read',
    summary: 'What a comment said before it was changed, the oldest first',
    params: idParam,
    query: z.strictObject(paging),
    output: page(wording),
    status: 200,
  },
  putReaction: {
    method: 'PUT',
    path: '/comments/{id}/reactions/{emoji}',
    scope: 'comment',
    summary: `Set a sign under a comment: one of ${reactions.join(' ')}`,
    params: idParam.extend({ emoji: z.string() }),
    output: none,
    status: 204,
  },
  deleteReaction: {
    method: 'DELETE',
    path: '/comments/{id}/reactions/{emoji}',
    scope: 'comment',
    summary: 'Take one’s own sign back',
    params: idParam.extend({ emoji: z.string() }),
    output: none,
    status: 204,
  },
  listMentionable: {
    method: 'GET',
    path: '/documents/{id}/mentionable',
    scope: 'comment',
    summary:
      'Whom a comment could name: readers first; who may share is offered everybody else of the workspace too',
    params: idParam,
    query: z.strictObject({
      /** Beginnings of words of the name or the address. */
      q: z.string().max(200).default(''),
      limit: z.coerce.number().int().min(1).max(20).default(8),
    }),
    output: z.object({ items: z.array(mentionable) }),
    status: 200,
  },
  resolveThread: {
    method: 'POST',
    path: '/threads/{id}/resolve',
    scope: 'comment',
    summary: 'End a thread; without an outcome the server derives one',
    params: idParam,
    body: z.strictObject(ending),
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
