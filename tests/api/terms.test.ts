import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TermAnswer } from '../../lib/api-term'
import { contentSchema } from '../../lib/content/schema'
import type { DocumentId } from '../../lib/id'
import { termReading } from '../../server/document/term'
import { atRest, line, say } from './text-story'
import { failureOf, type Somebody, World } from './world'

let world: World
beforeAll(async () => {
  world = await World.open()
})
afterAll(() => world.close())

const heading = (id: string, words: string) =>
  contentSchema.node('heading', { id, level: 1 }, [contentSchema.text(words)])
const list = (id: string, ...items: string[]) =>
  contentSchema.node(
    'bulletList',
    { id },
    items.map((words, index) =>
      contentSchema.node('listItem', { id: `${id}-${index}` }, [line(`${id}-${index}-p`, words)]),
    ),
  )

async function terms(who: Somebody, query: Record<string, string> = {}): Promise<TermAnswer[]> {
  const told = await world.call('listTerms', await world.token(who, 'read'), { query })
  expect(told.status).toBe(200)
  // The sample has a glossary of its own.
  return told.body.items.filter(({ document }: TermAnswer) => document.number !== null)
}
const names = (items: readonly TermAnswer[]) => items.map(({ term }) => term)

const read = () => atRest(world, termReading)

async function made(title: string, ...items: string[]): Promise<DocumentId> {
  const id = (await world.document('grace', title)).id as DocumentId
  await say(world, id, 'grace', [
    heading('h', 'Terminology'),
    list('l', ...items),
    heading('n', 'Next'),
    list('m', 'no: term'),
  ])
  await read()
  return id
}

test('terms are read from texts that rest, follow them, and go with them', async () => {
  const id = await made('Retries', 'lease: a lock that ends by itself', 'Backoff - waiting longer each time')
  expect(names(await terms('grace')), 'by name, however it is written').toEqual(['Backoff', 'lease'])
  expect(await terms('grace', { q: 'lock' })).toMatchObject([
    { term: 'lease', meaning: 'a lock that ends by itself', document: { id, title: 'Retries' } },
  ])
  expect(names(await terms('grace', { name: 'lease' }))).toEqual(['lease'])
  expect(await terms('grace', { name: 'Lease' }), 'in exact case').toEqual([])
  expect(await read(), 'a text that was not changed is not read again').toBe(0)

  await say(world, id, 'grace', [heading('h', 'Terminology'), list('l', 'lease: a promise')])
  await read()
  expect(await terms('grace')).toMatchObject([{ term: 'lease', meaning: 'a promise' }])

  await say(world, id, 'grace', [line('p', 'Nothing of the kind.')])
  await read()
  expect(await terms('grace')).toEqual([])
})

test('who cannot read a document learns none of its terms, and nobody those of one in the bin', async () => {
  const id = await made('Secret', 'Falcon: the company that we buy')
  expect(names(await terms('grace'))).toEqual(['Falcon'])
  // Ada administers the workspace, and has not taken access.
  for (const who of ['linus', 'ada'] as const) expect(await terms(who), who).toEqual([])
  await world.grant(id, 'linus', 'viewer')
  expect(names(await terms('linus', { q: 'falc' }))).toEqual(['Falcon'])
  await world.call('deleteDocument', await world.token('grace'), { params: { id } })
  expect([await terms('grace'), await terms('linus')]).toEqual([[], []])
})

test('the list goes on page by page, and takes no cursor but its own', async () => {
  const id = await made('Many', 'ab: paged', 'ac: paged', 'ad: paged')
  const token = await world.token('grace', 'read')
  const first = await world.call('listTerms', token, { query: { q: 'paged', limit: '2' } })
  expect(names(first.body.items)).toEqual(['ab', 'ac'])
  const rest = await world.call('listTerms', token, {
    query: { q: 'paged', limit: '2', cursor: first.body.nextCursor ?? '' },
  })
  expect([names(rest.body.items), rest.body.nextCursor]).toEqual([['ad'], null])
  for (const cursor of ['x', `${id}_0`, `${id}_0_AA`]) {
    const wrong = await world.call('listTerms', token, { query: { cursor } })
    expect(failureOf(wrong), cursor).toBe('400 invalid')
  }
  await say(world, id, 'grace', [heading('h', 'Terminology'), list('l', 'ad: paged')])
  await read()
  const later = await world.call('listTerms', token, {
    query: { q: 'paged', cursor: first.body.nextCursor ?? '' },
  })
  expect(names(later.body.items), 'also when the last one is gone').toEqual(['ad'])
  const longest = ['ß', 'z'].map((end) => 'ß'.repeat(79) + end)
  await made('Long', ...longest.map((term) => `${term}: as long as terms are`))
  const long = await world.call('listTerms', token, { query: { q: 'ß', limit: '1' } })
  const next = await world.call('listTerms', token, {
    query: { q: 'ß', limit: '1', cursor: long.body.nextCursor ?? '' },
  })
  expect(names([...long.body.items, ...next.body.items])).toEqual(expect.arrayContaining(longest))
})
