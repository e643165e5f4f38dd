import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ThreadAnswer } from '../../lib/api-thread'
import { maxSentences, said } from './thread-story'
import { type As, failureOf, World } from './world'

let world: World
let ada: As
let grace: As
let linus: As
let margaret: As
let id: string

beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
  grace = await world.token('grace', 'write')
  linus = await world.token('linus', 'comment')
  margaret = await world.token('margaret')
  const made = await world.call('importDocument', ada, {
    raw: {
      type: 'text/markdown',
      data: 'Before all.\n\n# Why\n\nRetries are sent at least once. Retries cost.\n\n## How\n\n| a | b |\n| - | - |\n| cell one | cell two |\n\n# Data\n\nRetries cost.\n',
    },
  })
  id = made.body.document.id
  await world.grant(id, 'grace', 'editor')
  await world.grant(id, 'linus', 'commenter')
  await world.grant(id, 'margaret', 'viewer')
})
afterAll(() => world.close())

const start = (as: As, body: Record<string, unknown>, headers = {}) =>
  world.call('createThread', as, { params: { id }, body, headers })
const begun = async (as: As, body: Record<string, unknown>): Promise<ThreadAnswer> => {
  const told = await start(as, body)
  if (told.status !== 201) throw new Error(JSON.stringify(told.body))
  return told.body
}
const on = (threadId: string) => ({ params: { id: threadId } })
const sections = async () =>
  (await world.call('listSections', ada, { params: { id } })).body.items as { id: string; title: string }[]
const sectionId = async (title: string) => (await sections()).find((one) => one.title === title)?.id ?? ''

test('a program quotes words, and the thread stands in their section under its author’s name', async () => {
  const thread = await begun(linus, { kind: 'question', body: 'How often?', quote: 'at least once' })
  expect(thread).toMatchObject({
    kind: 'question',
    state: 'open',
    target: 'text',
    quote: 'at least once',
    detached: false,
    sectionId: await sectionId('Why'),
    author: { id: world.ids.linus },
    comments: [{ body: 'How often?', author: { id: world.ids.linus } }],
  })
  const { body } = await world.call('listThreads', margaret, { params: { id }, query: { state: 'open' } })
  expect(body.items.map((one: ThreadAnswer) => one.id)).toContain(thread.id)
})

test('words that stand more than once need their surroundings', async () => {
  expect(said(await start(linus, { body: 'Which?', quote: 'Retries cost.' }))).toMatch(/more than once/)
  const inData = await begun(linus, {
    body: 'This.',
    quote: 'Retries cost.',
    sectionId: await sectionId('Data'),
  })
  expect(inData.sectionId).toBe(await sectionId('Data'))
  const behind = await begun(linus, { body: 'That.', quote: 'Retries cost.', prefix: 'once. ' })
  expect(behind.sectionId).toBe(await sectionId('Why'))
  expect(said(await start(linus, { body: 'x', quote: 'never written' }))).toMatch(/not in the document/)
})

test('a section and the document can be talked about; a section of another document cannot', async () => {
  const how = await sectionId('How')
  expect(await begun(linus, { body: 'On how.', sectionId: how })).toMatchObject({
    target: 'section',
    sectionId: how,
    quote: 'How',
  })
  expect(await begun(linus, { body: 'On all.' })).toMatchObject({ target: 'document', sectionId: null })
  const other = await world.document('linus')
  const theirs = (await world.call('listSections', linus, { params: { id: other.id } })).body.items[0].id
  expect(failureOf(await start(linus, { body: 'x', sectionId: theirs }))).toBe('400 invalid')
})

test('an anchor of another document is refused, also when its block has a twin here', async () => {
  const mine = await begun(linus, { body: 'Here.', quote: 'cell one' })
  const other = (
    await world.call('createDocument', linus === null ? null : await world.token('linus'), {
      body: { title: 'Other' },
    })
  ).body
  const told = await world.call('createThread', linus, {
    params: { id: other.id },
    body: { body: 'There.', anchor: mine.anchor },
  })
  expect(failureOf(told)).toBe('400 foreign_anchor')
  expect(
    failureOf(await start(linus, { body: 'x', anchor: { ...mine.anchor, quote: 'x'.repeat(1_000_000) } })),
  ).toMatch(/^4(00 invalid|13 too_large)$/)
  const again = await begun(linus, { body: 'Again.', anchor: mine.anchor })
  expect(again).toMatchObject({ quote: 'cell one', detached: false })
})

