import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReviewBriefAnswer } from '../../lib/api-review'
import { ReviewWorld } from './review-world'

let story: ReviewWorld
beforeAll(async () => {
  story = await ReviewWorld.open()
})
afterAll(() => story.close())

const briefs = async (
  who: 'ada' | 'grace' | 'edsger',
  ...documentIds: string[]
): Promise<ReviewBriefAnswer[]> =>
  (await story.ok('listReviewBriefs', who, { query: { documentIds: documentIds.join(',') } })).items

test('a list is told who reviews what and what they last said, of what its reader may read', async () => {
  const { ids } = story
  const other = story.id
  const id = await story.document()
  await story.ask({ personId: ids.linus, required: false }, { personId: ids.grace })
  await story.ok('moveStatus', 'ada', { body: { to: 'in_review' } })
  const [brief, ...rest] = await briefs('ada', other, id, 'nonsense')
  expect(rest).toEqual([])
  expect(brief).toMatchObject({ documentId: id, turn: 'reviewers' })
  expect(brief?.reviewers.map(({ person, required, verdict }) => [person.id, required, verdict])).toEqual([
    [ids.grace, true, null],
    [ids.linus, false, null],
  ])

  // A remark after a verdict takes nothing back from it.
  const { version } = await story.ok('startReview', 'grace')
  await story.ok('submitReview', 'grace', { body: { verdict: 'request_changes', versionId: version.id } })
  await story.ok('submitReview', 'grace', { body: { verdict: 'comment', versionId: version.id } })
  const [after] = await briefs('grace', id)
  expect(after).toMatchObject({
    turn: 'authors',
    reviewers: [{ verdict: 'request_changes' }, { verdict: null }],
  })

  // Who cannot read the document hears nothing of its reviewers; nor does anybody of one in the bin.
  expect(await briefs('edsger', id)).toEqual([])
  expect(await briefs('ada')).toEqual([])
  await story.ok('deleteDocument', 'ada')
  expect(await briefs('ada', id)).toEqual([])
})
