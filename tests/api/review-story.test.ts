import { afterAll, beforeAll, expect, test } from 'vitest'
import type { NoticeAnswer } from '../../lib/api-inbox'
import { noFailpoints } from '../../server/failpoint'
import { tellAll } from '../../server/inbox/tell'
import { ReviewWorld } from './review-world'
import { failureOf, type Somebody } from './world'

let story: ReviewWorld
beforeAll(async () => {
  story = await ReviewWorld.open()
})
afterAll(() => story.close())

const friday = '2027-01-08T17:00:00.000Z'

/** What waits on somebody in this document, once everybody was told; and how many mails wait to be sent to them. */
async function waiting(who: Somebody): Promise<{ kinds: string[]; mails: number }> {
  const { db, runtime, ids } = story.world
  const parts = { pool: db, log: runtime.log, now: runtime.now, mail: true, reach: noFailpoints }
  await tellAll(parts, new AbortController().signal)
  const { items } = (await story.world.call('listInbox', story.as[who])).body
  const mine = items.filter((one: NoticeAnswer) => one.document.id === story.id && one.doneAt === null)
  const { rows } = await db.query('select 1 from mail where person_id = $1 and digest_for is null', [
    ids[who],
  ])
  return { kinds: mine.map((one: NoticeAnswer) => one.notice.kind).sort(), mails: rows.length }
}

