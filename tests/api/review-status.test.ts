import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ReviewAnswer, StatusMoveAnswer } from '../../lib/api-review'
import type { DocumentId } from '../../lib/id'
import { resolveAccess } from '../../server/access/resolve'
import { endFinalPeriods } from '../../server/review/period'
import { ReviewWorld } from './review-world'
import { failureOf, type Somebody, type Told } from './world'

let story: ReviewWorld
beforeAll(async () => {
  story = await ReviewWorld.open()
})
afterAll(() => story.close())
beforeEach(async () => {
  await story.document()
})

const move = (to: string, given: object = {}, who: Somebody = 'ada'): Promise<Told> =>
  story.call('moveStatus', who, { body: { to, ...given } })
const moved = async (to: string, given: object = {}): Promise<ReviewAnswer> => {
  const told = await move(to, given)
  if (told.status !== 200) throw new Error(JSON.stringify(told.body))
  return told.body
}
const log = async (): Promise<StatusMoveAnswer[]> => (await story.ok('listStatusMoves', 'ada')).items
const approve = async () => {
  await story.begin()
  await story.vote('grace', 'approve')
}
const fence = async () => {
  const ada = { personId: story.ids.ada, scope: 'admin' } as const
  return (await resolveAccess(story.world.db, ada, story.id as DocumentId))?.writeEpoch
}
const outcomes = (told: readonly Told[]) =>
  told.map((one) => (one.status === 200 ? '200' : failureOf(one))).sort()

test('the status moves along its arrows, with what has to be said, and all of it is in the log', async () => {
  expect(failureOf(await move('approved'))).toBe('409 transition')
  expect(failureOf(await move('draft'))).toBe('409 transition')
  expect(failureOf(await move('abandoned'))).toBe('400 invalid')
  expect(failureOf(await move('abandoned', { reason: 'x'.repeat(2_001) }))).toBe('413 too_large')
  await moved('abandoned', { reason: 'Too dear.' })
  expect(failureOf(await move('in_review', { reason: 'x' }))).toBe('409 transition')
  expect(failureOf(await move('draft'))).toBe('400 invalid')
  await moved('draft', { reason: 'Cheaper now.' })
  await story.begin()
  await moved('draft')
  await moved('in_review')
  expect(failureOf(await move('approved'))).toBe('409 not_approvable')
  await story.vote('grace', 'approve')
  expect(failureOf(await move('implemented'))).toBe('400 invalid')
  expect(failureOf(await move('implemented', { link: 'javascript:alert(1)' }))).toBe('400 invalid')
  await moved('implemented', { link: 'https://example.com/pull/1' })
  await moved('in_review', { reason: 'It broke.' })
  // Nothing has changed, so that nothing is missing: an editor says so.
  expect(await moved('approved')).toMatchObject({
    status: 'approved',
    approved: { by: { id: story.ids.ada } },
  })
  await moved('implemented', { noLinkBecause: 'It is a decision.' })
  expect((await log()).map(({ from, to, reason }) => [from, to, reason])).toEqual([
    ['approved', 'implemented', null],
    ['in_review', 'approved', null],
    ['implemented', 'in_review', 'It broke.'],
    ['approved', 'implemented', null],
    ['in_review', 'approved', null],
    ['draft', 'in_review', null],
    ['in_review', 'draft', null],
    ['draft', 'in_review', null],
    ['abandoned', 'draft', 'Cheaper now.'],
    ['draft', 'abandoned', 'Too dear.'],
  ])
  expect((await log())[3]).toMatchObject({ link: 'https://example.com/pull/1', noLinkBecause: null })
  expect((await log())[0]).toMatchObject({ link: null, noLinkBecause: 'It is a decision.' })
  expect(failureOf(await move('superseded', { successorId: story.id }, 'grace'))).toBe('403 forbidden')
})

test('approved text is locked by the move itself: the fence rises, and falls back for nobody', async () => {
  await story.begin()
  const before = await fence()
  await story.vote('grace', 'approve')
  const locked = await fence()
  expect(locked).toBe((before ?? 0n) + 1n)
  await moved('implemented', { noLinkBecause: 'x' })
  expect(await fence()).toBe(locked)
  const opened = await moved('in_review', { reason: 'x' })
  expect(opened.turn).toBe('authors')
  expect(await fence()).toBe(locked)
  await moved('abandoned', { reason: 'x' })
  expect(await fence()).toBe((locked ?? 0n) + 1n)
})

