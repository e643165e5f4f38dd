import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Happening } from '../../lib/happening'
import type { DocumentId } from '../../lib/id'
import { noFailpoints } from '../../server/failpoint'
import { tellAll } from '../../server/inbox/tell'
import { record } from '../../server/live/outbox'
import { standAsReviewers } from '../server/inbox/reviewers'
import { noticeOf } from './matrix/inbox'
import { type As, failureOf, type Somebody, World } from './world'

let world: World
const as = {} as Record<Somebody, As>
let documentId: DocumentId
beforeAll(async () => {
  world = await World.open()
  for (const name of ['ada', 'grace', 'linus', 'edsger'] as const) as[name] = await world.token(name)
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.db.query('truncate notice, mail, happening, notice_setting, document_watch')
  documentId = (await world.document('ada', 'Payment retries')).id as DocumentId
  for (const name of ['grace', 'linus'] as const) await world.grant(documentId, name, 'commenter')
})

async function happens(actor: Somebody | null, what: Happening, about = documentId): Promise<void> {
  const at = new Date(world.runtime.now())
  await standAsReviewers(world.db, about, what)
  await record(world.db, { documentId: about, actorId: actor && world.ids[actor], at, what })
  const { pool, log, now } = world.runtime
  await tellAll({ pool, log, now, mail: false, reach: noFailpoints }, new AbortController().signal)
}
const ask = (dueAt: string | null = null) =>
  happens('ada', { type: 'review.asked', personIds: [world.ids.grace, world.ids.linus], dueAt })
const inbox = async (name: Somebody, query: Record<string, string> = {}) =>
  (await world.call('listInbox', as[name], { query })).body
const count = async (name: Somebody) => (await world.call('countInbox', as[name])).body
const soon = (days: number) => new Date(world.runtime.now() + days * 24 * 3_600_000).toISOString()

test('what waits on me: most urgent first, with who, what and where', async () => {
  const other = (await world.document('ada', 'Another')).id as DocumentId
  await world.grant(other, 'grace', 'commenter')
  await happens('linus', { type: 'verdict.given', verdictId: '1', verdict: 'approve', comments: 0 })
  await happens('ada', { type: 'status.moved', from: 'draft', to: 'in_review', reason: null })
  await world.call('watchDocument', as.grace, { params: { id: documentId } })
  await happens('ada', { type: 'status.moved', from: 'draft', to: 'in_review', reason: null })
  await ask(soon(-1))
  const asked = { type: 'review.asked', personIds: [world.ids.grace], dueAt: soon(2) } as const
  await happens('ada', asked, other)
  const { items } = await inbox('grace')
  expect(items.map((item: { urgency: string }) => item.urgency)).toEqual(['overdue', 'asked', 'rest'])
  expect(items[0]).toMatchObject({
    notice: { kind: 'review_asked', again: false },
    actor: { name: 'Ada Lovelace' },
    document: { id: documentId, title: 'Payment retries' },
    readAt: null,
  })
  expect(await count('grace')).toEqual({ waiting: 3, unread: 3 })
  expect((await inbox('ada')).items[0]).toMatchObject({ notice: { kind: 'verdict' } })
})

test('read, snoozed, put away, taken back; nobody touches another’s', async () => {
  await ask()
  const [{ id }] = (await inbox('grace')).items
  const params = { id }
  const from = world.heard.length
  expect((await world.call('readNotice', as.grace, { params })).status).toBe(204)
  await world.hears((event) => event.type === 'inbox.changed' && event.personId === world.ids.grace, from)
  expect(await count('grace')).toEqual({ waiting: 1, unread: 0 })
  expect((await inbox('grace', { filter: 'unread' })).items).toEqual([])
  for (const name of ['readNotice', 'finishNotice', 'snoozeNotice'] as const) {
    const body = name === 'readNotice' ? {} : { body: name === 'finishNotice' ? {} : { until: null } }
    expect(failureOf(await world.call(name, as.linus, { params, ...body }))).toBe('404 not_found')
    expect(failureOf(await world.call(name, as.grace, { params: { id: randomUUID() }, ...body }))).toBe(
      '404 not_found',
    )
  }
  await world.call('snoozeNotice', as.grace, { params, body: { until: soon(1) } })
  expect(await count('grace')).toEqual({ waiting: 0, unread: 0 })
  for (const until of [soon(-1), soon(900)]) {
    const told = await world.call('snoozeNotice', as.grace, { params, body: { until } })
    expect(failureOf(told)).toBe('400 invalid')
  }
  await world.call('snoozeNotice', as.grace, { params, body: { until: null } })
  expect(await count('grace')).toEqual({ waiting: 1, unread: 1 })
  await world.call('finishNotice', as.grace, { params, body: {} })
  expect(await count('grace')).toEqual({ waiting: 0, unread: 0 })
  expect((await inbox('grace', { filter: 'all' })).items[0].doneAt).not.toBeNull()
  await world.call('finishNotice', as.grace, { params, body: { done: false } })
  expect(await count('grace')).toEqual({ waiting: 1, unread: 0 })
})

