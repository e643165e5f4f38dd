import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommentAnswer, ThreadAnswer } from '../../lib/api-thread'
import { mentionOf, reactions } from '../../lib/comment'
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
  id = (await world.document('ada', 'Named')).id
  await world.grant(id, 'grace', 'editor')
  await world.grant(id, 'linus', 'commenter')
})
afterAll(() => world.close())

const on = (partId: string) => ({ params: { id: partId } })
const start = (as: As, body: string) => world.call('createThread', as, { params: { id }, body: { body } })
const begun = async (as: As, body: string): Promise<ThreadAnswer> => {
  const told = await start(as, body)
  if (told.status !== 201) throw new Error(JSON.stringify(told.body))
  return told.body
}
const naming = (...people: Somebody[]) => people.map((name) => mentionOf(world.ids[name])).join(' ')
const firstOf = (thread: ThreadAnswer): CommentAnswer => {
  const [comment] = thread.comments
  if (!comment) throw new Error('a thread without a comment')
  return comment
}
const heardOf = async (commentId: string) =>
  (
    await world.db.query<{ what: { mentions: string[] } }>(
      "select what from happening where what->>'commentId' = $1 order by id",
      [commentId],
    )
  ).rows.map(({ what }) => what.mentions)

test('a comment names people by who they are; they are told once each', async () => {
  const thread = await begun(linus, `Ask ${naming('grace', 'grace')}, or ${naming('linus')}.`)
  const comment = firstOf(thread)
  expect(comment.mentions.map((person) => person.name).sort()).toEqual(['Grace Hopper', 'Linus Torvalds'])
  expect(await heardOf(comment.id)).toEqual([[world.ids.grace]])
  const edit = (body: string) => world.call('updateComment', linus, { ...on(comment.id), body: { body } })
  await edit(`Ask ${naming('grace')} at once.`)
  await edit(`Ask ${naming('grace', 'ada')} at once.`)
  const read = firstOf((await world.call('getThread', ada, on(thread.id))).body)
  expect(read.mentions.map((person) => person.id).sort()).toEqual([world.ids.ada, world.ids.grace].sort())
  expect(await heardOf(comment.id)).toEqual([[world.ids.grace], [world.ids.ada]])
})

test('nobody is named who cannot read the document; who could before, stays named', async () => {
  for (const body of [naming('margaret'), `Hi ${mentionOf('00000000-0000-4000-8000-000000000000')}`]) {
    const told = await start(linus, body)
    expect([failureOf(told), said(told)]).toEqual(['400 invalid', expect.stringMatching(/cannot read/)])
  }
  await world.grant(id, 'edsger', 'viewer')
  const comment = firstOf(await begun(linus, naming('edsger')))
  await world.db.query('delete from document_member where document_id = $1 and person_id = $2', [
    id,
    world.ids.edsger,
  ])
  const edit = (body: string) => world.call('updateComment', linus, { ...on(comment.id), body: { body } })
  expect((await edit(`${naming('edsger')}, still.`)).status).toBe(200)
  expect(failureOf(await edit(naming('edsger', 'margaret')))).toBe('400 invalid')
  const { rows } = await world.db.query('select body from thread_comment where id = $1', [comment.id])
  expect(rows[0].body).toBe(`${naming('edsger')}, still.`)
})

test('somebody of another company is nobody here, even with a role on the document', async () => {
  const stranger = await world.meet('margaret', 'https://elsewhere.example')
  await world.db.query(
    "insert into document_member (document_id, person_id, role) values ($1, $2, 'viewer')",
    [id, stranger.id],
  )
  expect(failureOf(await start(linus, mentionOf(stranger.id)))).toBe('400 invalid')
  const offered = await world.call('listMentionable', ada, { params: { id }, query: { q: 'margaret' } })
  expect(offered.body.items.map((one: any) => one.person.id)).toEqual([world.ids.margaret])
})

