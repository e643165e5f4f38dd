import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { endFinalPeriods } from '../../server/review/period'
import { ReviewWorld } from './review-world'
import { failureOf } from './world'

/** What would let an approval stand for a text that its giver has not seen, or keep a text from being approved. */

let story: ReviewWorld
beforeAll(async () => {
  story = await ReviewWorld.open()
})
afterAll(() => story.close())
beforeEach(async () => {
  await story.document()
})

/** Grace approves, if something in *Data Model* changes. */
async function conditional() {
  await story.begin()
  const draft = await story.ok('startReview', 'grace')
  const condition = await story.ok('createThread', 'grace', {
    body: { kind: 'blocking', body: 'Which index?', quote: 'holds the attempts', draftId: draft.id },
  })
  const verdict = await story.ok('submitReview', 'grace', {
    body: { verdict: 'approve_if', versionId: draft.version.id, draftId: draft.id },
  })
  return { condition, verdict }
}

test('a condition that is attached elsewhere approves nothing there', async () => {
  const { condition, verdict } = await conditional()
  await story.type('Risks', ' But the database may be lost.')
  const moved = await story.call('reattachThread', 'ada', {
    params: { id: condition.id },
    body: { quote: 'the database may be lost' },
  })
  expect(failureOf(moved)).toBe('403 forbidden')
  await story.ok('markConditionMet', 'ada', { params: { id: verdict.id, threadId: condition.id } })
  expect(await story.standing('grace')).toBe('approved_changed')
  expect((await story.review()).status).toBe('in_review')
})

test('its author attaches a blocking thread elsewhere, and an editor one that blocks nothing', async () => {
  const { condition } = await conditional()
  await story.ok('reattachThread', 'grace', { params: { id: condition.id }, body: { quote: 'One table' } })
  const nit = await story.ok('createThread', 'grace', {
    body: { kind: 'nit', body: 'Hm.', quote: 'One table' },
  })
  await story.ok('reattachThread', 'ada', { params: { id: nit.id }, body: { quote: 'None are known' } })
})

test('a section that is named twice still stands once', async () => {
  await story.begin()
  const { id } = await story.vote('grace', 'approve')
  await story.ok('moveStatus', 'ada', { body: { to: 'in_review', reason: 'More.' } })
  await story.type('Risks', ' Storms.')
  const risks = story.section('Risks')
  await story.ok('stillStands', 'grace', { params: { id }, body: { sectionIds: [risks, risks] } })
  expect(await story.standing('grace')).toBe('approved')
})

test('what is in the bin is not approved by the end of its final comment period', async () => {
  await story.begin()
  const now = story.world.runtime.now()
  await story.ok('announceFinalPeriod', 'ada', {
    body: { endsAt: new Date(now + 60_000).toISOString() },
  })
  await story.vote('grace', 'approve')
  await story.ok('deleteDocument', 'ada')
  expect(await endFinalPeriods(story.world.db, now + 120_000)).not.toContain(story.id)
  await story.ok('restoreDocument', 'ada')
  expect((await story.review()).status).toBe('in_review')
  // Taken out of it, the period has its end.
  expect(await endFinalPeriods(story.world.db, now + 120_000)).toContain(story.id)
  expect((await story.review()).status).toBe('approved')
})

test('a text is approved however much was typed behind it', async () => {
  await story.begin()
  const draft = await story.ok('startReview', 'grace')
  await story.type('Risks', `${' Storms.'.repeat(26_000)} The end.`)
  await story.ok('submitReview', 'grace', {
    body: { verdict: 'approve', versionId: draft.version.id, draftId: draft.id },
  })
  const approved = await story.ok('approveVersion', 'ada', { body: { versionId: draft.version.id } })
  expect(approved).toMatchObject({ status: 'approved' })
  // No suggestion can hold it: a comment says in which version it is.
  const [comment, ...more] = (await story.ok('listThreads', 'ada')).items
  expect([comment.kind, more]).toEqual(['comment', []])
  const number = Number(/in version (\d+), in the history/.exec(comment.comments[0].body)?.[1])
  const versions = (await story.ok('listVersions', 'ada')).items
  const { id } = versions.find((one: { number: number }) => one.number === number)
  expect(JSON.stringify(await story.ok('getVersion', 'ada', { params: { id } }))).toContain(
    'Storms. The end.',
  )
})
