import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { DocumentAnswer } from '../../lib/api'
import type { SectionAnswer } from '../../lib/api-section'
import type { DocumentId } from '../../lib/id'
import { insertUpdates } from '../../server/document/update-log'
import { type As, failureOf, World } from './world'

let world: World
let ada: As
let grace: As
beforeAll(async () => {
  world = await World.open()
  ada = await world.token('ada')
  grace = await world.token('grace')
})
afterAll(() => world.close())

const titles = (told: { body: { items: DocumentAnswer[] } }) => told.body.items.map((item) => item.title)

test('the first person owns a sample without a number; everybody later is its editor', async () => {
  const [mine] = (await world.call('listDocuments', ada, { query: { q: 'fair limits' } })).body.items
  const [theirs] = (await world.call('listDocuments', grace, { query: { q: 'fair limits' } })).body.items
  expect(mine).toMatchObject({ number: null, role: 'owner', templateKey: 'technical-design-document' })
  expect(theirs).toMatchObject({ id: mine.id, role: 'editor', owner: { name: 'Ada Lovelace' } })
})

test('a document from the template has its thirteen sections, all empty, and a number that is its own', async () => {
  const one = await world.document('ada', ' Payment \n retries ')
  const two = await world.document('ada', 'Other')
  expect(one).toMatchObject({ title: 'Payment retries', status: 'draft', role: 'owner', binnedAt: null })
  expect(one.number).toMatch(/^TDD-\d{4}$/)
  expect(Number(two.number?.slice(4))).toBeGreaterThan(Number(one.number?.slice(4)))
  const { items } = (await world.call('listSections', ada, { params: { id: one.id } })).body
  expect(items.map((s: SectionAnswer) => s.number)).toEqual([
    '1',
    '1.1',
    '1.2',
    '1.3',
    '1.4',
    '2',
    '2.1',
    '2.2',
    '2.3',
    '2.4',
    '3',
    '3.1',
    '4',
  ])
  expect(new Set(items.map((s: SectionAnswer) => s.state))).toEqual(new Set(['empty']))
  expect(items.every((s: SectionAnswer) => s.templateSection !== null)).toBe(true)
})

test('an outline comes in pages; what is no page is refused', async () => {
  const { id } = await world.document('ada', 'In pages')
  const list = (query: Record<string, string>) => world.call('listSections', ada, { params: { id }, query })
  const numbers: string[] = []
  let cursor = ''
  do {
    const { body } = await list({ limit: '5', cursor })
    numbers.push(...body.items.map((section: SectionAnswer) => section.number))
    cursor = body.nextCursor ?? ''
  } while (cursor)
  const whole = (await list({})).body
  expect(numbers).toEqual(whole.items.map((section: SectionAnswer) => section.number))
  expect([numbers.length, whole.nextCursor]).toEqual([13, null])
  for (const query of [{ limit: 'all' }, { level: '1' }, { cursor: 'no-heading' }]) {
    expect(failureOf(await list(query as unknown as Record<string, string>))).toBe('400 invalid')
  }
})

test('a blank document is empty', async () => {
  const made = await world.call('createDocument', ada, {
    body: { title: 'Nothing yet', templateKey: 'blank' },
  })
  const content = await world.call('getContent', ada, { params: { id: made.body.id } })
  expect(content.body).toBe('')
  expect(content.headers.get('content-type')).toMatch(/^text\/markdown/)
})