test('who may not comment is refused, whatever the way', async () => {
  expect(failureOf(await start(margaret, { body: 'x' }))).toBe('403 forbidden')
  const reader = await world.token('linus', 'read')
  expect(failureOf(await start(reader, { body: 'x' }))).toBe('403 forbidden')
  expect(failureOf(await start(await world.token('edsger'), { body: 'x' }))).toBe('404 not_found')
})

test('editors raise what blocks; anybody else a concern, which the owner promotes', async () => {
  expect(said(await start(linus, { kind: 'blocking', body: 'Stop.' }))).toMatch(/Raise a concern/)
  const concern = await begun(linus, { kind: 'concern', body: 'Hm.' })
  const promote = (as: As) =>
    world.call('updateThread', as, { ...on(concern.id), body: { kind: 'blocking' } })
  expect(failureOf(await promote(grace))).toBe('403 forbidden')
  expect((await promote(ada)).body.kind).toBe('blocking')
  const resolve = (as: As, body = {}) => world.call('resolveThread', as, { ...on(concern.id), body })
  expect(said(await resolve(grace))).toMatch(/by its author, or overruled by the owner/)
  expect(said(await resolve(ada))).toMatch(/Say why/)
  expect((await resolve(ada, { outcome: 'wont_fix', reason: 'Measured: 3 ms.' })).body).toMatchObject({
    state: 'resolved',
    outcome: 'wont_fix',
    reason: 'Measured: 3 ms.',
    resolvedBy: { id: world.ids.ada },
  })
})

test('talk: replies, edits of one’s own words alone, removal that leaves a place', async () => {
  const thread = await begun(linus, { body: 'First.' })
  const reply = await world.call('createComment', ada, { ...on(thread.id), body: { body: 'Second.' } })
  expect(reply.status).toBe(201)
  const [first] = thread.comments
  const edit = (as: As, comment: string) =>
    world.call('updateComment', as, { ...on(comment), body: { body: 'Edited.' } })
  expect(said(await edit(ada, first?.id ?? ''))).toMatch(/Nobody changes another person/)
  expect((await edit(linus, first?.id ?? '')).body).toMatchObject({
    body: 'Edited.',
    author: { id: world.ids.linus },
  })
  expect((await world.call('deleteComment', linus, on(first?.id ?? ''))).status).toBe(204)
  expect(failureOf(await edit(linus, first?.id ?? ''))).toBe('404 not_found')
  const read = (await world.call('getThread', margaret, on(thread.id))).body as ThreadAnswer
  expect(read.comments.map((comment) => comment.body)).toEqual([null, 'Second.'])
  expect((await world.call('deleteComment', ada, on(reply.body.id))).status).toBe(204)
  expect((await world.call('getThread', margaret, on(thread.id))).body.comments).toHaveLength(1)
})

test('a thread whose only comment is removed is gone, and so is a reply to it', async () => {
  const thread = await begun(linus, { body: 'Never mind.' })
  await world.call('deleteComment', linus, on(thread.comments[0]?.id ?? ''))
  expect(failureOf(await world.call('getThread', linus, on(thread.id)))).toBe('404 not_found')
  expect(failureOf(await world.call('createComment', ada, { ...on(thread.id), body: { body: 'x' } }))).toBe(
    '404 not_found',
  )
})

test('of two who resolve at the same instant one does, the other is told who', async () => {
  const thread = await begun(ada, { kind: 'question', body: 'Both?' })
  const both = await Promise.all(
    [ada, grace].map((as) => world.call('resolveThread', as, { ...on(thread.id), body: {} })),
  )
  expect(both.map((told) => told.status).sort()).toEqual([200, 409])
  expect(both.find((told) => told.status === 409)?.body.error.message).toMatch(
    /(Ada Lovelace|Grace Hopper) has resolved/,
  )
  expect((await world.call('reopenThread', linus, on(thread.id))).body).toMatchObject({
    state: 'open',
    outcome: null,
  })
  expect(failureOf(await world.call('reopenThread', linus, on(thread.id)))).toBe('409 conflict')
})