test('what asks for nothing waits no longer a day after it was read; what asks for something does', async () => {
  await ask()
  await happens('grace', { type: 'verdict.given', verdictId: '1', verdict: 'comment', comments: 0 })
  expect(await count('linus')).toEqual({ waiting: 2, unread: 2 })
  await world.call('readInbox', as.linus)
  expect(await count('linus')).toEqual({ waiting: 2, unread: 0 })
  world.offsetMs = 24 * 3_600_000 + 1_000
  expect((await inbox('linus')).items).toMatchObject([{ notice: { kind: 'review_asked' } }])
  expect(await count('linus')).toEqual({ waiting: 1, unread: 0 })
  expect((await inbox('linus', { filter: 'all' })).items.length).toBe(2)
  world.offsetMs = 0
})

test('a notice that was put away is not taken back beside a newer one on the same matter', async () => {
  await ask()
  const [{ id }] = (await inbox('grace')).items
  await world.call('finishNotice', as.grace, { params: { id }, body: {} })
  await ask(soon(3))
  const told = await world.call('finishNotice', as.grace, { params: { id }, body: { done: false } })
  expect(failureOf(told)).toBe('404 not_found')
  expect(await count('grace')).toEqual({ waiting: 1, unread: 1 })
})

test('who lost the document has lost what was said of it, and has it back with the document', async () => {
  await ask()
  await world.db.query('delete from document_member where document_id = $1 and person_id = $2', [
    documentId,
    world.ids.grace,
  ])
  expect((await inbox('grace', { filter: 'all' })).items).toEqual([])
  expect(await count('grace')).toEqual({ waiting: 0, unread: 0 })
  await world.grant(documentId, 'grace', 'viewer')
  expect(await count('grace')).toEqual({ waiting: 1, unread: 1 })
  await world.call('deleteDocument', as.ada, { params: { id: documentId } })
  expect(await count('grace')).toEqual({ waiting: 0, unread: 0 })
})

test('who is taken off the list of reviewers is not asked any more', async () => {
  await ask()
  await world.db.query('delete from reviewer where document_id = $1 and person_id = $2', [
    documentId,
    world.ids.grace,
  ])
  expect(await count('grace')).toEqual({ waiting: 0, unread: 0 })
  expect(await count('linus')).toEqual({ waiting: 1, unread: 1 })
})

test('reading a thread reads what was said of it, and a removed thread is said no more', async () => {
  const made = await world.call('createThread', as.linus, {
    params: { id: documentId },
    body: { body: 'Why so?' },
  })
  const threadId = made.body.id
  const reply = await world.call('createComment', as.grace, {
    params: { id: threadId },
    body: { body: 'Because.' },
  })
  const { pool, log, now } = world.runtime
  await tellAll({ pool, log, now, mail: false, reach: noFailpoints }, new AbortController().signal)
  expect((await inbox('linus')).items).toMatchObject([
    { notice: { kind: 'reply', threadId, commentId: reply.body.id } },
  ])
  await world.call('markThreadSeen', as.linus, {
    params: { id: threadId },
    body: { commentId: reply.body.id },
  })
  expect(await count('linus')).toEqual({ waiting: 1, unread: 0 })
  await world.db.query('delete from thread where id = $1', [threadId])
  expect(await count('linus')).toEqual({ waiting: 0, unread: 0 })
})

