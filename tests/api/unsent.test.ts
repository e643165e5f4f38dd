import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { CommentAnswer, ThreadAnswer } from '../../lib/api-thread'
import type { DocumentId } from '../../lib/id'
import { resolveAccess } from '../../server/access/resolve'
import type { Principal } from '../../server/auth/authenticate'
import { type Queryable, transaction } from '../../server/db/open'
import { reply, startThread } from '../../server/thread/talk'
import { countUnsent, discardUnsent, sendUnsent } from '../../server/thread/unsent'
import { said } from './thread-story'
import { type As, failureOf, type Somebody, World } from './world'

let world: World
let ada: As
let grace: As
let linus: As
let id: string

beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
  grace = await world.token('grace')
  linus = await world.token('linus')
  const made = await world.call('importDocument', ada, {
    raw: { type: 'text/markdown', data: '# Why\n\nRetries are sent at least once.\n' },
  })
  id = made.body.document.id
  await world.grant(id, 'grace', 'commenter')
  await world.grant(id, 'linus', 'editor')
})
afterAll(() => world.close())

/** As the route of somebody who is writing the review `draftId`. */
async function writing<Made>(
  who: Somebody,
  run: (tx: Queryable, principal: Principal, access: any) => Promise<Made>,
): Promise<Made> {
  const principal = { personId: world.ids[who], scope: 'admin' } as Principal
  return transaction(world.db, async (tx) => {
    const access = await resolveAccess(tx, principal, id as DocumentId)
    if (!access) throw new Error(`${who} has no access`)
    return run(tx, principal, access)
  })
}
const isWriting = async () => true
const now = () => world.runtime.now()
const gathered = (
  draftId: string,
  body: string,
  kind: 'comment' | 'nit' = 'comment',
): Promise<ThreadAnswer> =>
  writing('grace', (tx, principal, access) =>
    startThread(tx, principal, access, {
      draftId,
      isWriting,
      kind,
      body,
      quote: 'at least once',
      now: now(),
    }),
  )
const gatheredReply = (draftId: string, threadId: string, body: string): Promise<CommentAnswer> =>
  writing('grace', (tx, principal, access) =>
    reply(tx, principal, access, { draftId, isWriting, threadId, body, now: now() }),
  )
const sent = (draftId: string) =>
  transaction(world.db, (tx) => sendUnsent(tx, { draftId, at: new Date(now()) }))
const on = (threadId: string) => ({ params: { id: threadId } })
const listed = async (as: As) =>
  (await world.call('listThreads', as, { params: { id } })).body.items as ThreadAnswer[]
const begun = async (as: As, body: string): Promise<ThreadAnswer> =>
  (await world.call('createThread', as, { params: { id }, body: { body } })).body

test('what is gathered in a review is there for its author alone, whatever is asked', async () => {
  const draftId = randomUUID()
  const events = world.heard.length
  const thread = await gathered(draftId, 'Not yet.')
  const comment = thread.comments[0]?.id ?? ''
  expect(thread).toMatchObject({ unsent: true, comments: [{ unsent: true, body: 'Not yet.' }] })
  const calls = (as: As) =>
    Promise.all([
      world.call('getThread', as, on(thread.id)),
      world.call('updateThread', as, { ...on(thread.id), body: { kind: 'nit' } }),
      world.call('createComment', as, { ...on(thread.id), body: { body: 'x' } }),
      world.call('resolveThread', as, { ...on(thread.id), body: {} }),
      world.call('reopenThread', as, on(thread.id)),
      world.call('reattachThread', as, { ...on(thread.id), body: {} }),
      world.call('markThreadSeen', as, { ...on(thread.id), body: { commentId: comment } }),
      world.call('updateComment', as, { ...on(comment), body: { body: 'x' } }),
      world.call('deleteComment', as, on(comment)),
    ])
  const unknown = on(randomUUID())
  const nothing = await world.call('getThread', ada, unknown)
  for (const as of [ada, linus]) {
    for (const told of await calls(as)) {
      expect(failureOf(told)).toBe('404 not_found')
      // As if there were no such thread.
      expect(said(told)).toBe(said(nothing))
    }
    expect((await listed(as)).map((one) => one.id)).not.toContain(thread.id)
  }
  const openIn = async (as: As) =>
    (await world.call('listSections', as, { params: { id } })).body.items.map((one: any) => one.open)
  expect([await openIn(ada), await openIn(grace)]).toEqual([[0], [1]])
  expect((await listed(grace)).map((one) => one.id)).toContain(thread.id)
  await world.call('updateComment', grace, { ...on(comment), body: { body: 'Still not.' } })
  const last = await begun(linus, 'Heard by everybody.')
  await world.hears((event) => event.type === 'thread.changed' && event.threadId === last.id, events)
  expect(JSON.stringify(world.heard.slice(events))).not.toContain(thread.id)
  const { rows } = await world.db.query('select what from happening where what::text like $1', [
    `%${thread.id}%`,
  ])
  expect(rows).toEqual([])
})

