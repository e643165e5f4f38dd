import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Proposal } from '../../lib/api-proposal'
import type { ThreadAnswer } from '../../lib/api-thread'
import type { DocumentJson } from '../../lib/content/document-json'
import { said } from './thread-story'
import { type As, failureOf, type Told, World } from './world'

let world: World
let ada: As
let grace: As
let linus: As
let margaret: As

beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
  grace = await world.token('grace', 'write')
  linus = await world.token('linus', 'comment')
  margaret = await world.token('margaret')
})
afterAll(() => world.close())

const source =
  '# A paper\n\n## Why\n\nWe retry five times, then stop.\n\nRetries cost **money** and patience.\n\n- alpha\n- beta\n'

async function paper(text = source): Promise<string> {
  const made = await world.call('importDocument', ada, { raw: { type: 'text/markdown', data: text } })
  const { id } = made.body.document
  await world.grant(id, 'grace', 'editor')
  await world.grant(id, 'linus', 'commenter')
  await world.grant(id, 'margaret', 'viewer')
  return id
}

const propose = (
  id: string,
  as: As,
  suggestion: Proposal,
  place: Record<string, unknown> = {},
  headers = {},
) => world.call('createThread', as, { params: { id }, body: { suggestion, ...place }, headers })
const proposed = async (...given: Parameters<typeof propose>): Promise<ThreadAnswer> =>
  ok(await propose(...given), 201)
const ok = (told: Told, status = 200) => {
  if (told.status !== status) throw new Error(JSON.stringify(told.body))
  return told.body
}
const on = (threadId: string) => ({ params: { id: threadId } })
const accept = (as: As, threadId: string) => world.call('acceptSuggestion', as, on(threadId))
const decline = (as: As, threadId: string, reason?: string) =>
  world.call('declineSuggestion', as, { ...on(threadId), body: reason === undefined ? {} : { reason } })
const reopen = (as: As, threadId: string) => world.call('reopenThread', as, on(threadId))
const thread = async (threadId: string): Promise<ThreadAnswer> =>
  (await world.call('getThread', ada, on(threadId))).body
const textOf = async (id: string): Promise<string> =>
  (await world.call('getContent', ada, { params: { id }, query: { format: 'markdown' } })).body
    .split('\n\n')
    .slice(1)
    .join('\n\n')
const bodyOf = async (id: string): Promise<DocumentJson> =>
  (await world.call('getContent', ada, { params: { id }, query: { format: 'json' } })).body
const updatesOf = async (id: string) =>
  (
    await world.db.query<{ person_id: string; relayed_by: string | null }>(
      'select person_id, relayed_by from document_update where document_id = $1 order by seq',
      [id],
    )
  ).rows

test('a program says what stands instead in one word, and is told when it says nothing or says it twice', async () => {
  const params = { id: await paper() }
  const start = (body: object) =>
    world.call('createThread', linus, { params, body: { quote: 'five', ...body } })
  const suggestion = { state: 'open', change: 'replace' }
  const made = await start({ kind: 'suggestion', replacement: 'six' })
  expect(ok(made, 201)).toMatchObject({ kind: 'suggestion', quote: 'five', suggestion })
  const nothing = { kind: 'suggestion', body: 'Six?' }
  for (const body of [nothing, { replacement: 'six', suggestion: { replacement: 'seven' } }])
    expect(await start(body)).toMatchObject({ status: 400, body: { error: { code: 'invalid' } } })
})

test('a commenter proposes other words; an editor accepts them, and they are the commenter’s', async () => {
  const id = await paper()
  const before = await textOf(id)
  const made = await proposed(id, linus, { replacement: 'six' }, { quote: 'five' })
  expect(made).toMatchObject({
    kind: 'suggestion',
    quote: 'five',
    comments: [{ body: 'Replace “five” by “six”.' }],
    suggestion: { state: 'open', stale: false, change: 'replace', place: { kind: 'words' } },
  })
  expect(await textOf(id)).toBe(before)
  expect(failureOf(await accept(linus, made.id))).toBe('403 forbidden')
  expect(failureOf(await accept(margaret, made.id))).toBe('403 forbidden')
  const heard = world.heard.length
  expect(ok(await accept(grace, made.id))).toMatchObject({
    state: 'resolved',
    outcome: 'fixed',
    resolvedBy: { id: world.ids.grace },
    suggestion: { state: 'accepted', stale: false },
  })
  await world.hears((event) => event.type === 'document.appended', heard)
  expect(await textOf(id)).toBe(before.replace('five', 'six'))
  expect((await updatesOf(id)).slice(1)).toEqual([
    { person_id: world.ids.linus, relayed_by: world.ids.grace },
  ])
})