test('content comes as Markdown and as JSON, with an ETag that spares asking again', async () => {
  const { id } = await world.document('ada', 'With content')
  const markdown = await world.call('getContent', ada, { params: { id } })
  expect(markdown.body).toMatch(/^# With content\nstatus: draft\n/)
  const json = await world.call('getContent', ada, { params: { id }, query: { format: 'json' } })
  expect(json.body).toMatchObject({ type: 'doc' })
  const etag = markdown.headers.get('etag') ?? ''
  expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
  const again = { params: { id }, headers: { 'if-none-match': etag } }
  expect((await world.call('getContent', ada, again)).status).toBe(304)
  await world.call('updateDocument', ada, { params: { id }, body: { title: 'Renamed' } })
  expect((await world.call('getContent', ada, again)).status).toBe(200)
})

test('content waits for what the caller has typed, up to two seconds', async () => {
  const { id } = await world.document('ada', 'Being typed')
  const page = new Y.Doc()
  page.getText('elsewhere').insert(0, 'typed just now')
  const clock = Buffer.from(Y.encodeStateVector(page)).toString('base64')
  const asked = { params: { id }, headers: { 'x-document-clock': clock } }
  const waiting = world.call('getContent', ada, asked)
  await insertUpdates(
    world.db,
    [
      {
        documentId: id as DocumentId,
        personId: world.ids.ada,
        relayedBy: null,
        clientId: page.clientID,
        writeEpoch: 1n,
        data: Y.encodeStateAsUpdate(page),
      },
    ],
    { again: false, timeoutMs: 5_000 },
  )
  expect((await waiting).status).toBe(200)
  page.getText('elsewhere').insert(0, 'and never sent')
  const ahead = Buffer.from(Y.encodeStateVector(page)).toString('base64')
  const late = { params: { id }, headers: { 'x-document-clock': ahead } }
  expect(failureOf(await world.call('listSections', ada, late))).toBe('409 conflict')
})

test.each(['', '!!!', 'AAAA=A', 'A'.repeat(70_000)])(
  'a clock that is none (%#) is refused',
  async (clock) => {
    const { id } = await world.document('ada', 'Clocks')
    const told = await world.call('getContent', ada, {
      params: { id },
      headers: { 'x-document-clock': clock },
    })
    expect(failureOf(told)).toBe('400 invalid')
  },
)

test('the version rises when something is written', async () => {
  const before = await world.document('ada', 'Versions')
  const page = new Y.Doc()
  page.getText('elsewhere').insert(0, 'x')
  const update = {
    documentId: before.id as DocumentId,
    personId: world.ids.ada,
    relayedBy: null,
    clientId: page.clientID,
    writeEpoch: 1n,
    data: Y.encodeStateAsUpdate(page),
  }
  await insertUpdates(world.db, [update], { again: false, timeoutMs: 5_000 })
  const after = (await world.call('getDocument', ada, { params: { id: before.id } })).body
  expect(after.version).toBeGreaterThan(before.version)
  await world.db.query('update document_update set folded_into = 1 where document_id = $1', [before.id])
  expect((await world.call('getDocument', ada, { params: { id: before.id } })).body.version).toBe(
    after.version,
  )
})

test('search finds words of the title without case and accents, and the number', async () => {
  const résumé = await world.document('ada', 'Résumé of PAYMENTS: 100% naïve_design')
  const chinese = await world.document('ada', '支付重试设计')
  const find = async (q: string) => titles(await world.call('listDocuments', ada, { query: { q } }))
  for (const q of ['resume', 'payments RESUME', 'NAIVE', 'pay', 'design', String(résumé.number), '100%']) {
    expect(`${q}: ${(await find(q)).includes(résumé.title)}`).toBe(`${q}: true`)
  }
  expect(await find('重试')).toEqual([chinese.title])
  for (const q of ['ayments', 'resume nothing', '%', '_', '!!!']) {
    expect(`${q}: ${(await find(q)).includes(résumé.title)}`).toBe(`${q}: false`)
  }
})

test('a list comes in pages, each document once, though others change meanwhile', async () => {
  const made: string[] = []
  for (let n = 0; n < 7; n++) made.push((await world.document('margaret', `Paged ${n}`)).id)
  const margaret = await world.token('margaret')
  const seen: string[] = []
  let cursor = ''
  do {
    const told = await world.call('listDocuments', margaret, { query: { q: 'paged', limit: '3', cursor } })
    seen.push(...told.body.items.map((item: DocumentAnswer) => item.id))
    cursor = told.body.nextCursor ?? ''
    // What was on the first page moves to the top again, and is not met a second time.
    await world.call('updateDocument', margaret, {
      params: { id: made[6] ?? '' },
      body: { title: `Paged ${cursor.length}` },
    })
  } while (cursor)
  expect(seen).toEqual([...made].reverse())
})

test('filters: owner, status, time, bin', async () => {
  const shared = await world.document('linus', 'From Linus')
  await world.grant(shared.id, 'grace', 'viewer')
  const list = async (query: Record<string, string>) =>
    titles(await world.call('listDocuments', grace, { query }))
  expect(await list({ owner: world.ids.linus })).toEqual(['From Linus'])
  expect(await list({ owner: 'me' })).not.toContain('From Linus')
  expect(await list({ owner: 'nobody' })).toEqual([])
  expect(await list({ reviewer: 'me' })).toEqual([])
  await world.db.query("update document set status = 'in_review' where id = $1", [shared.id])
  expect(await list({ status: 'in_review' })).toEqual(['From Linus'])
  expect(await list({ status: 'approved' })).toEqual([])
  expect(await list({ updatedSince: new Date(Date.now() + 60_000).toISOString() })).toEqual([])
  expect(await list({ updatedSince: shared.updatedAt })).toContain('From Linus')
})

test('into the bin and out of it: gone for others, back for its owner, and said each time', async () => {
  const { id } = await world.document('ada', 'To the bin')
  await world.grant(id, 'grace', 'editor')
  const fence = async () =>
    (await world.db.query('select write_epoch from document where id = $1', [id])).rows[0].write_epoch
  const before = await fence()
  const from = world.heard.length
  expect((await world.call('deleteDocument', ada, { params: { id } })).status).toBe(204)
  expect(Number(await fence())).toBe(Number(before) + 1)
  await world.hears((event) => event.type === 'access.changed' && event.documentId === id, from)
  expect(failureOf(await world.call('getDocument', grace, { params: { id } }))).toBe('404 not_found')
  const binned = await world.call('listDocuments', ada, { query: { binned: 'true' } })
  expect(binned.body.items).toEqual([expect.objectContaining({ id, binnedAt: expect.any(String) })])
  expect(failureOf(await world.call('deleteDocument', ada, { params: { id } }))).toBe('409 conflict')

  const again = await world.call('restoreDocument', ada, { params: { id } })
  expect(again.body).toMatchObject({ id, binnedAt: null })
  expect((await world.call('getDocument', grace, { params: { id } })).status).toBe(200)
})

test('renaming says so once, and is found under the new name alone', async () => {
  const { id } = await world.document('ada', 'Old zebra')
  const rename = () => world.call('updateDocument', ada, { params: { id }, body: { title: 'New giraffe' } })
  expect((await rename()).body.title).toBe('New giraffe')
  expect((await rename()).status).toBe(200)
  // Events come in the order of commits: when this one is here, the others are.
  const marker = await world.document('ada', 'Marker')
  await world.hears((event) => 'documentId' in event && event.documentId === marker.id)
  const about = world.heard.filter((event) => 'documentId' in event && event.documentId === id)
  expect(about.map((event) => event.type)).toEqual(['document.changed', 'document.changed'])
  const find = async (q: string) => titles(await world.call('listDocuments', ada, { query: { q } }))
  expect(await find('zebra')).toEqual([])
  expect(await find('giraffe')).toEqual(['New giraffe'])
})