test('a document names what took its place, both ways, to those who may read it', async () => {
  await approve()
  const old = story.id
  await story.document()
  const young = story.id
  story.id = old
  const supersede = (successorId: string, who: Somebody = 'ada') => move('superseded', { successorId }, who)
  expect(failureOf(await move('superseded'))).toBe('400 invalid')
  expect(failureOf(await supersede(old))).toBe('400 invalid')
  expect(failureOf(await supersede('no-such-document'))).toBe('404 not_found')
  const hidden = (await story.world.document('edsger')).id
  expect(failureOf(await supersede(hidden))).toBe('404 not_found')
  const binned = (await story.world.document('ada')).id
  await story.world.call('deleteDocument', story.as.ada, { params: { id: binned } })
  expect(failureOf(await supersede(binned))).toBe('409 conflict')
  const superseded: ReviewAnswer = (await supersede(young)).body
  expect(superseded).toMatchObject({ status: 'superseded', successor: { id: young } })
  // Grace reviewed the old one and cannot read the new one.
  expect((await story.review('grace')).successor).toBeNull()
  expect((await log())[0]?.successor?.id).toBe(young)
  expect(failureOf(await move('in_review', { reason: 'x' }))).toBe('409 transition')
  story.id = young
  expect((await story.review()).predecessors).toMatchObject([{ id: old }])
  await approve()
  expect(failureOf(await supersede(old))).toBe('409 conflict')
})

test('two documents do not take each other’s place at one moment', async () => {
  await approve()
  const one = story.id
  await story.document()
  await approve()
  const two = story.id
  const told = await Promise.all(
    [
      [one, two],
      [two, one],
    ].map(([id, successorId]) =>
      story.world.call('moveStatus', story.as.ada, {
        params: { id: id as string },
        body: { to: 'superseded', successorId },
      }),
    ),
  )
  expect(outcomes(told)).toEqual(['200', '409 conflict'])
})

test('of two who move the status at one moment, the second starts from where the first led', async () => {
  await story.world.grant(story.id, 'margaret', 'editor')
  await story.ask({ personId: story.ids.grace })
  const begun = await Promise.all([move('in_review'), move('in_review', {}, 'margaret')])
  expect(outcomes(begun)).toEqual(['200', '409 transition'])
  await story.vote('grace', 'approve')
  const opened = await Promise.all([
    move('in_review', { reason: 'One.' }),
    move('in_review', { reason: 'Two.' }, 'margaret'),
  ])
  expect(outcomes(opened)).toEqual(['200', '409 transition'])
  expect(await log()).toHaveLength(3)
})

test('two last approvals at one moment approve a document once', async () => {
  await story.begin({ personId: story.ids.linus })
  const drafts = await Promise.all(
    (['grace', 'linus'] as const).map(async (who) => ({ who, draft: await story.ok('startReview', who) })),
  )
  const told = await Promise.all(
    drafts.map(({ who, draft }) =>
      story.call('submitReview', who, {
        body: { verdict: 'approve', versionId: draft.version.id, draftId: draft.id },
      }),
    ),
  )
  expect(told.map(({ status }) => status)).toEqual([201, 201])
  expect((await story.review()).status).toBe('approved')
  expect((await log()).filter(({ to }) => to === 'approved')).toHaveLength(1)
  const { rows } = await story.world.db.query(
    "select what from happening where document_id = $1 and what->>'to' = 'approved'",
    [story.id],
  )
  expect(rows).toHaveLength(1)
})

test('an edit at the moment of an approval is in the text before it, or is not stored', async () => {
  for (let round = 0; round < 5; round++) {
    await story.document()
    await story.begin()
    const draft = await story.ok('startReview', 'grace')
    const [, told] = await Promise.all([
      story.type('Risks', ' But storms are.').catch(() => null),
      story.call('submitReview', 'grace', {
        body: { verdict: 'approve', versionId: draft.version.id, draftId: draft.id },
      }),
    ])
    expect(told.status).toBe(201)
    const review: ReviewAnswer = await story.review()
    // Server-side edits know no lock: what matters is that the approved text is the one that was read.
    if (review.status === 'approved') expect(review.approved?.version.hash).toBe(draft.version.hash)
    else expect(review.readyToApprove?.version.hash).toBe(draft.version.hash)
  }
})