test('a thousand of them: pages follow one another without a gap or a twin', async () => {
  const ids = new Set<string>()
  for (let index = 0; index < 1_000; index++) {
    await record(world.db, {
      documentId,
      actorId: world.ids.ada,
      // Eleven minutes apart, so that each is a notice of its own.
      at: new Date(world.runtime.now() - index * 11 * 60_000),
      what: {
        type: 'comment.added',
        threadId: randomUUID(),
        commentId: randomUUID(),
        mentions: [world.ids.grace],
        isFirst: true,
      },
    })
  }
  const { pool, log, now } = world.runtime
  await tellAll({ pool, log, now, mail: false, reach: noFailpoints }, new AbortController().signal)
  await world.db.query("update notice set thread_ids = '{}'")
  expect(await count('grace')).toEqual({ waiting: 1_000, unread: 1_000 })
  let cursor: string | null = null
  let last = Number.POSITIVE_INFINITY
  do {
    const page = await inbox('grace', { limit: '100', ...(cursor ? { cursor } : {}) })
    for (const item of page.items) {
      expect(Date.parse(item.at)).toBeLessThanOrEqual(last)
      last = Date.parse(item.at)
      ids.add(item.id)
    }
    cursor = page.nextCursor
  } while (cursor)
  expect(ids.size).toBe(1_000)
  await world.call('readInbox', as.grace)
  expect(await count('grace')).toEqual({ waiting: 1_000, unread: 0 })
})

test('how I hear of things: what is left out stays, and what cannot be is refused', async () => {
  const settings = (body: unknown) => world.call('putNoticeSettings', as.grace, { body })
  const usual = (await world.call('getNoticeSettings', as.grace)).body
  expect(usual).toMatchObject({ mail: false, timeZone: null, digestHour: 9, digest: true, refused: null })
  expect(usual.channels).toMatchObject({
    review_asked: 'now',
    mention: 'now',
    verdict: 'now',
    reply: 'digest',
  })
  await settings({ channels: { reply: 'off' }, timeZone: 'Europe/Berlin' })
  const changed = (await settings({ channels: { status: 'inbox' }, digestHour: 7 })).body
  expect(changed).toMatchObject({ timeZone: 'Europe/Berlin', digestHour: 7 })
  expect(changed.channels).toMatchObject({ reply: 'off', status: 'inbox', mention: 'now' })
  for (const wrong of [
    { channels: { reply: 'pigeon' } },
    { channels: { everything: 'off' } },
    { timeZone: 'Mars/Olympus' },
    { digestHour: 24 },
    { personId: world.ids.ada },
  ]) {
    expect(failureOf(await settings(wrong))).toBe('400 invalid')
  }
})

test('what is turned off is out of sight, what was told before as well, and comes back', async () => {
  await ask()
  await world.call('putNoticeSettings', as.grace, { body: { channels: { review_asked: 'off' } } })
  expect(await count('grace')).toEqual({ waiting: 0, unread: 0 })
  await world.call('putNoticeSettings', as.grace, { body: { channels: { review_asked: 'inbox' } } })
  expect(await count('grace')).toEqual({ waiting: 1, unread: 1 })
})

test('who watches a document hears of it, until they do not', async () => {
  const params = { id: documentId }
  const get = async () => (await world.call('getWatch', as.linus, { params })).body.watching
  expect(await get()).toBe(false)
  await Promise.all([1, 2, 3].map(() => world.call('watchDocument', as.linus, { params })))
  expect(await get()).toBe(true)
  await happens('ada', { type: 'final_period.announced', endsAt: soon(3) })
  expect((await inbox('linus')).items).toMatchObject([{ notice: { kind: 'status' } }])
  await world.call('unwatchDocument', as.linus, { params })
  expect(await get()).toBe(false)
})

test('a cursor that no list gave is refused', async () => {
  await noticeOf(world, 'edsger')
  for (const cursor of ['x', '1.2', '9.1e5.x', `1.NaN.${randomUUID()}`, `1.1.${'-'.repeat(36)}`]) {
    const told = await world.call('listInbox', as.edsger, { query: { cursor } })
    expect(failureOf(told)).toBe('400 invalid')
  }
})
