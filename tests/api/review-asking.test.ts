import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReviewAnswer, ReviewerAnswer } from '../../lib/api-review'
import { ReviewWorld } from './review-world'
import { failureOf, type Somebody, type Told } from './world'

let story: ReviewWorld
beforeAll(async () => {
  story = await ReviewWorld.open()
})
afterAll(() => story.close())
beforeEach(async () => {
  await story.document()
  for (const who of ['grace', 'linus'] as const) await story.ok('deleteAway', who)
})

const wanted = (who: Somebody, given: object = {}) => ({ personId: story.ids[who], ...given })
const put = (reviewers: object[], who: Somebody = 'ada'): Promise<Told> =>
  story.call('putReviewers', who, { body: { reviewers } })
const of = (review: ReviewAnswer, who: Somebody) =>
  review.reviewers.find(({ person }) => person.id === story.ids[who]) as ReviewerAnswer
const happenings = async (type: string) => {
  const { rows } = await story.world.db.query(
    "select what from happening where document_id = $1 and what->>'type' = $2 order by id",
    [story.id, type],
  )
  return rows.map(({ what }) => what)
}
const dueAt = '2027-02-01T12:00:00.000Z'

test('people are named in a draft, and asked when the review begins', async () => {
  expect(failureOf(await story.call('moveStatus', 'ada', { body: { to: 'in_review' } }))).toBe('400 invalid')
  await put([wanted('grace', { dueAt }), wanted('linus', { required: false })])
  expect(await happenings('review.asked')).toEqual([])
  await story.ok('moveStatus', 'ada', { body: { to: 'in_review' } })
  expect(await happenings('review.asked')).toEqual([
    { type: 'review.asked', personIds: [story.ids.grace], dueAt },
    { type: 'review.asked', personIds: [story.ids.linus], dueAt: null },
  ])
  // Whoever is added is told, and those who were there are not told again, but of what is asked otherwise.
  await put([wanted('grace', { dueAt }), wanted('linus', { required: false }), wanted('edsger')])
  await put([wanted('grace', { dueAt }), wanted('linus'), wanted('edsger')])
  const asked = (await happenings('review.asked')).slice(2)
  expect(asked.map(({ personIds }) => personIds)).toEqual([[story.ids.edsger], [story.ids.linus]])
})

test('who is asked may comment from then on, and keeps a stronger role', async () => {
  await story.world.grant(story.id, 'linus', 'editor')
  await story.world.grant(story.id, 'edsger', 'viewer')
  await put([wanted('grace'), wanted('linus'), wanted('edsger')])
  const roles = await Promise.all(
    (['grace', 'linus', 'edsger'] as const).map(async (who) => (await story.ok('getDocument', who)).role),
  )
  expect(roles).toEqual(['commenter', 'editor', 'commenter'])
})

test('what cannot be asked is refused, and changes nothing', async () => {
  await put([wanted('grace')])
  const refused: [object[], string][] = [
    [[wanted('grace'), wanted('grace')], '400 invalid'],
    [[wanted('grace', { sectionIds: ['no-such-section'] })], '400 invalid'],
    [[wanted('grace', { sectionIds: [] })], '400 invalid'],
    [[{ personId: '00000000-0000-4000-8000-000000000000' }], '404 not_found'],
    [[wanted('ada')], '403 own_document'],
  ]
  for (const [reviewers, failure] of refused) expect(failureOf(await put(reviewers))).toBe(failure)
  expect(failureOf(await put([wanted('linus')], 'grace'))).toBe('403 forbidden')
  expect((await story.review()).reviewers.map(({ person }: ReviewerAnswer) => person.id)).toEqual([
    story.ids.grace,
  ])
  // As somebody who is invited, an author may be asked for an opinion.
  expect((await put([wanted('grace'), wanted('ada', { required: false })])).status).toBe(200)
})

