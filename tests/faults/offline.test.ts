import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keptTexts } from '../../components/sync/kept-texts'
import { localStoreName } from '../../components/sync/local-store'
import type { DocumentId } from '../../lib/id'
import { emit } from '../../server/live/outbox'
import { setRole } from '../sync/documents'
import { until } from './agreement'
import { BrowserPage } from './browser'
import { call } from './call'
import { Network } from './network'
import { tokensOf } from './writer'

/** Documents are forgotten and folded at once, as over a week they would be many times. */
const limits = { unloadMs: 100, compactEveryMs: 1 }

let here: Network
beforeAll(async () => {
  here = await Network.open({ limits })
}, 240_000)
afterAll(() => here?.close())

const graces = (documentId: DocumentId) =>
  BrowserPage.open({
    origin: here.node.origin,
    documentId,
    person: { ...here.person('grace'), name: 'grace' },
    token: here.person('grace').token,
  })
const exported = (documentId: DocumentId) =>
  call<string>(
    here.node.origin,
    here.person('ada').token,
    'GET',
    `/documents/${documentId}/content?format=markdown`,
  )
const whole = (count: number) => Array.from({ length: count }, (_, n) => n)

/** Grace writes, goes offline, and writes on; meanwhile Ada writes, and the log is folded and its updates grow old. */
async function aWeekOffline(): Promise<{ id: DocumentId; page: BrowserPage; safe: number }> {
  const id = await here.document()
  const page = await graces(id)
  await page.is('live')
  for (let n = 0; n < 5; n += 1) page.type()
  await page.isSaved()
  const safe = page.typed
  page.goOffline()
  for (let n = 0; n < 20; n += 1) page.type()
  expect(page.view.state.kind).toBe('offline')

  const made = await here.metric('sync_snapshots')
  for (let day = 0; day < 3; day += 1) {
    const ada = await here.writer('ada', id)
    ada.typed = day * 10
    for (let n = 0; n < 10; n += 1) ada.type()
    await ada.until(() => ada.acknowledged === ada.typed)
    ada.leave()
    await until(async () => (await here.metric('sync_rooms')) === 0)
  }
  await until(async () => (await here.metric('sync_snapshots')) >= made + 2)
  await here.database.pool.query(`update document_client set claimed_at = claimed_at - interval '8 days'`)
  return { id, page, safe }
}

test('what was written in a week offline merges with what others wrote, in the tab that stayed open', async () => {
  const { id, page } = await aWeekOffline()
  page.goOnline()
  await page.isSaved()
  const text = await exported(id)
  expect(tokensOf('grace', text)).toEqual(whole(page.typed))
  expect(tokensOf('ada', text)).toEqual(whole(30))
  expect(tokensOf('ada', page.text())).toEqual(whole(30))
  page.close()
})

test('what was written in a week offline merges when the tab was closed, from what the device has kept', async () => {
  const { id, page } = await aWeekOffline()
  const { typed } = page
  page.close()
  const later = await graces(id)
  await later.is('live')
  await later.isSaved()
  const text = await exported(id)
  expect(tokensOf('grace', text)).toEqual(whole(typed))
  expect(tokensOf('ada', text)).toEqual(whole(30))
  later.close()
})

test('whoever comes back from a week offline and may not write any more keeps their words, outside the document', async () => {
  const { id, page, safe } = await aWeekOffline()
  const { typed } = page
  await setRole(here.database.pool, id, here.person('grace').id, 'viewer')
  page.goOnline()
  await page.is('live')
  expect(page.view.saved.kind).toBe('read_only')
  expect(page.view.kept.map(({ words }) => tokensOf('grace', words))).toEqual([whole(typed).slice(safe)])
  expect(tokensOf('grace', await exported(id))).toEqual(whole(safe))
  expect(tokensOf('grace', page.text())).toEqual(whole(safe))
  page.close()
})

test('access taken away after a week offline: nothing is sent or shown, and the words are offered to their author alone', async () => {
  const { id, page, safe } = await aWeekOffline()
  const { typed } = page
  const grace = here.person('grace').id
  await setRole(here.database.pool, id, grace, null)
  await emit(here.database.pool, { type: 'access.changed', documentId: id })
  page.goOnline()
  await page.is('gone')
  expect(page.view.body).toBeNull()
  const kept = await keptTexts(grace, id)
  // Her own words, and nothing of what Ada wrote.
  expect(kept.map(({ words }) => tokensOf('grace', words))).toEqual([whole(typed).slice(safe)])
  expect(kept.map(({ words }) => tokensOf('ada', words))).toEqual([[]])
  expect(page.view.kept).toEqual(kept)
  expect(tokensOf('grace', await exported(id))).toEqual(whole(safe))
  // The text of others is not on her device any more.
  await until(async () => (await stored(localStoreName(grace, id))) === 0)
  page.close()
})

/** How many updates this device holds under a name. */
const stored = (name: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const db = opening.result
      const count = db.transaction('updates').objectStore('updates').count()
      count.onerror = () => reject(count.error)
      count.onsuccess = () => {
        db.close()
        resolve(count.result)
      }
    }
  })