test('a hundred names, and ten thousand, are refused with a sentence', async () => {
  const ids = Array.from({ length: 10_000 }, (_, n) =>
    mentionOf(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`),
  )
  const some = await start(linus, ids.slice(0, 100).join(''))
  expect([failureOf(some), said(some)]).toEqual(['400 invalid', expect.stringMatching(/at most 50/)])
  expect(failureOf(await start(linus, ids.join('')))).toMatch(/^413 too_large$/)
})

test('who is offered: readers; everybody else too, to whoever may share', async () => {
  const offered = async (as: As, q: string) =>
    (await world.call('listMentionable', as, { params: { id }, query: { q } })).body.items.map((one: any) => [
      one.person.name,
      one.canRead,
    ])
  expect(await offered(linus, 'gra')).toEqual([['Grace Hopper', true]])
  expect(await offered(linus, 'marg')).toEqual([])
  expect(await offered(ada, 'marg')).toEqual([['Margaret Hamilton', false]])
  expect(await offered(linus, '!!')).toEqual([])
  const [first] = (await offered(ada, '')) as [string, boolean][]
  expect(first?.[1]).toBe(true)
})

test('signs under a comment: each of a person’s once, of the closed set alone', async () => {
  const thread = await begun(linus, 'Like it?')
  const { id: commentId } = firstOf(thread)
  const put = (as: As, emoji: string) => world.call('putReaction', as, { params: { id: commentId, emoji } })
  const events = world.heard.length
  const both = await Promise.all([put(ada, '👍'), put(ada, '👍')])
  expect(both.map((told) => told.status)).toEqual([204, 204])
  await put(grace, '👍')
  await put(grace, '❤️')
  const read = async () => firstOf((await world.call('getThread', linus, on(thread.id))).body).reactions
  expect((await read()).map((one) => [one.emoji, one.people.map((person) => person.name)])).toEqual([
    ['👍', ['Ada Lovelace', 'Grace Hopper']],
    ['❤️', ['Grace Hopper']],
  ])
  await world.hears((event) => event.type === 'thread.changed' && event.threadId === thread.id, events)
  const back = (as: As) => world.call('deleteReaction', as, { params: { id: commentId, emoji: '👍' } })
  expect([(await back(ada)).status, (await back(ada)).status, (await back(linus)).status]).toEqual([
    204, 204, 204,
  ])
  expect((await read()).map((one) => one.people.length)).toEqual([1, 1])
  for (const none of ['x', '👍👍', '👍🏽', '<script>', '...', '%00', 'a'.repeat(5_000)]) {
    const told = await put(ada, none)
    expect([failureOf(told), said(told)]).toEqual([
      '400 invalid',
      expect.stringContaining(reactions.join(' ')),
    ])
  }
  await world.call('deleteComment', linus, on(commentId))
  expect(failureOf(await put(ada, '👍'))).toBe('404 not_found')
})

test('what a comment said before somebody replied to it is kept, and goes with its author’s wish', async () => {
  const thread = await begun(linus, 'One.')
  const comment = firstOf(thread)
  const edit = (body: string) => world.call('updateComment', linus, { ...on(comment.id), body: { body } })
  const wordings = async () =>
    (await world.call('listWordings', grace, on(comment.id))).body.items.map((one: any) => one.body)
  await edit('One, before anybody replied.')
  expect(await wordings()).toEqual([])
  await world.call('createComment', ada, { ...on(thread.id), body: { body: 'Yes.' } })
  expect((await edit('One, before anybody replied.')).body.wordings).toBe(0)
  await edit('Two.')
  const third = (await edit('Three.')).body as CommentAnswer
  expect([third.body, third.wordings]).toEqual(['Three.', 2])
  expect(await wordings()).toEqual(['One, before anybody replied.', 'Two.'])
  const page = await world.call('listWordings', grace, { ...on(comment.id), query: { limit: '1' } })
  const rest = await world.call('listWordings', grace, {
    ...on(comment.id),
    query: { cursor: page.body.nextCursor },
  })
  expect([page.body.items.length, rest.body.items.map((one: any) => one.body)]).toEqual([1, ['Two.']])
  await world.call('deleteComment', linus, on(comment.id))
  const { rows } = await world.db.query('select 1 from comment_wording where comment_id = $1', [comment.id])
  expect(rows).toEqual([])
  expect(failureOf(await world.call('listWordings', grace, on(comment.id)))).toBe('404 not_found')
})
