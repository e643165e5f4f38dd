import pino from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DecisionAnswer } from '../../lib/api-decision'
import { contentSchema } from '../../lib/content/schema'
import type { DocumentId } from '../../lib/id'
import { gathering } from '../../server/document/gather'
import { type RestWork, readRested, restJob } from '../../server/document/rested'
import { termReading } from '../../server/document/term'
import type { JobParts } from '../../server/job'
import { decisionNode, gather, line, say } from './text-story'
import { failureOf, type Somebody, World } from './world'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

const heading = (id: string, words: string) =>
  contentSchema.node('heading', { id, level: 1 }, [contentSchema.text(words)])

async function log(who: Somebody, query: Record<string, string> = {}): Promise<DecisionAnswer[]> {
  const told = await world.call('listDecisions', await world.token(who, 'read'), { query })
  expect(told.status).toBe(200)
  return told.body.items
}
const texts = (items: readonly DecisionAnswer[]) => items.map(({ text }) => text)

async function made(title: string): Promise<DocumentId> {
  return (await world.document('grace', title)).id as DocumentId
}

test('decisions are gathered when a text rests, follow it, and go with it', async () => {
  const id = await made('Retries')
  await say(world, id, 'grace', [
    heading('h', 'Storage'),
    decisionNode('d1', 'We take PostgreSQL.', {
      state: 'accepted',
      day: '2026-11-12',
      deciders: 'Ada, Grace',
    }),
    decisionNode('d2', ''),
  ])
  expect(await log('grace'), 'nothing costs a request while people write').toEqual([])
  await gather(world)
  const [first, ...others] = await log('grace')
  expect(others, 'what nobody has written a word in is none').toEqual([])
  expect(first).toMatchObject({
    blockId: 'd1',
    text: 'We take PostgreSQL.',
    state: 'accepted',
    day: '2026-11-12',
    deciders: 'Ada, Grace',
    section: 'Storage',
    document: { id, title: 'Retries', status: 'draft' },
  })
  expect(await gather(world), 'a text that was not changed is not read again').toBe(0)

  await say(world, id, 'grace', [decisionNode('d1', 'We take SQLite.', { state: 'proposed' })])
  await gather(world)
  const [changed] = await log('grace')
  expect(changed).toMatchObject({ text: 'We take SQLite.', state: 'proposed', day: null, section: null })
  expect(changed?.notedAt, 'it is the same decision').toBe(first?.notedAt)

  await say(world, id, 'grace', [line('p', 'Never mind the decision or the mention.')])
  await gather(world)
  expect(await log('grace')).toEqual([])
})

test('who cannot read a document learns of none of its decisions, and of none in the bin', async () => {
  const id = await made('Secret')
  await say(world, id, 'grace', [decisionNode('s1', 'We sell the company.')])
  await gather(world)
  for (const [who, seen] of [
    ['grace', 1],
    ['linus', 0],
    // Administers the workspace, and has not taken access.
    ['ada', 0],
  ] as const) {
    expect((await log(who)).length, who).toBe(seen)
    const record = await world.call('getDecisionRecord', await world.token(who, 'read'), {
      params: { id, blockId: 's1' },
    })
    expect(record.status, who).toBe(seen === 1 ? 200 : 404)
  }
  await world.grant(id, 'linus', 'viewer')
  expect(texts(await log('linus'))).toEqual(['We sell the company.'])
  await world.call('deleteDocument', await world.token('grace'), { params: { id } })
  expect([await log('grace'), await log('linus')]).toEqual([[], []])
})

test('the newest come first, by the day that was said or else by when they were seen, page by page', async () => {
  const id = await made('Many')
  await say(world, id, 'grace', [
    decisionNode('m1', 'One', { day: '2026-01-01' }),
    decisionNode('m2', 'Two', { day: '2026-03-01', state: 'rejected' }),
    decisionNode('m3', 'Three', { day: '2026-02-01', deciders: 'Margaret' }),
  ])
  await gather(world)
  expect(texts(await log('grace'))).toEqual(['Two', 'Three', 'One'])
  const token = await world.token('grace', 'read')
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const told = await world.call('listDecisions', token, {
      query: { limit: '1', ...(cursor === '' ? {} : { cursor }) },
    })
    seen.push(...texts(told.body.items))
    cursor = told.body.nextCursor
  }
  expect(seen).toEqual(['Two', 'Three', 'One'])
  expect(texts(await log('grace', { state: 'rejected' }))).toEqual(['Two'])
  expect(texts(await log('grace', { q: 'marg' }))).toEqual(['Three'])
  expect(texts(await log('grace', { q: 'many thr' })), 'words of the title count too').toEqual(['Three'])
  expect(await log('grace', { q: '%' })).toEqual([])
  for (const cursor of [
    'x',
    '2026-13-45_1_00000000-0000-4000-8000-000000000000_a',
    "'; drop table document",
  ]) {
    const told = await world.call('listDecisions', token, { query: { cursor } })
    expect(failureOf(told)).toBe('400 invalid')
  }
})

