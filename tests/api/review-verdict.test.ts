import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReviewAnswer, VerdictAnswer } from '../../lib/api-review'
import { ReviewWorld } from './review-world'
import { failureOf, type Somebody } from './world'

let story: ReviewWorld
beforeAll(async () => {
  story = await ReviewWorld.open()
})
afterAll(() => story.close())
beforeEach(async () => {
  await story.document()
})

const submit = (who: Somebody, body: object, headers: Record<string, string> = {}) =>
  story.call('submitReview', who, { body, headers })
const gather = (who: Somebody, draftId: string, body: object) =>
  story.ok('createThread', who, { body: { draftId, body: 'Words.', ...body } })
const standing = async (who: Somebody) => story.standing(who)

test('a verdict is given once, by whoever was asked, on a text of this document', async () => {
  await story.begin()
  await story.world.grant(story.id, 'linus', 'editor')
  const draft = await story.ok('startReview', 'grace')
  const versionId = draft.version.id
  const approve = { verdict: 'approve', versionId }
  const refused = async (who: Somebody, body: object, failure: string) =>
    expect(`${JSON.stringify(body)}: ${failureOf(await submit(who, body))}`).toBe(
      `${JSON.stringify(body)}: ${failure}`,
    )
  await refused('linus', approve, '403 not_asked')
  await refused('linus', { ...approve, personId: story.ids.grace }, '403 not_yours')
  await refused('linus', { ...approve, draftId: draft.id }, '403 not_yours')
  await refused('edsger', approve, '404 not_found')
  await refused('grace', { ...approve, personId: story.ids.linus }, '403 not_yours')
  await refused('grace', { ...approve, versionId: randomUUID() }, '404 not_found')
  await refused('grace', { ...approve, draftId: randomUUID() }, '409 conflict')
  await refused('grace', { ...approve, verdict: 'veto' }, '400 invalid')
  await refused('grace', { ...approve, body: 'a\0b' }, '400 invalid')
  await refused('grace', { ...approve, body: 'x'.repeat(20_001) }, '413 too_large')
  await refused('grace', { ...approve, verdict: 'approve_if', draftId: draft.id }, '400 invalid')
  expect(await standing('grace')).toBe('waiting')
  // A text of another document.
  const mine = story.id
  await story.document()
  await story.begin()
  const theirs = (await story.ok('startReview', 'grace')).version.id
  story.id = mine
  await refused('grace', { ...approve, versionId: theirs }, '404 not_found')

  const changes = { verdict: 'request_changes', versionId, draftId: draft.id, body: ' No. ' }
  expect((await submit('grace', changes)).body).toMatchObject({ kind: 'request_changes', body: 'No.' })
  await refused('grace', changes, '409 replayed')
  await refused('grace', { verdict: 'request_changes', versionId, body: 'No.' }, '409 replayed')
  expect((await submit('grace', { verdict: 'request_changes', versionId, body: 'Still no.' })).status).toBe(
    201,
  )
})