test('one who has spoken is not removed, only released, with a reason that stands in the record', async () => {
  await story.begin(wanted('linus'))
  await story.vote('linus', 'request_changes', 'No.')
  expect(failureOf(await put([wanted('grace')]))).toBe('409 conflict')
  expect((await put([wanted('linus')])).body.reviewers).toHaveLength(1)
  await put([wanted('grace'), wanted('linus')])
  const release = (who: Somebody, body: object) =>
    story.call('releaseReviewer', who, { params: { personId: story.ids.linus }, body })
  expect(failureOf(await release('grace', { reason: 'x' }))).toBe('403 forbidden')
  expect(failureOf(await release('ada', { reason: '  ' }))).toBe('400 invalid')
  await story.vote('grace', 'approve')
  const released: ReviewAnswer = (await release('ada', { reason: 'On leave since Monday.' })).body
  // That was the last thing missing.
  expect(released.status).toBe('approved')
  expect(of(released, 'linus')).toMatchObject({
    state: 'released',
    reason: 'On leave since Monday.',
    verdict: { kind: 'request_changes', body: 'No.' },
  })
  expect(failureOf(await release('ada', { reason: 'Twice.' }))).toBe('409 conflict')
  expect(
    failureOf(
      await story.call('submitReview', 'linus', {
        body: { verdict: 'approve', versionId: of(released, 'linus').verdict?.version.id },
      }),
    ),
  ).toBe('403 not_asked')
})

test('a reviewer steps aside or hands over, and nobody does it for them', async () => {
  await story.begin(wanted('linus', { sectionIds: [story.section('Data Model')], dueAt }))
  const part = (name: 'stepAside' | 'handOver', who: Somebody, whose: Somebody, body: object = {}) =>
    story.call(name, who, { params: { personId: story.ids[whose] }, body })
  expect(failureOf(await part('stepAside', 'grace', 'linus'))).toBe('403 not_yours')
  expect(failureOf(await part('stepAside', 'ada', 'ada'))).toBe('403 not_asked')
  const to = (who: Somebody) => ({ toPersonId: story.ids[who] })
  expect(failureOf(await part('handOver', 'linus', 'linus', to('edsger')))).toBe('403 forbidden')
  expect(failureOf(await part('handOver', 'linus', 'linus', to('grace')))).toBe('409 conflict')
  expect(failureOf(await part('handOver', 'linus', 'linus', to('ada')))).toBe('403 own_document')
  await story.world.grant(story.id, 'edsger', 'commenter')
  const handed: ReviewAnswer = (await part('handOver', 'linus', 'linus', to('edsger'))).body
  expect(of(handed, 'linus')).toMatchObject({ state: 'handed_over', passedTo: { id: story.ids.edsger } })
  expect(of(handed, 'edsger')).toMatchObject({
    state: 'asked',
    required: true,
    dueAt,
    sectionIds: [story.section('Data Model')],
    askedBy: { id: story.ids.linus },
  })
  const aside: ReviewAnswer = (await part('stepAside', 'edsger', 'edsger', { reason: 'No time.' })).body
  expect(of(aside, 'edsger')).toMatchObject({ state: 'stepped_aside', reason: 'No time.' })
  expect(aside.missing.map(({ person }) => person?.id)).toEqual([story.ids.grace])
  expect(await happenings('reviewer.handed_over')).toHaveLength(1)
  expect(await happenings('reviewer.stepped_aside')).toHaveLength(1)
})

