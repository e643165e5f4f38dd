import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ThreadAnswer } from '../../lib/api-thread'
import type { DocumentId } from '../../lib/id'
import { emit } from '../../server/live/outbox'
import { until } from './agreement'
import { BrowserPage } from './browser'
import { call } from './call'
import { Network } from './network'
import { tokensOf } from './writer'

let here: Network
beforeAll(async () => {
  here = await Network.open({ limits: {} })
}, 240_000)
afterAll(() => here?.close())

const pageOf = (documentId: DocumentId) =>
  BrowserPage.open({
    origin: here.node.origin,
    documentId,
    person: { ...here.person('grace'), name: 'grace' },
    token: here.person('grace').token,
  })
const ask = <Answer>(path: string, as: 'ada' | 'grace' = 'ada') =>
  call<Answer>(here.node.origin, here.person(as).token, 'GET', path)
const exported = (id: DocumentId) => ask<string>(`/documents/${id}/content?format=markdown`)
const threads = async (id: DocumentId) =>
  (await ask<{ items: ThreadAnswer[] }>(`/documents/${id}/threads`)).items

/** The document is approved, as far as those who write in it are concerned. */
async function approve(id: DocumentId): Promise<void> {
  const { pool } = here.database
  await pool.query("update document set status = 'approved', write_epoch = write_epoch + 1 where id = $1", [
    id,
  ])
  await emit(pool, { type: 'document.changed', documentId: id })
  await emit(pool, { type: 'access.changed', documentId: id })
}

const proposedIn = (all: readonly ThreadAnswer[]): number[] =>
  all.flatMap(({ suggestion }) => tokensOf('grace', JSON.stringify(suggestion?.replacement)))

test('what is typed in the very moment of the approval is in the text or a suggestion, and nothing is in both', async () => {
  const id = await here.document()
  const page = await pageOf(id)
  const reader = await here.reader(id)
  await page.is('live')
  for (let n = 0; n < 5; n += 1) page.type()
  await page.isSaved()
  for (let n = 0; n < 3; n += 1) page.type()
  const approving = approve(id)
  for (let n = 0; n < 20 && page.view.body?.canWrite; n += 1) {
    page.type()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { typed } = page
  await approving
  await until(() => page.view.state.kind === 'live' && page.view.body?.canWrite === false)
  const inText = async () => tokensOf('grace', await exported(id))
  // Asked now and then: a person may ask only so often.
  await vi.waitUntil(
    async () => (await inText()).length + new Set(proposedIn(await threads(id))).size >= typed,
    { timeout: 20_000, interval: 500 },
  )
  const text = await inText()
  const came = proposedIn(await threads(id))
  const all = Array.from({ length: typed }, (_, n) => n)
  expect(text).toEqual(all.slice(0, text.length))
  // The word before an insertion at the end is no part of it.
  expect(came).toEqual(all.slice(text.length))
  expect(page.view.kept).toEqual([])
  expect(tokensOf('grace', page.text())).toEqual(text)
  await until(() => tokensOf('grace', reader.doc.getXmlFragment('content').toString()).length >= text.length)
  for (const { author, suggestion } of await threads(id)) {
    expect([author.id, suggestion?.state, suggestion?.stale]).toEqual([
      here.person('grace').id,
      'open',
      false,
    ])
  }
  reader.leave()
  page.close()
})

test('days offline, approved meanwhile: the open tab proposes what it holds, once, and keeps nothing', async () => {
  const id = await here.document()
  const page = await pageOf(id)
  await page.is('live')
  for (let n = 0; n < 3; n += 1) page.type()
  await page.isSaved()
  page.goOffline()
  for (let n = 0; n < 4; n += 1) page.type()
  await approve(id)
  page.goOnline()
  await until(() => page.view.late.length > 0)
  expect(proposedIn(await threads(id))).toEqual([3, 4, 5, 6])
  expect(tokensOf('grace', page.text())).toEqual([0, 1, 2])
  expect([page.view.kept, page.view.late]).toEqual([[], (await threads(id)).map((one) => one.id)])
  page.close()
  const again = await pageOf(id)
  await again.is('live')
  expect([again.view.late, again.view.kept]).toEqual([[], []])
  expect(await threads(id)).toHaveLength(1)
  again.close()
})

test('a tab that was closed offline leaves its words to the next one, which proposes them', async () => {
  const id = await here.document()
  const page = await pageOf(id)
  await page.is('live')
  for (let n = 0; n < 3; n += 1) page.type()
  await page.isSaved()
  page.goOffline()
  for (let n = 0; n < 4; n += 1) page.type()
  page.close()
  await approve(id)
  const later = await pageOf(id)
  await until(() => later.view.late.length > 0)
  expect(proposedIn(await threads(id))).toEqual([3, 4, 5, 6])
  expect(later.view.kept).toEqual([])
  later.close()
})