test('words are taken out and put in before and behind others, in their look', async () => {
  const id = await paper()
  const gone = await proposed(id, linus, { replacement: '', base: text(' then') }, { quote: 'then' })
  ok(await accept(ada, gone.id))
  expect(await textOf(id)).toContain('We retry five times, stop.')
  const behind = await proposed(id, linus, { at: 'after', replacement: ', time' }, { quote: 'money' })
  expect(behind.suggestion?.change).toBe('insert')
  ok(await accept(ada, behind.id))
  expect(await textOf(id)).toContain('Retries cost **money, time** and')
  const before = await proposed(
    id,
    linus,
    { at: 'before', gap: ' ', replacement: ' of course' },
    { quote: 'and' },
  )
  ok(await accept(ada, before.id))
  expect(await textOf(id)).toMatch(/\*\*money, time( of course\*\*|\*\* of course) and/)
})

const text = (words: string): DocumentJson[] => [{ type: 'text', text: words }]

test('whole blocks are replaced, added and taken out', async () => {
  const id = await paper()
  const [heading, first, second] = (await bodyOf(id)).content ?? []
  const ids = [first, second].map((block) => String(block?.attrs?.id))
  const two = await proposed(id, linus, { blocks: { ids }, replacement: 'One line.\n\nAnother.\n\nA third.' })
  expect(two).toMatchObject({ target: 'text', suggestion: { change: 'blocks' } })
  const added = await proposed(id, linus, {
    blocks: { ids: [], after: String(heading?.attrs?.id) },
    replacement: [{ type: 'heading', attrs: { level: 2 }, content: text('How') }],
  })
  expect(added).toMatchObject({
    target: 'text',
    quote: 'Why',
    sectionId: heading?.attrs?.id,
    comments: [{ body: 'Add “How”.' }],
  })
  ok(await accept(grace, two.id))
  ok(await accept(grace, added.id))
  const after = await bodyOf(id)
  expect(after.content?.map((block) => block.type)).toEqual([
    'heading',
    'heading',
    'paragraph',
    'paragraph',
    'paragraph',
    'bulletList',
  ])
  expect(after.content?.slice(2, 4).map((block) => block.attrs?.id)).toEqual(ids)
  const gone = await proposed(id, linus, { blocks: { ids: ids.slice(0, 1) }, replacement: [] })
  ok(await accept(grace, gone.id))
  expect(await textOf(id)).not.toContain('One line.')
})

test('it says that it is stale as soon as its text is another, is then not accepted, and changes nothing', async () => {
  const id = await paper()
  const wide = await proposed(id, linus, { replacement: 'for an hour' }, { quote: 'five times' })
  const narrow = await proposed(id, grace, { replacement: 'six' }, { quote: 'five' })
  const beside = await proposed(id, linus, { replacement: 'give up' }, { quote: 'stop' })
  ok(await accept(ada, narrow.id))
  expect((await thread(wide.id)).suggestion?.stale).toBe(true)
  expect((await thread(beside.id)).suggestion?.stale).toBe(false)
  const before = await textOf(id)
  expect(failureOf(await accept(ada, wide.id))).toBe('409 suggestion_stale')
  expect(await textOf(id)).toBe(before)
  expect((await thread(wide.id)).state).toBe('open')
  ok(await accept(ada, beside.id))
  expect(await textOf(id)).toContain('We retry six times, then give up.')
})