test('the same call twice gives one verdict and one answer', async () => {
  await story.begin()
  const draft = await story.ok('startReview', 'grace')
  const body = { verdict: 'comment', versionId: draft.version.id, draftId: draft.id }
  const headers = { 'idempotency-key': 'this-very-verdict' }
  const [one, two] = await Promise.all([submit('grace', body, headers), submit('grace', body, headers)])
  expect([one.status, two.status]).toEqual([201, 201])
  expect(two.body).toEqual(one.body)
  // Two pages, each with a key of its own: one wins, and the other is told.
  const again = await story.ok('startReview', 'grace')
  const next = { verdict: 'request_changes', versionId: again.version.id, draftId: again.id }
  const told = await Promise.all([submit('grace', next), submit('grace', next)])
  expect(told.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(failureOf(told.find(({ status }) => status === 409) as (typeof told)[0])).toBe('409 replayed')
  const { rows } = await story.world.db.query('select 1 from verdict where document_id = $1', [story.id])
  expect(rows).toHaveLength(2)
})

test('a review that is being written is pinned, goes on, and can be given up', async () => {
  await story.begin()
  await story.world.grant(story.id, 'linus', 'editor')
  expect(failureOf(await story.call('startReview', 'linus'))).toBe('403 not_asked')
  const starts = await Promise.all([story.ok('startReview', 'grace'), story.ok('startReview', 'grace')])
  expect(starts[0].id).toBe(starts[1].id)
  const { id } = starts[0]
  await gather('grace', id, { quote: 'One table' })
  await story.type('Risks', ' But storms are.')
  const mine = (await story.review('grace')).mine.draft
  expect(mine).toMatchObject({ id, version: { number: 1 }, comments: 1, changes: [{ title: 'Risks' }] })
  const pinned = await story.ok('repinReview', 'grace')
  expect(pinned).toMatchObject({ id, version: { number: 2 }, comments: 1, changes: [] })
  expect((await story.review('ada')).mine.draft).toBeNull()
  expect(failureOf(await story.call('repinReview', 'ada'))).toBe('409 conflict')
  // A status move never deletes drafts.
  await story.ok('moveStatus', 'ada', { body: { to: 'draft' } })
  expect((await story.review('grace')).mine.draft).toMatchObject({ id, comments: 1 })
  await story.ok('discardReview', 'grace')
  await story.ok('discardReview', 'grace')
  expect((await story.review('grace')).mine.draft).toBeNull()
  expect((await story.ok('listThreads', 'grace')).items).toEqual([])
})

test('who is not asked any more still sends what they have gathered, and judges nothing', async () => {
  await story.begin({ personId: story.ids.linus })
  const draft = await story.ok('startReview', 'linus')
  await gather('linus', draft.id, { quote: 'One table' })
  await story.ask({ personId: story.ids.grace })
  const body = { versionId: draft.version.id, draftId: draft.id }
  expect(failureOf(await submit('linus', { ...body, verdict: 'approve' }))).toBe('403 not_asked')
  expect((await submit('linus', { ...body, verdict: 'comment' })).status).toBe(201)
  expect((await story.ok('listThreads', 'ada')).items).toHaveLength(1)
  expect((await story.review()).reviewers).toHaveLength(1)
})

test('conditions are met by who set them; the owner holds one met, and its reviewer disagrees', async () => {
  await story.begin()
  const draft = await story.ok('startReview', 'grace')
  const first = await gather('grace', draft.id, { kind: 'blocking', quote: 'another attempt' })
  const second = await gather('grace', draft.id, { kind: 'blocking', quote: 'One table' })
  const verdict: VerdictAnswer = (
    await submit('grace', { verdict: 'approve_if', versionId: draft.version.id, draftId: draft.id })
  ).body
  expect(verdict.conditions.map(({ threadId }) => threadId)).toEqual([first.id, second.id])
  await story.type('Terminology', ' Five at most.')
  const met = (name: 'markConditionMet' | 'markConditionNotMet', who: Somebody, threadId: string) =>
    story.call(name, who, { params: { id: verdict.id, threadId } })
  expect(failureOf(await met('markConditionMet', 'grace', first.id))).toBe('403 forbidden')
  expect(failureOf(await met('markConditionMet', 'ada', randomUUID()))).toBe('404 not_found')
  const held: ReviewAnswer = (await met('markConditionMet', 'ada', first.id)).body
  expect(held.reviewers[0]).toMatchObject({
    standing: 'conditional',
    verdict: {
      conditions: [
        { met: true, metBy: { id: story.ids.ada } },
        { met: false, metBy: null },
      ],
    },
  })
  expect(failureOf(await met('markConditionMet', 'ada', first.id))).toBe('409 conflict')
  expect(failureOf(await met('markConditionNotMet', 'ada', first.id))).toBe('403 not_yours')
  const disagreed: ReviewAnswer = (await met('markConditionNotMet', 'grace', first.id)).body
  expect(disagreed.reviewers[0]?.verdict?.conditions).toMatchObject([{ met: false }, { met: false }])
  expect(failureOf(await met('markConditionNotMet', 'grace', first.id))).toBe('409 conflict')
  // To overrule a blocking thread is not to meet the condition.
  await story.ok('resolveThread', 'ada', {
    params: { id: first.id },
    body: { outcome: 'wont_fix', reason: 'No.' },
  })
  await story.ok('resolveThread', 'grace', { params: { id: second.id }, body: {} })
  expect(await standing('grace')).toBe('conditional')
  // Held met after all, and that was the last one. The section that held it may have changed.
  const approved: ReviewAnswer = (await met('markConditionMet', 'ada', first.id)).body
  expect(approved).toMatchObject({ status: 'approved', reviewers: [{ standing: 'approved' }] })
})

test('a change beside the condition’s section voids an approval on conditions', async () => {
  await story.begin()
  const draft = await story.ok('startReview', 'grace')
  const thread = await gather('grace', draft.id, { kind: 'blocking', quote: 'another attempt' })
  await submit('grace', { verdict: 'approve_if', versionId: draft.version.id, draftId: draft.id })
  await story.type('Terminology', ' Five at most.')
  await story.type('Risks', ' But storms are.')
  // Nobody asked her again: what she was not shown, she has not approved.
  await story.ok('resolveThread', 'grace', { params: { id: thread.id }, body: {} })
  const review: ReviewAnswer = await story.review()
  expect(review).toMatchObject({
    status: 'in_review',
    reviewers: [{ standing: 'approved_changed', changes: [{ title: 'Risks' }] }],
  })
  await story.type('Terminology', ' Or ten.')
  expect((await story.review()).reviewers[0].changes).toHaveLength(2)
})

test('who removes their own blocking thread takes the condition back', async () => {
  await story.begin()
  const draft = await story.ok('startReview', 'grace')
  const thread = await gather('grace', draft.id, { kind: 'blocking', quote: 'another attempt' })
  await submit('grace', { verdict: 'approve_if', versionId: draft.version.id, draftId: draft.id })
  await story.ok('deleteComment', 'grace', { params: { id: thread.comments[0].id } })
  expect(await story.review()).toMatchObject({ status: 'approved', missing: [] })
})

test('a concern has to be answered, and a nit in a document just opened again approves nothing', async () => {
  await story.begin({ personId: story.ids.linus, required: false })
  const concern = await story.ok('createThread', 'ada', { body: { kind: 'concern', body: 'Hm.' } })
  const nit = await story.ok('createThread', 'linus', { body: { kind: 'nit', body: 'Comma.' } })
  await story.vote('grace', 'approve')
  expect(await story.review()).toMatchObject({
    status: 'in_review',
    missing: [{ reason: 'concern', threadId: concern.id }],
  })
  await story.ok('resolveThread', 'ada', { params: { id: concern.id }, body: { outcome: 'answered' } })
  expect((await story.review()).status).toBe('approved')
  await story.ok('moveStatus', 'ada', { body: { to: 'in_review', reason: 'More.' } })
  await story.ok('resolveThread', 'linus', { params: { id: nit.id }, body: {} })
  await story.vote('linus', 'comment', 'Fine.')
  expect((await story.review()).status).toBe('in_review')
})

test('a verdict on a part stands while that part does', async () => {
  const dataModel = story.section('Data Model')
  await story.ask({ personId: story.ids.linus, sectionIds: [story.section('Introduction')] })
  await story.ok('moveStatus', 'ada', { body: { to: 'in_review' } })
  await story.ok('createThread', 'ada', { body: { kind: 'blocking', body: 'Wait.' } })
  await story.vote('linus', 'approve')
  await story.type('Data Model', ' It has an index.')
  expect(await standing('linus')).toBe('approved')
  expect((await story.review('linus')).mine.changes).toEqual([])
  // What stands under a section is of its scope.
  await story.type('Terminology', ' Five at most.')
  const review: ReviewAnswer = await story.review()
  expect(review.reviewers[0]?.changes).toMatchObject([{ title: 'Terminology', change: 'changed' }])
  expect(review.reviewers[0]?.changes.map(({ sectionId }) => sectionId)).not.toContain(dataModel)
})

test('sections are marked as read by who says so, until they change in substance', async () => {
  await story.begin()
  await story.world.grant(story.id, 'linus', 'commenter')
  const all = (await story.review()).unreadSections
  expect(all).toHaveLength(5)
  const mark = (
    who: Somebody,
    title: string,
    name: 'markSectionRead' | 'unmarkSectionRead' = 'markSectionRead',
  ) => story.call(name, who, { params: { sectionId: story.section(title) } })
  expect((await mark('grace', 'Risks')).status).toBe(204)
  await mark('grace', 'Data Model')
  // Only reviewers count for whether anybody has read it.
  await mark('linus', 'Terminology')
  const read = await story.review('grace')
  expect(new Set(read.mine.read)).toEqual(new Set([story.section('Risks'), story.section('Data Model')]))
  expect(read.unreadSections).toHaveLength(3)
  await story.change('ada', (text, heading) => (heading === 'Risks' ? `${text} ` : text))
  expect((await story.review('grace')).mine.read).toHaveLength(2)
  await story.type('Risks', 'But storms are.')
  await mark('grace', 'Data Model', 'unmarkSectionRead')
  expect((await story.review('grace')).mine.read).toEqual([])
  expect((await story.review('linus')).mine.read).toEqual([story.section('Terminology')])
  const gone = { params: { sectionId: 'no-such-section' } }
  expect(failureOf(await story.call('markSectionRead', 'grace', gone))).toBe('404 not_found')
})

test('a redline begins at my last verdict or at what I marked as read, and looking moves nothing', async () => {
  await story.begin()
  expect((await story.review('grace')).mine).toMatchObject({ base: null, changes: [] })
  await story.vote('grace', 'request_changes')
  await story.type('Risks', ' But storms are.')
  for (let look = 0; look < 3; look++) {
    expect((await story.review('grace')).mine).toMatchObject({
      base: { number: 1 },
      changes: [{ title: 'Risks' }],
    })
  }
  const seen: ReviewAnswer = await story.ok('markReviewSeen', 'grace')
  expect(seen.mine).toMatchObject({ base: { number: 2 }, changes: [] })
  await story.type('Data Model', ' It has an index.')
  expect((await story.review('grace')).mine.changes).toMatchObject([{ title: 'Data Model' }])
  expect((await story.review('ada')).mine.base).toBeNull()
})