test('a design is reviewed, approved as one exact text, and opened again', async () => {
  const { ids, world } = story
  // Ada asks Grace for all of it, and invites Linus for the data model.
  const named = await story.ask(
    { personId: ids.grace, dueAt: friday },
    { personId: ids.linus, required: false, sectionIds: [story.section('Data Model')], dueAt: friday },
  )
  expect(named).toMatchObject({ status: 'draft', turn: null })
  const begun = await story.ok('moveStatus', 'ada', { body: { to: 'in_review' } })
  expect(begun).toMatchObject({ status: 'in_review', turn: 'reviewers' })
  expect(begun.missing).toEqual([
    expect.objectContaining({ reason: 'approval', person: expect.objectContaining({ id: ids.grace }) }),
  ])
  // Both may comment now, and neither could read it before.
  expect((await story.ok('getDocument', 'linus')).role).toBe('commenter')

  expect(await waiting('grace')).toEqual({ kinds: ['review_asked'], mails: 1 })
  expect(await waiting('linus')).toEqual({ kinds: ['review_asked'], mails: 1 })

  // Grace gathers four comments, one of them blocking; nobody sees them, but that she is writing.
  const draft = await story.ok('startReview', 'grace')
  expect(draft.version).toMatchObject({ number: 1 })
  const gather = (body: Record<string, unknown>) =>
    story.ok('createThread', 'grace', { body: { draftId: draft.id, ...body } })
  const better = await gather({
    body: 'Clearer.',
    quote: 'None are known',
    suggestion: { replacement: 'Storms of retries are known' },
  })
  await gather({ kind: 'nit', body: 'Comma?', quote: 'at least once' })
  await gather({ kind: 'question', body: 'Since when?', sectionId: story.section('Introduction') })
  const blocking = await gather({ kind: 'blocking', body: 'How many attempts?', quote: 'another attempt' })
  expect((await story.ok('startReview', 'grace')).id).toBe(draft.id)
  const meanwhile = await story.review('ada')
  expect(meanwhile.writing).toEqual([expect.objectContaining({ id: ids.grace })])
  expect((await story.ok('listThreads', 'ada')).items).toEqual([])
  expect((await story.review('grace')).mine.draft).toMatchObject({ comments: 4, changes: [] })

  // She submits: an approval on one condition.
  const given = await story.ok('submitReview', 'grace', {
    body: { verdict: 'approve_if', versionId: draft.version.id, draftId: draft.id, body: 'Nearly there.' },
  })
  expect(given).toMatchObject({
    kind: 'approve_if',
    wasNewest: true,
    conditions: [{ threadId: blocking.id, met: false }],
  })
  expect((await story.ok('listThreads', 'ada')).items).toHaveLength(4)
  // One notice for all of it, and one mail.
  expect(await waiting('ada')).toEqual({ kinds: ['verdict'], mails: 1 })
  const conditional = await story.review()
  expect(conditional).toMatchObject({ turn: 'authors', writing: [] })
  expect(conditional.missing.map((one: { reason: string }) => one.reason)).toEqual([
    'approval',
    'blocking_thread',
  ])

  // Ada fixes the section of the condition, accepts the suggestion, and asks again.
  await story.type('Terminology', ' Five at most.')
  await story.ok('acceptSuggestion', 'ada', { params: { id: better.id } })
  expect(await story.standing('grace')).toBe('conditional')
  const again = await story.ok('askAgain', 'ada')
  expect(again.turn).toBe('reviewers')

  // Grace sees what changed, and only that.
  const hers = (await story.review('grace')).mine
  expect(hers.base).toMatchObject({ number: 1 })
  expect(hers.changes.map((one: { title: string }) => one.title)).toEqual(['Terminology', 'Risks'])

  // She resolves her condition: with that she stands as approving, and nothing is missing.
  await story.ok('resolveThread', 'grace', { params: { id: blocking.id }, body: { outcome: 'fixed' } })
  const approved = await story.review('linus')
  expect(approved).toMatchObject({ status: 'approved', turn: null, missing: [], readyToApprove: null })
  expect(approved.approved).toMatchObject({ version: { number: 2 }, by: null, changes: [] })
  expect(approved.approved.version.hash).toMatch(/^[0-9a-f]{64}$/)
  expect(approved.reviewers.map((one: { standing: string }) => one.standing)).toEqual(['approved', 'waiting'])
  expect((await story.ok('getDocument', 'ada')).status).toBe('approved')

  expect(await waiting('grace')).toMatchObject({ kinds: expect.not.arrayContaining(['review_asked']) })

  // What Ada typed in that very second comes as a suggestion, and the text stays what was approved.
  const late = await story.ok('createThread', 'ada', {
    body: { body: '', quote: 'One table', suggestion: { at: 'before', replacement: 'At first: ' } },
  })
  expect(late).toMatchObject({ kind: 'suggestion', suggestion: { state: 'open', stale: false } })
  expect(failureOf(await story.call('acceptSuggestion', 'ada', { params: { id: late.id } }))).toBe(
    '409 conflict',
  )
  expect((await story.review()).approved.changes).toEqual([])

  // Ada opens it again and changes one section: the bar says so.
  expect(failureOf(await story.call('moveStatus', 'ada', { body: { to: 'draft' } }))).toBe('409 transition')
  const opened = await story.ok('moveStatus', 'ada', {
    body: { to: 'in_review', reason: 'The limit is too low.' },
  })
  expect(opened).toMatchObject({ status: 'in_review', turn: 'authors', reason: 'The limit is too low.' })
  expect(opened.readyToApprove).toMatchObject({ version: { number: 2 }, changes: [] })
  await story.type('Terminology', ' Ten, on request.')
  const changed = await story.review()
  expect(changed.approved.changes).toEqual([
    { sectionId: story.section('Terminology'), title: 'Terminology', change: 'changed' },
  ])
  expect(changed.reviewers[0]).toMatchObject({
    standing: 'approved_changed',
    changes: [{ title: 'Terminology' }],
  })
  const log = (await story.ok('listStatusMoves', 'ada')).items
  expect(log.map(({ from, to }: { from: string; to: string }) => `${from} ${to}`)).toEqual([
    'approved in_review',
    'in_review approved',
    'draft in_review',
  ])
  expect(log[1]).toMatchObject({ person: null, version: { number: 2 } })
  const { rows } = await world.db.query('select what from happening where document_id = $1 order by id', [
    story.id,
  ])
  expect(rows.map(({ what }) => what.type)).toEqual([
    'status.moved',
    'review.asked',
    'verdict.given',
    'thread.resolved',
    'review.asked_again',
    'thread.resolved',
    'status.moved',
    'comment.added',
    'status.moved',
  ])
  // Asked again, she is told what is new to her: Terminology and Risks, and that her suggestion was accepted.
  const askedAgain = rows.find(({ what }) => what.type === 'review.asked_again')?.what
  expect(askedAgain.news).toEqual([{ personId: ids.grace, sections: 2, threads: 1 }])
})
