import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReviewAnswer } from '../../lib/api-review'
import type { DocumentId } from '../../lib/id'
import { bodyOfHead } from '../../server/version/body'
import { ReviewWorld } from './review-world'
import { failureOf } from './world'

let story: ReviewWorld
beforeAll(async () => {
  story = await ReviewWorld.open()
})
afterAll(() => story.close())
beforeEach(async () => {
  await story.document()
})

const head = () => bodyOfHead(story.world.db, story.id as DocumentId)
const suggestions = async () =>
  (await story.ok('listThreads', 'ada')).items.filter((one: { kind: string }) => one.kind === 'suggestion')

/** Grace approves what she has read, while Ada has typed on. */
async function approvedOf(words: string, title = 'Risks'): Promise<ReviewAnswer> {
  await story.begin()
  const draft = await story.ok('startReview', 'grace')
  await story.type(title, words)
  const verdict = await story.ok('submitReview', 'grace', {
    body: { verdict: 'approve', versionId: draft.version.id, draftId: draft.id },
  })
  expect(verdict).toMatchObject({ wasNewest: false, version: { number: 1 } })
  return story.review()
}

test('an approval of an older text is shown as that, and somebody decides what of the newer one counts', async () => {
  const review = await approvedOf(' But storms are.')
  expect(review).toMatchObject({ status: 'in_review', approved: null })
  expect(review.reviewers[0]).toMatchObject({
    standing: 'approved_changed',
    verdict: { wasNewest: false },
    changes: [{ title: 'Risks' }],
  })
  expect(review.missing).toMatchObject([{ reason: 'approval' }])
  expect(review.readyToApprove).toMatchObject({ version: { number: 1 }, changes: [{ title: 'Risks' }] })
  expect(failureOf(await story.call('moveStatus', 'ada', { body: { to: 'approved' } }))).toBe(
    '409 not_approvable',
  )
})

test('the approved version comes back to the letter, and what was typed since stays as suggestions', async () => {
  const { readyToApprove } = await approvedOf(' But storms are.')
  const version = readyToApprove?.version
  const approved: ReviewAnswer = await story.ok('approveVersion', 'ada', {
    body: { versionId: version?.id },
  })
  expect(approved).toMatchObject({
    status: 'approved',
    missing: [],
    approved: { version: { id: version?.id, hash: version?.hash }, by: { id: story.ids.ada }, changes: [] },
    reviewers: [{ standing: 'approved', changes: [] }],
  })
  expect((await head()).hash).toBe(version?.hash)
  const kept = await suggestions()
  expect(kept).toMatchObject([
    {
      author: { id: story.ids.ada },
      detached: false,
      suggestion: { state: 'open', stale: false },
    },
  ])
  // Opened again, one click brings the words back.
  await story.ok('moveStatus', 'ada', { body: { to: 'in_review', reason: 'The risks.' } })
  await story.ok('acceptSuggestion', 'ada', { params: { id: kept[0].id } })
  expect((await head()).doc.textContent).toContain('None are known. But storms are.')
})

test('several people’s words are kept, and another version is not approved', async () => {
  await story.world.grant(story.id, 'margaret', 'editor')
  const before = await approvedOf(' But storms are.')
  await story.type('Data Model', ' It has an index.', 'margaret')
  const other = (await story.ok('markReviewSeen', 'grace')).mine.base
  expect(failureOf(await story.call('approveVersion', 'ada', { body: { versionId: other.id } }))).toBe(
    '409 not_approvable',
  )
  const versionId = before.readyToApprove?.version.id
  await story.ok('approveVersion', 'margaret', { body: { versionId } })
  const kept = await suggestions()
  const whose = kept.map(({ author, quote }: { author: { id: string }; quote: string }) => [quote, author.id])
  expect(new Map(whose)).toEqual(
    new Map([
      ['known.', story.ids.ada],
      ['attempts.', story.ids.margaret],
    ]),
  )
  expect(kept.every((one: { suggestion: { stale: boolean } }) => !one.suggestion.stale)).toBe(true)
})

