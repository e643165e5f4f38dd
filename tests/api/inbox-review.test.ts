import { afterAll, beforeAll, expect, test } from 'vitest'
import { noFailpoints } from '../../server/failpoint'
import { tellAll } from '../../server/inbox/tell'
import { type As, type Somebody, World } from './world'

let world: World
const as = {} as Record<Somebody, As>
beforeAll(async () => {
  world = await World.open()
  for (const name of ['ada', 'grace', 'linus', 'margaret'] as const) as[name] = await world.token(name)
})
afterAll(() => world.close())

const tell = () => {
  const { pool, log, now } = world.runtime
  return tellAll({ pool, log, now, mail: true, reach: noFailpoints }, new AbortController().signal)
}
/** What waits on somebody, most urgent first. */
async function inbox(name: Somebody) {
  await tell()
  const { body } = await world.call('listInbox', as[name])
  return body.items.map((item: { notice: unknown }) => item.notice)
}
const call = async (...given: Parameters<World['call']>) => {
  const told = await world.call(...given)
  if (told.status >= 300) throw new Error(`${given[0]}: ${JSON.stringify(told.body)}`)
  return told.body
}

test('a review from its asking to its approval: who is told what, and what waits no longer', async () => {
  const { id } = await world.document('ada', 'Payment retries')
  const params = { id }
  await world.grant(id, 'margaret', 'commenter')
  const theirs = await (async () => {
    await world.grant(id, 'linus', 'commenter')
    return call('createThread', as.linus, { params, body: { body: 'Is that so?' } })
  })()
  const dueAt = new Date(world.runtime.now() + 3 * 24 * 3_600_000).toISOString()
  const wanted = (name: Somebody, required: boolean) => ({
    personId: world.ids[name],
    required,
    sectionIds: null,
    dueAt,
  })
  await call('putReviewers', as.ada, {
    params,
    body: { reviewers: [wanted('grace', true), wanted('linus', false)] },
  })
  expect(await inbox('grace')).toEqual([])
  await call('moveStatus', as.ada, { params, body: { to: 'in_review' } })
  expect(await inbox('grace')).toEqual([{ kind: 'review_asked', dueAt, again: false }])

  // Four comments, gathered: nobody hears of them before they are sent.
  const draft = await call('startReview', as.grace, { params })
  const draftId = draft.id
  for (const body of ['One.', 'Two.', `Three, @[${world.ids.margaret}].`]) {
    await call('createThread', as.grace, { params, body: { body, draftId } })
  }
  await call('createComment', as.grace, { params: { id: theirs.id }, body: { body: 'It is.', draftId } })
  expect(await inbox('margaret')).toEqual([])
  expect(await inbox('linus')).toEqual([{ kind: 'review_asked', dueAt, again: false }])
  await call('submitReview', as.grace, {
    params,
    body: { verdict: 'request_changes', versionId: draft.version.id, draftId },
  })
  expect(await inbox('ada')).toMatchObject([
    { kind: 'verdict', verdict: 'request_changes', comments: 4 },
    // Linus had commented before anybody was asked.
    { kind: 'comment', comments: 1 },
  ])
  expect(await inbox('margaret')).toMatchObject([{ kind: 'mention', comments: 4 }])
  expect(await inbox('linus')).toMatchObject([{ kind: 'review_asked' }, { kind: 'reply', comments: 4 }])
  expect(await inbox('grace')).toEqual([])

  // Asked again, Grace has as long as before; her verdict is answered by it, and she is told what is new to her.
  const hers = (await call('listThreads', as.ada, { params })).items.filter(
    (thread: { author: { id: string } }) => thread.author.id === world.ids.grace,
  )
  await call('resolveThread', as.ada, { params: { id: hers[0].id }, body: {} })
  await call('createThread', as.grace, { params, body: { body: 'And mine, ended by me.' } }).then((mine) =>
    call('resolveThread', as.grace, { params: { id: mine.id }, body: {} }),
  )
  await call('askAgain', as.ada, { params })
  expect(await inbox('grace')).toMatchObject([
    { kind: 'review_asked', dueAt, again: true, sections: 0, threads: 1 },
    { kind: 'outcome', outcome: 'fixed' },
  ])
  expect(await inbox('ada')).not.toContainEqual(expect.objectContaining({ kind: 'verdict' }))

  // The approval ends what Linus was asked for: nobody waits for him any more.
  const version = (await call('startReview', as.grace, { params })).version
  await call('submitReview', as.grace, { params, body: { verdict: 'approve', versionId: version.id } })
  expect((await call('getDocument', as.ada, { params })).status).toBe('approved')
  expect(await inbox('grace')).toMatchObject([{ kind: 'outcome' }, { kind: 'status', to: 'approved' }])
  expect(await inbox('linus')).not.toContainEqual(expect.objectContaining({ kind: 'review_asked' }))
  expect(await inbox('ada')).toContainEqual(expect.objectContaining({ kind: 'status', to: 'approved' }))
})