test('an answer that is not sent changes nothing for others: no words, no count, no time', async () => {
  const thread = await begun(linus, 'Open?')
  const before = (await world.call('getThread', ada, on(thread.id))).body
  const unsent = await gatheredReply(randomUUID(), thread.id, 'Yes, but.')
  const after = (await world.call('getThread', ada, on(thread.id))).body
  expect(after).toEqual(before)
  const mine = (await world.call('getThread', grace, on(thread.id))).body as ThreadAnswer
  expect(mine.comments.map((one) => [one.body, one.unsent])).toEqual([
    ['Open?', false],
    ['Yes, but.', true],
  ])
  const seen = { ...on(thread.id), body: { commentId: unsent.id } }
  await world.call('markThreadSeen', ada, seen)
  expect((await world.call('getThread', ada, on(thread.id))).body.unread).toBe(1)
})

test('sending says all of it now, once, in the order in which it was written', async () => {
  const open = await begun(linus, 'Which?')
  const draftId = randomUUID()
  const first = await gathered(draftId, 'One.')
  const second = await gathered(draftId, 'Two.', 'nit')
  await gatheredReply(draftId, open.id, 'Three.')
  const own = await world.call('createComment', grace, { ...on(first.id), body: { body: 'One, more.' } })
  expect(own.body.unsent).toBe(true)
  const meanwhile = await world.call('createComment', linus, { ...on(open.id), body: { body: 'This one.' } })
  await world.call('markThreadSeen', ada, { ...on(open.id), body: { commentId: meanwhile.body.id } })
  expect(await countUnsent(world.db, { draftId })).toBe(4)

  const events = world.heard.length
  const both = await Promise.all([sent(draftId), sent(draftId)])
  expect(both.map((one) => one.comments).sort()).toEqual([0, 4])
  expect(both.flatMap((one) => one.threadIds).sort()).toEqual([first.id, second.id, open.id].sort())
  await world.hears((event) => event.type === 'thread.changed' && event.threadId === open.id, events)
  const threads = await listed(ada)
  expect(threads.map((one) => one.id).slice(-2)).toEqual([first.id, second.id])
  const read = (threadId: string) => threads.find((one) => one.id === threadId)
  expect(read(first.id)).toMatchObject({ unsent: false, unread: 2 })
  expect(read(first.id)?.comments.map((one) => one.body)).toEqual(['One.', 'One, more.'])
  // What was said meanwhile stands before it, and whoever has read that has not read this.
  expect(read(open.id)?.comments.map((one) => one.body)).toEqual(['Which?', 'This one.', 'Three.'])
  expect(read(open.id)?.unread).toBe(1)
  expect(await countUnsent(world.db, { draftId })).toBe(0)
})

test('a review that is thrown away takes its own words along and nobody else’s', async () => {
  const open = await begun(linus, 'Mine stays.')
  const lone = await begun(linus, 'Goes, for all that others know.')
  const draftId = randomUUID()
  const thread = await gathered(draftId, 'Never mind.')
  await gatheredReply(draftId, open.id, 'Hm.')
  await gatheredReply(draftId, lone.id, 'Wait.')
  // Grace's answer is not lost by that.
  expect((await world.call('deleteComment', linus, on(lone.comments[0]?.id ?? ''))).status).toBe(204)
  const kept = (await world.call('getThread', grace, on(lone.id))).body as ThreadAnswer
  expect(kept.comments.map((one) => one.body)).toEqual([null, 'Wait.'])

  await transaction(world.db, (tx) => discardUnsent(tx, { draftId }))
  const ids = (await listed(grace)).map((one) => one.id)
  expect([thread.id, open.id, lone.id].map((one) => ids.includes(one))).toEqual([false, true, false])
})

test('its author takes back what is gathered, one by one', async () => {
  const draftId = randomUUID()
  const thread = await gathered(draftId, 'One.')
  const more = await gatheredReply(draftId, thread.id, 'Two.')
  const told = await world.call('resolveThread', grace, { ...on(thread.id), body: {} })
  expect([failureOf(told), said(told)]).toEqual(['409 conflict', expect.stringMatching(/not sent yet/)])
  expect((await world.call('deleteComment', grace, on(thread.comments[0]?.id ?? ''))).status).toBe(204)
  const left = (await world.call('getThread', grace, on(thread.id))).body as ThreadAnswer
  expect(left.comments.map((one) => one.body)).toEqual(['Two.'])
  expect((await world.call('deleteComment', grace, on(more.id))).status).toBe(204)
  expect(failureOf(await world.call('getThread', grace, on(thread.id)))).toBe('404 not_found')
})