test('opened again, it leaves the text, unless somebody has written in it since', async () => {
  const id = await paper()
  const before = await textOf(id)
  const made = await proposed(id, linus, { replacement: 'six or seven' }, { quote: 'five' })
  ok(await accept(grace, made.id))
  expect(failureOf(await reopen(linus, made.id))).toBe('403 forbidden')
  expect(ok(await reopen(grace, made.id)).suggestion).toMatchObject({ state: 'open', stale: false })
  expect(await textOf(id)).toBe(before)
  ok(await accept(grace, made.id))
  ok(await accept(ada, (await proposed(id, ada, { replacement: 'eight' }, { quote: 'seven' })).id))
  expect(said(await reopen(grace, made.id))).toMatch(/has been changed since/)
  expect(await textOf(id)).toContain('six or eight')
  const gone = await proposed(id, linus, { replacement: '' }, { quote: 'alpha' })
  ok(await accept(grace, gone.id))
  ok(await reopen(grace, gone.id))
  expect(await textOf(id)).toContain('- alpha\n- beta')
})

test('of two who accept at the same moment one does, and the text has it once', async () => {
  const id = await paper()
  for (const round of ['a', 'b', 'c', 'd', 'e']) {
    const made = await proposed(
      id,
      linus,
      { at: 'after', replacement: ` ${round}${round}` },
      { quote: 'patience' },
    )
    const told = await Promise.all([
      accept(ada, made.id),
      accept(grace, made.id),
      decline(grace, made.id, 'No.'),
    ])
    expect(told.filter(({ status }) => status === 200)).toHaveLength(1)
    const others = told.filter(({ status }) => status !== 200)
    expect(others.map(failureOf)).toEqual(['409 conflict', '409 conflict'])
    expect(said(others[0] as Told)).toMatch(
      /^(Ada|Grace).* has (accepted|declined) this suggestion already\.$/,
    )
    const isIn = (await thread(made.id)).suggestion?.state === 'accepted'
    expect((await textOf(id)).split(`${round}${round}`)).toHaveLength(isIn ? 2 : 1)
  }
})

test('of suggestions that meet, accepted at the same moment, one is in the text and the other is stale', async () => {
  const id = await paper()
  const [a, b] = [
    await proposed(id, linus, { replacement: 'six' }, { quote: 'five' }),
    await proposed(id, grace, { replacement: 'for an hour' }, { quote: 'five times' }),
  ]
  const told = await Promise.all([accept(ada, a.id), accept(grace, b.id)])
  expect(told.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await textOf(id)).toMatch(/retry (six times|for an hour), then/)
})

test('declining asks for a reason; whoever proposed it takes it back without one', async () => {
  const id = await paper()
  const [one, two] = [
    await proposed(id, linus, { replacement: 'six' }, { quote: 'five' }),
    await proposed(id, linus, { replacement: 'give up' }, { quote: 'stop' }),
  ]
  expect(failureOf(await decline(grace, one.id))).toBe('400 invalid')
  expect(failureOf(await decline(await world.token('edsger'), one.id, 'No.'))).toBe('404 not_found')
  await world.grant(id, 'edsger', 'commenter')
  expect(failureOf(await decline(await world.token('edsger'), one.id, 'No.'))).toBe('403 not_resolver')
  expect(ok(await decline(grace, one.id, 'Five is the norm.'))).toMatchObject({
    state: 'resolved',
    outcome: 'wont_fix',
    reason: 'Five is the norm.',
    suggestion: { state: 'declined' },
  })
  expect(ok(await decline(linus, two.id)).suggestion).toMatchObject({ state: 'declined' })
  expect(failureOf(await accept(grace, two.id))).toBe('409 conflict')
  expect(await textOf(id)).toContain('five times, then stop')
  const plain = ok(
    await world.call('createThread', linus, { params: { id }, body: { body: 'Just a comment.' } }),
    201,
  )
  expect(failureOf(await accept(grace, plain.id))).toBe('400 invalid')
  expect(failureOf(await decline(grace, plain.id, 'No.'))).toBe('400 invalid')
  const resolve = world.call('resolveThread', grace, { ...on(one.id), body: { outcome: 'fixed' } })
  expect(failureOf(await resolve)).toBe('400 invalid')
})