test('the outcome that one click stands for: answered where somebody replied, else fixed', async () => {
  const outcomeOf = async (body: Record<string, unknown>, reply: boolean) => {
    const thread = await begun(linus, body)
    if (reply) await world.call('createComment', ada, { ...on(thread.id), body: { body: 'Because.' } })
    return (await world.call('resolveThread', linus, { ...on(thread.id), body: {} })).body.outcome
  }
  expect(await outcomeOf({ kind: 'question', body: 'Why?' }, false)).toBe('answered')
  expect(await outcomeOf({ body: 'Hm.' }, true)).toBe('answered')
  expect(await outcomeOf({ kind: 'nit', body: 'Comma.', quote: 'Before all' }, false)).toBe('fixed')
})

test('a commenter resolves their own threads alone', async () => {
  const thread = await begun(ada, { body: 'Mine.' })
  const told = await world.call('resolveThread', linus, { ...on(thread.id), body: {} })
  expect([failureOf(told), said(told)]).toEqual([
    '403 not_resolver',
    expect.stringMatching(/your own threads/),
  ])
})

test('what is new to somebody is counted until they have read it', async () => {
  const thread = await begun(linus, { body: 'One.' })
  const { body: two } = await world.call('createComment', linus, { ...on(thread.id), body: { body: 'Two.' } })
  const unread = async (as: As) => (await world.call('getThread', as, on(thread.id))).body.unread
  expect([await unread(linus), await unread(ada), await unread(margaret)]).toEqual([0, 2, 2])
  const see = (as: As, commentId: string) =>
    world.call('markThreadSeen', as, { ...on(thread.id), body: { commentId } })
  expect((await see(margaret, thread.comments[0]?.id ?? '')).status).toBe(204)
  expect(await unread(margaret)).toBe(1)
  await see(margaret, two.id)
  await see(margaret, thread.comments[0]?.id ?? '')
  expect([await unread(margaret), await unread(ada)]).toEqual([0, 2])
})

test('neither edits nor what was removed is new, and nobody’s own words are', async () => {
  const thread = await begun(linus, { body: 'One.' })
  const say = async (as: As, body: string) =>
    (await world.call('createComment', as, { ...on(thread.id), body: { body } })).body.id as string
  const unread = async (as: As) => (await world.call('getThread', as, on(thread.id))).body.unread
  const two = await say(ada, 'Two.')
  // Whoever answers has read what stands before.
  expect([await unread(linus), await unread(ada), await unread(margaret)]).toEqual([1, 0, 2])
  const three = await say(linus, 'Three.')
  await world.call('updateComment', linus, { ...on(three), body: { body: 'Three, said better.' } })
  expect([await unread(linus), await unread(ada), await unread(margaret)]).toEqual([0, 1, 3])
  await world.call('markThreadSeen', margaret, { ...on(thread.id), body: { commentId: three } })
  await world.call('updateComment', ada, { ...on(two), body: { body: 'Two, said better.' } })
  expect(await unread(margaret)).toBe(0)
  await world.call('deleteComment', linus, on(three))
  expect([await unread(ada), await unread(margaret)]).toEqual([0, 0])
  const other = await begun(linus, { body: 'Elsewhere.' })
  const foreign = { commentId: other.comments[0]?.id ?? '' }
  expect((await world.call('markThreadSeen', ada, { ...on(thread.id), body: foreign })).status).toBe(204)
  expect((await world.call('getThread', ada, on(other.id))).body.unread).toBe(1)
})