test('whose blocking thread is overruled, and whose suggestion is declined, is told why', async () => {
  const { id } = await world.document('ada', 'A third')
  const params = { id }
  await world.grant(id, 'margaret', 'editor')
  const start = (body: object) => call('createThread', as.margaret, { params, body })
  const blocking = await start({ kind: 'blocking', body: 'Not like this.' })
  const section = (await call('listSections', as.ada, { params })).items[0].id
  const suggest = (text: string) =>
    start({ body: '', suggestion: { replacement: text, blocks: { ids: [], after: section } } })
  const [declined, accepted] = [await suggest('One.'), await suggest('Two.')]
  await call('resolveThread', as.ada, {
    params: { id: blocking.id },
    body: { outcome: 'wont_fix', reason: 'We take the risk.' },
  })
  await call('declineSuggestion', as.ada, { params: { id: declined.id }, body: { reason: 'Too short.' } })
  await call('acceptSuggestion', as.ada, { params: { id: accepted.id } })
  const hers = (await inbox('margaret')).filter(({ kind }: { kind: string }) => kind === 'outcome')
  expect(hers).toHaveLength(3)
  expect(hers).toEqual(
    expect.arrayContaining([
      {
        kind: 'outcome',
        threadId: blocking.id,
        outcome: 'wont_fix',
        how: 'overruled',
        reason: 'We take the risk.',
      },
      { kind: 'outcome', threadId: declined.id, outcome: 'wont_fix', how: 'declined', reason: 'Too short.' },
      { kind: 'outcome', threadId: accepted.id, outcome: 'fixed', how: 'accepted' },
    ]),
  )
})

test('a condition that the owner holds met is one notice to who set it', async () => {
  const { id } = await world.document('ada', 'A fourth')
  const params = { id }
  const wanted = (name: Somebody) => ({
    personId: world.ids[name],
    required: true,
    sectionIds: null,
    dueAt: null,
  })
  await call('putReviewers', as.ada, { params, body: { reviewers: [wanted('grace'), wanted('linus')] } })
  await call('moveStatus', as.ada, { params, body: { to: 'in_review' } })
  const { id: draftId, version } = await call('startReview', as.grace, { params })
  const thread = await call('createThread', as.grace, {
    params,
    body: { kind: 'blocking', body: 'How often?', draftId },
  })
  const verdict = await call('submitReview', as.grace, {
    params,
    body: { verdict: 'approve_if', versionId: version.id, draftId },
  })
  await call('markConditionMet', as.ada, { params: { id: verdict.id, threadId: thread.id } })
  const hers = (await inbox('grace')).filter(({ threadId }: { threadId?: string }) => threadId === thread.id)
  expect(hers).toEqual([{ kind: 'condition', threadId: thread.id }])
})

test('who may be asked is told beforehand how they will hear of it', async () => {
  const { id } = await world.document('ada', 'Another')
  await call('putNoticeSettings', as.linus, { body: { channels: { review_asked: 'digest' } } })
  const preview = async () => {
    const personIds = [world.ids.grace, world.ids.linus]
    const { items } = await call('previewReviewers', as.ada, { params: { id }, body: { personIds } })
    return items.map((item: { told: string }) => item.told)
  }
  expect(await preview()).toEqual(['inbox', 'inbox'])
  const { config } = world.runtime
  Object.assign(config, { mail: { smtpUrl: 'smtp://localhost', from: { name: '', address: 'a@b.c' } } })
  expect(await preview()).toEqual(['mail', 'digest'])
  Object.assign(config, { mail: null })
})