test('all of one person’s are accepted as one change, but for those that meet; or all declined', async () => {
  const id = await paper()
  const mine = [
    await proposed(id, linus, { replacement: 'six' }, { quote: 'five' }),
    await proposed(id, linus, { replacement: 'give up' }, { quote: 'stop' }),
    await proposed(id, linus, { replacement: 'forever' }, { quote: 'five times' }),
    await proposed(id, linus, { replacement: 'three' }, { quote: 'beta' }),
  ]
  const hers = await proposed(id, grace, { replacement: 'zero' }, { quote: 'alpha' })
  const all = (name: 'acceptSuggestions' | 'declineSuggestions', as: As, body = {}) =>
    world.call(name, as, { params: { id }, body: { authorId: world.ids.linus, ...body } })
  const told = ok(await all('acceptSuggestions', ada))
  expect(told.accepted.sort()).toEqual([mine[0], mine[1], mine[3]].map((one) => one?.id).sort())
  expect(told.stale).toEqual([mine[2]?.id])
  expect(await textOf(id)).toContain('We retry six times, then give up.')
  expect(await textOf(id)).toContain('- alpha\n- three')
  expect((await updatesOf(id)).length).toBe(2)
  expect(ok(await reopen(ada, mine[1]?.id ?? '')).suggestion?.state).toBe('open')
  expect(await textOf(id)).toContain('We retry six times, then stop.')
  expect(failureOf(await all('declineSuggestions', ada))).toBe('400 invalid')
  expect(ok(await all('declineSuggestions', ada, { reason: 'Enough.' })).declined).toHaveLength(2)
  expect((await thread(hers.id)).suggestion?.state).toBe('open')
})

test('threads of others hold their words when a suggestion around them is accepted', async () => {
  const id = await paper()
  const talk = ok(
    await world.call('createThread', linus, { params: { id }, body: { body: 'Why?', quote: 'then stop' } }),
    201,
  )
  ok(await accept(ada, (await proposed(id, linus, { replacement: 'six tries' }, { quote: 'five times' })).id))
  expect(await thread(talk.id)).toMatchObject({ detached: false, quote: 'then stop' })
})

test('words that a suggestion strikes out keep their thread while they stand there, and have it back when it is taken back', async () => {
  const id = await paper()
  const body = { body: 'Why money?', quote: 'Retries cost money' }
  const talk = ok(await world.call('createThread', linus, { params: { id }, body }), 201)
  const all = 'Retries cost money and patience.'
  const struck = await proposed(id, grace, { replacement: 'They are dear.' }, { quote: all })
  expect(await thread(talk.id)).toMatchObject({ detached: false, state: 'open', quote: body.quote })
  ok(await accept(ada, struck.id))
  // Its words are gone: it is still there, with them, and open.
  expect(await thread(talk.id)).toMatchObject({ detached: true, state: 'open', quote: body.quote })
  ok(await reopen(ada, struck.id))
  expect(await thread(talk.id)).toMatchObject({ detached: false, state: 'open', quote: body.quote })
})