test('who removes a thread while others answer it and read it leaves them a sentence, never a fault', async () => {
  for (let round = 0; round < 12; round += 1) {
    const thread = await begun(linus, { body: 'Going?' })
    const commentId = thread.comments[0]?.id ?? ''
    const [removed, answered, seen] = await Promise.all([
      world.call('deleteComment', linus, on(commentId)),
      world.call('createComment', ada, { ...on(thread.id), body: { body: 'Stay.' } }),
      world.call('markThreadSeen', margaret, { ...on(thread.id), body: { commentId } }),
    ])
    expect(removed.status).toBe(204)
    expect([204, 404]).toContain(seen.status)
    const left = await world.call('getThread', ada, on(thread.id))
    if (answered.status === 201) {
      expect(left.body.comments.map(({ body }: { body: string | null }) => body)).toEqual([null, 'Stay.'])
    } else expect([failureOf(answered), failureOf(left)]).toEqual(['404 not_found', '404 not_found'])
  }
})

test('a thread that goes while somebody reads it is no fault of the server', async () => {
  const thread = await begun(linus, { body: 'Gone in a moment.' })
  const remover = await world.db.connect()
  await remover.query('begin')
  await remover.query('delete from thread where id = $1', [thread.id])
  const body = { commentId: thread.comments[0]?.id ?? '' }
  const seen = world.call('markThreadSeen', ada, { ...on(thread.id), body })
  const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`
  await vi.waitUntil(async () => (await world.db.query(waiting)).rowCount === 1)
  await remover.query('commit')
  remover.release()
  expect((await seen).status).toBe(204)
})

test('comments and commits of text do not wait for each other', async () => {
  const thread = await begun(linus, { body: 'Meanwhile.' })
  const committer = await world.db.connect()
  try {
    // As a commit of text holds the document, and as a comment does.
    await committer.query('begin')
    await committer.query('select 1 from document where id = $1 for share', [id])
    const begins = await start(linus, { body: 'On it.', quote: 'at least once' })
    const calls = [
      begins,
      await world.call('createComment', linus, { ...on(thread.id), body: { body: 'Yes.' } }),
      await world.call('updateThread', linus, { ...on(thread.id), body: { kind: 'nit' } }),
      await world.call('updateComment', linus, {
        ...on(thread.comments[0]?.id ?? ''),
        body: { body: 'So.' },
      }),
      await world.call('reattachThread', linus, { ...on(thread.id), body: { quote: 'at least once' } }),
      await world.call('resolveThread', linus, { ...on(thread.id), body: {} }),
      await world.call('reopenThread', linus, on(thread.id)),
      await world.call('deleteComment', linus, on(begins.body.comments[0].id)),
    ]
    expect(calls.map(({ status }) => status)).toEqual([201, 201, 200, 200, 200, 200, 200, 204])
  } finally {
    await committer.query('rollback')
    committer.release()
  }
})

test('a repeated call starts one thread, and another person’s key is another', async () => {
  const headers = { 'idempotency-key': 'twice' }
  const [once, twice] = [
    await start(linus, { body: 'Once.' }, headers),
    await start(linus, { body: 'Once.' }, headers),
  ]
  expect(twice.body).toEqual(once.body)
  expect((await start(ada, { body: 'Once.' }, headers)).body.id).not.toBe(once.body.id)
  expect(failureOf(await start(linus, { body: 'Twice.' }, headers))).toBe('409 conflict')
})

test.each([
  ['no words', '  \n ', '400 invalid', /needs words/],
  ['a NUL', 'a\0b', '400 invalid', /NUL/],
  ['an escape', 'a\u001Bb', '400 invalid', /control characters/],
  ['half a character', 'a\uD800', '400 invalid', /control characters/],
  ['100,000 characters', 'x'.repeat(100_000), '413 too_large', /at most 20,000/],
])('a comment of %s is refused with a sentence', async (_, body, failure, sentence) => {
  const told = await start(linus, { body })
  expect([failureOf(told), said(told)]).toEqual([failure, expect.stringMatching(sentence)])
  expect(maxSentences(said(told))).toBeLessThan(4)
})

test('markup and overrides of the writing direction are kept as what they are: text', async () => {
  const body = '<img src=x onerror=alert(1)> **no** \u202Eevil\u202C'
  expect((await begun(linus, { body })).comments[0]?.body).toBe(body)
})

test('everybody on the document hears that a thread changed, and nothing of what it says', async () => {
  const from = world.heard.length
  const thread = await begun(linus, { body: 'Secret words.' })
  const event = await world.hears((one) => one.type === 'thread.changed' && one.threadId === thread.id, from)
  expect(event).toEqual({ type: 'thread.changed', documentId: id, threadId: thread.id })
  expect(JSON.stringify(world.logged)).not.toContain('Secret words')
})

test('lists are paged, and filtered by section', async () => {
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: ThreadAnswer[]; nextCursor: string | null } = (
      await world.call('listThreads', ada, {
        params: { id },
        query: { limit: '3', ...(cursor ? { cursor } : {}) },
      })
    ).body
    expect(page.items.length).toBeLessThanOrEqual(3)
    seen.push(...page.items.map((one) => one.id))
    cursor = page.nextCursor
  }
  const { rows } = await world.db.query('select id from thread where document_id = $1', [id])
  expect([...seen].sort()).toEqual(rows.map((row) => row.id).sort())
  const why = await sectionId('Why')
  const inWhy = (await world.call('listThreads', ada, { params: { id }, query: { sectionId: why } })).body
    .items
  expect(inWhy.length).toBeGreaterThan(0)
  expect(inWhy.every((one: ThreadAnswer) => one.sectionId === why)).toBe(true)
})

test('a list goes on where it was, also when its last thread was removed meanwhile', async () => {
  const { id: documentId } = await world.document('ada', 'Read in pages')
  const params = { id: documentId }
  for (const body of ['One.', 'Two.', 'Three.'])
    await world.call('createThread', ada, { params, body: { body } })
  const page = async (query: Record<string, string>) => world.call('listThreads', ada, { params, query })
  const first = (await page({ limit: '2' })).body
  const [one, two] = first.items as ThreadAnswer[]
  await world.call('deleteComment', ada, on(two?.comments[0]?.id ?? ''))
  const rest = (await page({ limit: '2', cursor: first.nextCursor })).body
  expect(rest.items.map((thread: ThreadAnswer) => thread.comments[0]?.body)).toEqual(['Three.'])
  expect(rest.nextCursor).toBeNull()
  for (const cursor of ['x', one?.id ?? '', '1.2', "1.'"])
    expect(failureOf(await page({ cursor })), cursor).toBe('400 invalid')
})

test('how a thread ended can be said otherwise, by whoever might have ended it so', async () => {
  const thread = await begun(linus, { kind: 'concern', body: 'Too slow?' })
  const say = (as: As, body: Record<string, unknown>) =>
    world.call('updateThread', as, { ...on(thread.id), body })
  expect(failureOf(await say(linus, { outcome: 'answered' }))).toBe('409 conflict')
  await world.call('resolveThread', grace, { ...on(thread.id), body: {} })
  expect((await say(linus, { outcome: 'answered' })).body).toMatchObject({
    outcome: 'answered',
    resolvedBy: { id: world.ids.linus },
  })
  expect(said(await say(grace, { outcome: 'wont_fix' }))).toMatch(/Say why/)
  expect((await say(grace, { outcome: 'wont_fix', reason: 'Measured.' })).body.reason).toBe('Measured.')
  expect(said(await say(grace, { outcome: 'moved' }))).toMatch(/to which section/)
  const data = await sectionId('Data')
  expect((await say(grace, { outcome: 'moved', movedTo: data })).body).toMatchObject({
    outcome: 'moved',
    movedTo: data,
    reason: null,
  })
  expect(failureOf(await say(linus, { kind: 'nit' }))).toBe('409 conflict')
  for (const neither of [{}, { kind: 'nit', outcome: 'fixed' }])
    expect(failureOf(await say(linus, neither))).toBe('400 invalid')
  const stranger = await begun(ada, { body: 'Mine.' })
  await world.call('resolveThread', ada, { ...on(stranger.id), body: {} })
  const told = await world.call('updateThread', linus, { ...on(stranger.id), body: { outcome: 'answered' } })
  expect(failureOf(told)).toBe('403 not_resolver')
})