test('two who approve at one moment: one wins, and the other is told', async () => {
  await story.world.grant(story.id, 'margaret', 'editor')
  await story.begin()
  const draft = await story.ok('startReview', 'grace')
  await story.type('Risks', ' But storms are.')
  await story.ok('submitReview', 'grace', {
    body: { verdict: 'approve', versionId: draft.version.id, draftId: draft.id },
  })
  const body = { versionId: draft.version.id }
  const told = await Promise.all([
    story.call('approveVersion', 'ada', { body }),
    story.call('approveVersion', 'margaret', { body }),
  ])
  expect(outcomes(told)).toEqual(['200', '409 transition'])
  const kept = (await story.ok('listThreads', 'ada')).items
  expect(kept.filter(({ kind }: { kind: string }) => kind === 'suggestion')).toHaveLength(1)
})

test('two who resolve the last blocking thread at one moment: one wins, and it is approved once', async () => {
  await story.begin()
  const thread = await story.ok('createThread', 'grace', { body: { kind: 'blocking', body: 'Wait.' } })
  await story.vote('grace', 'approve')
  const end = (who: Somebody) =>
    story.call('resolveThread', who, {
      params: { id: thread.id },
      body: { outcome: 'fixed', reason: 'Done.' },
    })
  const told = await Promise.all([end('grace'), end('ada')])
  expect(outcomes(told)).toEqual(['200', '409 conflict'])
  expect((await log()).filter(({ to }) => to === 'approved')).toHaveLength(1)
})

test('a final comment period ends in approval where nothing is missing, and else in nothing', async () => {
  const { world } = story
  const now = () => world.runtime.now()
  const inMs = (ms: number) => ({ body: { endsAt: new Date(now() + ms).toISOString() } })
  expect(failureOf(await story.call('announceFinalPeriod', 'ada', inMs(60_000)))).toBe('409 conflict')
  await story.begin()
  expect(failureOf(await story.call('announceFinalPeriod', 'ada', inMs(-1_000)))).toBe('400 invalid')
  expect(failureOf(await story.call('announceFinalPeriod', 'ada', inMs(400 * 86_400_000)))).toBe(
    '400 invalid',
  )
  const announced = await story.ok('announceFinalPeriod', 'ada', inMs(60_000))
  expect(announced.finalPeriod).toMatchObject({ by: { id: story.ids.ada } })
  // While it runs, the last approval does not end it.
  await story.vote('grace', 'approve')
  expect(await story.review()).toMatchObject({ status: 'in_review', missing: [] })
  expect(await endFinalPeriods(world.db, now())).toEqual([])
  const [ended, twice] = await Promise.all([
    endFinalPeriods(world.db, now() + 61_000),
    endFinalPeriods(world.db, now() + 61_000),
  ])
  expect([...ended, ...twice]).toEqual([story.id])
  expect(await story.review()).toMatchObject({ status: 'approved', finalPeriod: null })

  await story.document()
  await story.begin()
  await story.ok('announceFinalPeriod', 'ada', inMs(60_000))
  await endFinalPeriods(world.db, now() + 61_000)
  expect(await story.review()).toMatchObject({ status: 'in_review', finalPeriod: null })
  await story.ok('announceFinalPeriod', 'ada', inMs(60_000))
  await story.ok('cancelFinalPeriod', 'ada')
  await story.ok('cancelFinalPeriod', 'ada')
  expect((await story.review()).finalPeriod).toBeNull()
})

test('everybody hears that a review changed, and nothing of what it says', async () => {
  const from = story.world.heard.length
  await story.begin()
  await story.world.hears((event) => event.type === 'review.changed' && event.documentId === story.id, from)
  await story.vote('grace', 'approve')
  await story.world.hears(
    (event) => event.type === 'access.changed' && event.documentId === story.id && !event.personId,
    from,
  )
})