test('what a document cannot hold, and what is not so, is refused and leaves no thread', async () => {
  const id = await paper()
  const first = String((await bodyOf(id)).content?.[1]?.attrs?.id)
  const words = (replacement: unknown, rest: Record<string, unknown> = {}) =>
    propose(id, linus, { replacement, ...rest } as Proposal, { quote: 'five' })
  const blocks = (replacement: unknown, rest: Record<string, unknown> = {}) =>
    propose(id, linus, { replacement, blocks: { ids: [first] }, ...rest } as Proposal)
  const deep = (levels: number): unknown =>
    levels === 0 ? { type: 'paragraph' } : { type: 'blockquote', content: [deep(levels - 1)] }
  const link = { type: 'link', attrs: { href: 'javascript:alert(1)' } }
  const refusals: [Told, string][] = [
    [await words([{ type: 'script' }]), '422 schema'],
    [await words([{ type: 'text', text: 'x', marks: [link] }]), '422 schema'],
    [await words([{ type: 'paragraph' }]), '422 schema'],
    [await blocks([{ type: 'text', text: 'x' }]), '422 schema'],
    [await blocks([{ type: 'listItem', content: [{ type: 'paragraph' }] }]), '422 schema'],
    [await blocks([{ type: 'heading', attrs: { level: 9 } }]), '422 schema'],
    [await words([JSON.parse('{"type":"text","text":"x","__proto__":{"a":1}}')]), '422 schema'],
    [await blocks([deep(500)]), '400 invalid'],
    [await words('x'.repeat(1_000_000)), '413 too_large'],
    [await words('x'.repeat(220_000)), '413 too_large'],
    [await words('six', { base: text('four') }), '409 suggestion_stale'],
    [
      await blocks('New.', { base: [{ type: 'paragraph', content: text('Never written.') }] }),
      '409 suggestion_stale',
    ],
    [await blocks('New.', { blocks: { ids: ['nobody'] } }), '409 suggestion_stale'],
    [await words('five'), '400 invalid'],
    [await blocks('x', { blocks: { ids: [first, first] } }), '409 suggestion_stale'],
    [await propose(id, linus, { replacement: 'x' }), '400 invalid'],
    [await propose(id, linus, { replacement: 'x' }, { quote: 'then stop.\nRetries' }), '400 invalid'],
    [await propose(id, margaret, { replacement: 'x' }, { quote: 'five' }), '403 forbidden'],
  ]
  for (const [at, [told, code]] of refusals.entries()) expect([at, failureOf(told)]).toEqual([at, code])
  const { rows } = await world.db.query('select 1 from thread where document_id = $1', [id])
  expect(rows).toHaveLength(0)
  expect(Object.hasOwn(Object.prototype, 'a')).toBe(false)
})

test('an anchor of another document is refused, as is a block id of another one', async () => {
  const [id, other] = [await paper(), await paper()]
  const theirs = await proposed(other, linus, { replacement: 'six' }, { quote: 'five' })
  const told = await propose(id, linus, { replacement: 'six' }, { anchor: theirs.anchor })
  expect(failureOf(told)).toBe('400 foreign_anchor')
  const block = String((await bodyOf(other)).content?.[1]?.attrs?.id)
  expect(failureOf(await propose(id, linus, { blocks: { ids: [block] }, replacement: 'x' }))).toBe(
    '409 suggestion_stale',
  )
})

test('ids that other blocks have are not taken from them', async () => {
  const id = await paper()
  const [, first, second] = ((await bodyOf(id)).content ?? []).map((block) => String(block.attrs?.id))
  const steals = { type: 'paragraph', attrs: { id: second ?? '' }, content: text('Mine.') }
  const made = await proposed(id, linus, { blocks: { ids: [first ?? ''] }, replacement: [steals, steals] })
  ok(await accept(ada, made.id))
  const ids = ((await bodyOf(id)).content ?? []).map((block) => block.attrs?.id)
  expect(new Set(ids).size).toBe(ids.length)
  expect((await bodyOf(id)).content?.find((block) => block.attrs?.id === second)?.content?.[0]?.text).toBe(
    'Retries cost ',
  )
})

test('approved text can be commented on by suggestions, and none is accepted into it', async () => {
  const id = await paper()
  const open = await proposed(id, linus, { replacement: 'six' }, { quote: 'five' })
  await world.db.query(
    "update document set status = 'approved', write_epoch = write_epoch + 1 where id = $1",
    [id],
  )
  const late = await proposed(id, linus, { replacement: 'give up' }, { quote: 'stop' })
  expect(said(await accept(ada, open.id))).toMatch(/read-only now/)
  expect(failureOf(await accept(ada, open.id))).toBe('409 conflict')
  ok(await decline(ada, late.id, 'Approved.'))
  ok(await reopen(linus, late.id))
  await world.call('deleteDocument', ada, { params: { id } })
  expect(failureOf(await accept(ada, open.id))).toBe('403 forbidden')
  expect(failureOf(await propose(id, linus, { replacement: 'x' }, { quote: 'five' }))).toBe('404 not_found')
})

test('proposed again under the same key, it is there once', async () => {
  const id = await paper()
  const key = { 'idempotency-key': 'late-edit-1' }
  const once = await proposed(id, linus, { replacement: 'six' }, { quote: 'five' }, key)
  const again = await proposed(id, linus, { replacement: 'six' }, { quote: 'five' }, key)
  expect(again.id).toBe(once.id)
})