test('nothing is gathered in a review that one is not writing', async () => {
  const body = { body: 'x', draftId: randomUUID() }
  expect(failureOf(await world.call('createThread', grace, { params: { id }, body }))).toBe('409 conflict')
  const open = await begun(linus, 'Here.')
  expect(failureOf(await world.call('createComment', grace, { ...on(open.id), body }))).toBe('409 conflict')
  const bad = { ...body, draftId: 'mine' }
  expect(failureOf(await world.call('createComment', grace, { ...on(open.id), body: bad }))).toBe(
    '400 invalid',
  )
  const asked = vi.fn(async () => false)
  await expect(
    writing('linus', (tx, principal, access) =>
      reply(tx, principal, access, { threadId: open.id, ...body, isWriting: asked, now: now() }),
    ),
  ).rejects.toMatchObject({ code: 'conflict' })
  expect(asked).toHaveBeenCalledWith(expect.anything(), {
    draftId: body.draftId,
    documentId: id,
    personId: world.ids.linus,
  })
})

test('what is said outside a review is written down for whoever is told, once', async () => {
  const thread = await begun(linus, 'Told.')
  const answer = await world.call('createComment', ada, { ...on(thread.id), body: { body: 'Me too.' } })
  await world.call('resolveThread', linus, { ...on(thread.id), body: { outcome: 'fixed' } })
  await world.call('reopenThread', grace, on(thread.id))
  const { rows } = await world.db.query<{ actor_id: string; what: unknown }>(
    "select actor_id, what from happening where what->>'threadId' = $1 order by id",
    [thread.id],
  )
  const first = thread.comments[0]?.id
  const { ids } = world
  expect(rows).toEqual([
    {
      actor_id: ids.linus,
      what: { type: 'comment.added', threadId: thread.id, commentId: first, mentions: [], isFirst: true },
    },
    {
      actor_id: ids.ada,
      what: {
        type: 'comment.added',
        threadId: thread.id,
        commentId: answer.body.id,
        mentions: [],
        isFirst: false,
      },
    },
    { actor_id: ids.linus, what: { type: 'thread.resolved', threadId: thread.id, outcome: 'fixed' } },
    { actor_id: ids.grace, what: { type: 'thread.reopened', threadId: thread.id } },
  ])
})

test('who was asked to review raises what blocks, like an editor', async () => {
  const raised = (mayBlock: boolean) =>
    writing('grace', (tx, principal, access) =>
      startThread(tx, principal, access, { kind: 'blocking', body: 'Stop.', mayBlock, now: now() }),
    )
  await expect(raised(false)).rejects.toMatchObject({ code: 'forbidden' })
  expect(await raised(true)).toMatchObject({ kind: 'blocking', author: { id: world.ids.grace } })
})

test('what is written in the very moment of submitting goes along, or is refused: nothing is left behind', async () => {
  const reviewers = [{ personId: world.ids.grace, required: true }]
  const own = { params: { id } }
  expect((await world.call('putReviewers', ada, { ...own, body: { reviewers } })).status).toBe(200)
  const open = await begun(linus, 'Answer me.')
  for (let round = 0; round < 5; round += 1) {
    const { body: draft } = await world.call('startReview', grace, own)
    const say = (n: number) =>
      world.call('createComment', grace, {
        ...on(open.id),
        body: { body: `Round ${round}, ${n}.`, draftId: draft.id },
      })
    const [first, submitted, second, started] = await Promise.all([
      say(1),
      world.call('submitReview', grace, {
        ...own,
        body: { verdict: 'comment', body: 'Read.', versionId: draft.version.id, draftId: draft.id },
      }),
      say(2),
      world.call('createThread', grace, { ...own, body: { body: `Thread ${round}.`, draftId: draft.id } }),
    ])
    expect(submitted.status).toBe(201)
    const { rows } = await world.db.query('select 1 from thread_comment where unsent_in = $1', [draft.id])
    expect(rows).toEqual([])
    const seen = JSON.stringify([
      (await world.call('getThread', linus, on(open.id))).body,
      await listed(linus),
    ])
    const said = {
      [`Round ${round}, 1.`]: first,
      [`Round ${round}, 2.`]: second,
      [`Thread ${round}.`]: started,
    }
    for (const [words, told] of Object.entries(said)) {
      expect([201, 409]).toContain(told.status)
      expect(`${words} ${seen.includes(words)}`).toBe(`${words} ${told.status === 201}`)
    }
  }
})