test('asking again is the other choice: the reviewer confirms, and it is approved by itself', async () => {
  const review = await approvedOf(' But storms are.')
  await story.ok('askAgain', 'ada')
  const verdictId = review.reviewers[0]?.verdict?.id ?? ''
  const stands: ReviewAnswer = await story.ok('stillStands', 'grace', {
    params: { id: verdictId },
    body: {},
  })
  expect(stands).toMatchObject({ status: 'approved', approved: { by: null, changes: [] } })
})

test('white space and other quotes are no change; the text is approved as it is', async () => {
  await story.begin()
  const draft = await story.ok('startReview', 'grace')
  await story.change('ada', (text, heading) => (heading === 'Risks' ? 'None  are known. ' : text))
  await story.ok('submitReview', 'grace', {
    body: { verdict: 'approve', versionId: draft.version.id, draftId: draft.id },
  })
  const review = await story.review()
  expect(review).toMatchObject({ status: 'approved', reviewers: [{ standing: 'approved' }] })
  expect(review.approved.version.hash).toBe((await head()).hash)
  expect(review.approved.version.hash).not.toBe(draft.version.hash)
})

test('an approval still stands section by section', async () => {
  await story.begin()
  const { id } = await story.vote('grace', 'comment')
  expect(failureOf(await story.call('stillStands', 'grace', { params: { id }, body: {} }))).toBe(
    '409 conflict',
  )
  await story.type('Risks', ' But storms are.')
  await story.type('Data Model', ' It has an index.')
  const draft = await story.ok('startReview', 'grace')
  await story.type('Risks', ' And floods.')
  await story.type('Terminology', ' Five at most.')
  const verdict = await story.ok('submitReview', 'grace', {
    body: { verdict: 'approve', versionId: draft.version.id, draftId: draft.id },
  })
  const confirm = (sections: string[]) =>
    story.ok('stillStands', 'grace', {
      params: { id: verdict.id },
      body: { sectionIds: sections.map((title) => story.section(title)) },
    })
  const one: ReviewAnswer = await confirm(['Risks'])
  expect(one.reviewers[0]).toMatchObject({
    standing: 'approved_changed',
    changes: [{ title: 'Terminology' }],
  })
  // What is confirmed and then changed again is changed again.
  await story.type('Risks', ' And drought.')
  expect((await story.review()).reviewers[0].changes).toHaveLength(2)
  const all: ReviewAnswer = await confirm(['Risks', 'Terminology'])
  expect(all.status).toBe('approved')
})

test('a small slip in approved text is corrected by one who approved it, and the log has both texts', async () => {
  await story.begin({ personId: story.ids.linus, required: false })
  await story.vote('grace', 'approve')
  const before: ReviewAnswer = await story.review()
  expect(before.status).toBe('approved')
  const slip = await story.ok('createThread', 'linus', {
    body: { body: 'Slip.', quote: 'None are known.', suggestion: { replacement: 'None is known.' } },
  })
  const correct = (who: 'ada' | 'grace' | 'linus', threadId = slip.id) =>
    story.call('correct', who, { body: { threadId } })
  expect(failureOf(await correct('ada'))).toBe('403 not_asked')
  expect(failureOf(await correct('linus'))).toBe('403 not_asked')
  const own = await story.ok('createThread', 'grace', {
    body: { body: 'Mine.', quote: 'One table', suggestion: { replacement: 'A table' } },
  })
  expect(failureOf(await correct('grace', own.id))).toBe('403 not_yours')
  const long = await story.ok('createThread', 'linus', {
    body: { body: 'Long.', quote: 'One table', suggestion: { replacement: 'x'.repeat(300) } },
  })
  expect(failureOf(await correct('grace', long.id))).toBe('400 invalid')
  const told = await correct('grace')
  expect(told.status).toBe(200)
  const after: ReviewAnswer = told.body
  expect(after).toMatchObject({ status: 'approved', reviewers: [{ standing: 'approved' }, {}] })
  expect(after.approved?.version.hash).not.toBe(before.approved?.version.hash)
  expect((await head()).doc.textContent).toContain('None is known.')
  const log = (await story.ok('listStatusMoves', 'ada')).items
  expect(log[0]).toMatchObject({
    from: 'approved',
    to: 'approved',
    person: { id: story.ids.grace },
    version: { hash: after.approved?.version.hash },
    corrected: { hash: before.approved?.version.hash },
  })
  expect(failureOf(await correct('grace'))).toBe('409 conflict')
})
