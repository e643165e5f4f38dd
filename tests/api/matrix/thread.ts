import { randomUUID } from 'node:crypto'
import type { PersonId } from '../../../lib/id'
import type { World } from '../world'
import type { Matrix } from './on-document'

type Made = { documentId: string; authorId: PersonId }

async function threadOf(world: World, { documentId, authorId }: Made, isResolved: boolean) {
  const [thread, comment] = [randomUUID(), randomUUID()]
  await world.db.query(
    `insert into thread (id, document_id, kind, quote, author_id, outcome, resolved_by, resolved_at, created_at, updated_at)
     values ($1, $2, 'comment', '', $3, $4, $5, $6, now(), now())`,
    [thread, documentId, authorId, ...(isResolved ? ['fixed', authorId, new Date()] : [null, null, null])],
  )
  await world.db.query(
    "insert into thread_comment (id, thread_id, author_id, body, created_at) values ($1, $2, $3, 'Words', now())",
    [comment, thread, authorId],
  )
  return { thread, comment }
}

const openThread = async (world: World, made: Made) => (await threadOf(world, made, false)).thread
const resolvedThread = async (world: World, made: Made) => (await threadOf(world, made, true)).thread
const comment = async (world: World, made: Made) => (await threadOf(world, made, false)).comment

/** Proposes a first paragraph, which fits every body. */
async function openSuggestion(world: World, made: Made): Promise<string> {
  const { thread } = await threadOf(world, made, false)
  const proposal = {
    place: { kind: 'blocks', blockIds: [], after: null },
    base: [],
    replacement: [{ type: 'paragraph', content: [{ type: 'text', text: 'First.' }] }],
  }
  await world.db.query("update thread set kind = 'suggestion', section_id = 'preamble' where id = $1", [
    thread,
  ])
  await world.db.query('insert into suggestion (thread_id, proposal) values ($1, $2)', [
    thread,
    JSON.stringify(proposal),
  ])
  return thread
}

const ofNobody = '00000000-0000-4000-8000-000000000001'

export const onThreads: Matrix = {
  acceptSuggestion: { ability: 'write', id: openSuggestion },
  declineSuggestion: { ability: 'comment', id: openSuggestion, input: () => ({ body: { reason: 'No.' } }) },
  acceptSuggestions: { ability: 'write', input: () => ({ body: { authorId: ofNobody } }) },
  declineSuggestions: { ability: 'comment', input: () => ({ body: { authorId: ofNobody, reason: 'No.' } }) },
  listThreads: { ability: 'read' },
  createThread: { ability: 'comment', input: () => ({ body: { body: 'On all of it.' } }) },
  getThread: { ability: 'read', id: openThread },
  updateThread: { ability: 'comment', id: openThread, input: () => ({ body: { kind: 'nit' } }) },
  createComment: { ability: 'comment', id: openThread, input: () => ({ body: { body: 'A reply.' } }) },
  updateComment: { ability: 'comment', id: comment, input: () => ({ body: { body: 'Said better.' } }) },
  deleteComment: { ability: 'comment', id: comment },
  listWordings: { ability: 'read', id: comment },
  putReaction: { ability: 'comment', id: comment, input: () => ({ params: { emoji: '👍' } }) },
  deleteReaction: { ability: 'comment', id: comment, input: () => ({ params: { emoji: '👍' } }) },
  listMentionable: { ability: 'comment' },
  resolveThread: { ability: 'comment', id: openThread, input: () => ({ body: { outcome: 'fixed' } }) },
  reopenThread: { ability: 'comment', id: resolvedThread },
  reattachThread: { ability: 'comment', id: openThread, input: () => ({ body: {} }) },
  markThreadSeen: {
    ability: 'read',
    id: openThread,
    input: () => ({ body: { commentId: '00000000-0000-4000-8000-000000000001' } }),
  },
}