test('whoever is away has their stand-in asked, and it is said beforehand', async () => {
  const until = new Date(story.world.runtime.now() + 3_600_000).toISOString()
  const away = (body: object) => story.call('putAway', 'grace', { body })
  expect(failureOf(await away({ until: '2020-01-01T00:00:00.000Z' }))).toBe('400 invalid')
  expect(failureOf(await away({ standInId: story.ids.grace }))).toBe('400 invalid')
  expect((await away({ until, standInId: story.ids.margaret })).body).toMatchObject({
    until,
    standIn: { id: story.ids.margaret },
  })
  const preview = await story.ok('previewReviewers', 'ada', {
    body: { personIds: [story.ids.grace, story.ids.linus] },
  })
  expect(preview.items).toMatchObject([
    { person: { id: story.ids.grace }, standIn: { id: story.ids.margaret }, told: 'inbox', getsAccess: true },
    { person: { id: story.ids.linus }, standIn: null, told: 'inbox', getsAccess: true },
  ])
  const review = await story.begin(wanted('linus'))
  expect(of(review, 'grace')).toMatchObject({ state: 'handed_over', passedTo: { id: story.ids.margaret } })
  expect(of(review, 'margaret')).toMatchObject({ state: 'asked', required: true })
  expect(new Set((await happenings('review.asked'))[0].personIds)).toEqual(
    new Set([story.ids.margaret, story.ids.linus]),
  )
  // Nobody votes on another's behalf: the stand-in gives a verdict of their own.
  await story.vote('margaret', 'approve')
  await story.vote('linus', 'approve')
  expect((await story.review()).status).toBe('approved')
  // Back again, they are asked themselves.
  story.world.offsetMs += 2 * 3_600_000
  expect((await story.call('getAway', 'grace')).body).toBeNull()
  await story.document()
  expect(of(await story.begin(), 'grace')).toMatchObject({ state: 'asked' })
})

test('the list of authors decides whose approval is one of their own', async () => {
  expect((await story.ok('listAuthors', 'ada')).items).toMatchObject([{ id: story.ids.ada }])
  await story.begin(wanted('linus', { required: false }))
  const authors = (who: Somebody, ...people: Somebody[]) =>
    story.call('putAuthors', who, { body: { personIds: people.map((name) => story.ids[name]) } })
  expect(failureOf(await authors('grace', 'ada'))).toBe('403 forbidden')
  expect(failureOf(await authors('ada', 'ada', 'ada'))).toBe('400 invalid')
  expect((await authors('ada', 'linus', 'ada')).body.items.map(({ id }: { id: string }) => id)).toEqual([
    story.ids.linus,
    story.ids.ada,
  ])
  const draft = await story.ok('startReview', 'linus')
  const body = { verdict: 'approve', versionId: draft.version.id, draftId: draft.id }
  expect(failureOf(await story.call('submitReview', 'linus', { body }))).toBe('403 own_document')
  // The comments that they gathered are still theirs to send.
  await story.ok('submitReview', 'linus', { body: { ...body, verdict: 'comment' } })
})

test('where authors may approve, one by somebody else is needed all the same', async () => {
  const { config } = story.world.runtime as { config: { authorsMayApprove: boolean } }
  config.authorsMayApprove = true
  try {
    await put([wanted('ada')])
    await story.ok('moveStatus', 'ada', { body: { to: 'in_review' } })
    await story.vote('ada', 'approve')
    const review = await story.review()
    expect(review).toMatchObject({ status: 'in_review', missing: [{ reason: 'not_an_author' }] })
    await put([wanted('ada'), wanted('linus', { required: false })])
    await story.vote('linus', 'approve')
    expect((await story.review()).status).toBe('approved')
  } finally {
    config.authorsMayApprove = false
  }
})

test('a list of documents goes by who reviews them', async () => {
  await story.begin()
  const list = async (who: Somebody, reviewer: string) =>
    (await story.world.call('listDocuments', story.as[who], { query: { reviewer } })).body.items.map(
      ({ id }: { id: string }) => id,
    )
  expect(await list('grace', 'me')).toContain(story.id)
  expect(await list('ada', story.ids.grace)).toContain(story.id)
  expect(await list('ada', 'me')).not.toContain(story.id)
  expect(await list('edsger', story.ids.grace)).not.toContain(story.id)
  expect(await list('ada', 'nobody')).toEqual([])
})