test('a decision is exported as a record with what its section says before it, and says what is missing', async () => {
  const id = await made('Queue [v2]')
  const consequences = [
    contentSchema.node('heading', { id: 'c', level: 3 }, [contentSchema.text('Consequences')]),
    line('c1', 'One more thing to run.'),
  ]
  await say(world, id, 'grace', [
    heading('h', 'Broker'),
    line('p1', 'Workers die.'),
    decisionNode('e1', 'We take *a* lease.', { state: 'accepted', day: '2026-11-12' }, ...consequences),
    line('p2', 'Leases run out.'),
    decisionNode('e2', 'Ten seconds.'),
  ])
  const read = async (blockId: string) => {
    const token = await world.token('grace', 'read')
    return world.call('getDecisionRecord', token, { params: { id, blockId } })
  }
  const first = await read('e1')
  expect(first.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
  const number = (await world.call('getDocument', await world.token('grace'), { params: { id } })).body.number
  expect(String(first.body)).toBe(`# We take \\*a\\* lease.

- Status: Accepted
- Date: 2026-11-12
- Section: Broker
- From: [${number} Queue \\[v2\\]](<${world.runtime.config.origin}/d/${id}#e1>)

## Context

Workers die.

## Decision

We take \\*a\\* lease.

## Consequences

One more thing to run.
`)
  const second = String((await read('e2')).body)
  expect(second).toContain('## Context\n\nLeases run out.\n')
  expect(second).toContain('## Consequences\n\n*Not said in the document.*\n')
  expect(failureOf(await read('gone'))).toBe('404 not_found')
})

test('a text is read when it rests, or after a while where people never stop; glossaries wait for rest', async () => {
  const id = await made('Busy')
  await gather(world)
  await say(world, id, 'grace', [decisionNode('b1', 'We go on.')])
  const { rows } = await world.db.query<{ at: Date }>('select updated_at as at from document where id = $1', [
    id,
  ])
  const isDue = async (work: RestWork, afterMs: number) => {
    const now = Number(rows[0]?.at) + afterMs
    return (await readRested(world.db, work, { now, limit: 1_000 })).some((one) => one.id === id)
  }
  expect([await isDue(gathering, 1_900), await isDue(gathering, 2_100)]).toEqual([false, true])
  expect([await isDue(termReading, 59_900), await isDue(termReading, 60_100)]).toEqual([false, true])
  // As if it had last been read, and made, half a minute before.
  for (const table of ['document_gathered', 'document_term_reading'])
    await world.db.query(
      `insert into ${table} (document_id, until) values ($1, $2) on conflict (document_id) do update set until = $2`,
      [id, new Date(Number(rows[0]?.at) - 29_000)],
    )
  expect([await isDue(gathering, 900), await isDue(gathering, 1_100)]).toEqual([false, true])
  expect(await isDue(termReading, 1_100)).toBe(false)
})

test('a text that cannot be read holds up no other, and is left alone until it is changed', async () => {
  const ids = [await made('Damaged'), await made('Whole')]
  const read: string[] = []
  const work: RestWork = {
    ...gathering,
    async read(_tx, documentId) {
      read.push(documentId)
      if (documentId === ids[0]) throw new Error('damaged')
    },
  }
  const now = () => world.runtime.now() + 60_000
  const parts = { pool: world.db, log: pino({ level: 'silent' }), timers: { now } } as unknown as JobParts
  const run = () => restJob('reading', 1, work).run(parts, new AbortController().signal)
  await run()
  expect(read).toEqual(expect.arrayContaining(ids))
  read.length = 0
  await run()
  expect(read).toEqual([])
  await say(world, ids[0] as DocumentId, 'grace', [line('p', 'Mended.')])
  await run()
  expect(read).toEqual([ids[0]])
})

test('what PostgreSQL cannot hold is left out of the log, and the rest is gathered', async () => {
  const id = await made('Signs')
  // Its last character begins within what the log holds and ends beyond it: it is left out whole.
  const long = `${'x'.repeat(499)}😀`
  await say(world, id, 'grace', [
    decisionNode('n1', 'A NUL \0 and half \ud83d of a character', { deciders: 'Ada\0' }),
    decisionNode('n2', long),
  ])
  await gather(world)
  const found = (await log('grace')).filter(({ document }) => document.id === id)
  expect(texts(found).sort()).toEqual(['A NUL  and half \ufffd of a character', 'x'.repeat(499)])
  expect(found.find(({ blockId }) => blockId === 'n1')?.deciders).toBe('Ada')
})

test('a number leads to its document, and one that may not be read to nothing', async () => {
  const document = await world.document('grace', 'Numbered')
  const ask = async (who: Somebody, number: string) =>
    world.call('getNumberedDocument', await world.token(who, 'read'), { params: { number } })
  for (const number of [document.number ?? '', String(Number(document.number?.split('-')[1]))]) {
    expect((await ask('grace', number)).body).toMatchObject({ id: document.id, title: 'Numbered' })
    expect(failureOf(await ask('linus', number))).toBe('404 not_found')
  }
  for (const number of ['99999999', 'nothing', '0', '-1']) {
    expect(failureOf(await ask('grace', number)), number).toBe('404 not_found')
  }
})
