import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { socketPatience } from '../../components/sync/socket'
import type { DocumentId } from '../../lib/id'
import { syncLimits } from '../../server/sync/limits'
import type { ChaosProxy } from '../support/chaos-proxy'
import { until } from './agreement'
import { BrowserPage, type PageAddress } from './browser'
import { call } from './call'
import { Network } from './network'
import { tokensOf } from './writer'

let here: Network
beforeAll(async () => {
  here = await Network.open({ limits: { keepAliveMs: 1_000 } })
}, 240_000)
afterAll(() => here?.close())

const adas = async (
  over: ChaosProxy,
  more: Partial<PageAddress> = {},
): Promise<{ id: DocumentId; page: BrowserPage }> => {
  const id = await here.document()
  const { origin } = here.node
  const { id: personId, token } = here.person('ada')
  const person = { id: personId, name: 'ada' }
  return { id, page: await BrowserPage.open({ origin, documentId: id, person, token, over, ...more }) }
}

async function isAllThere(id: DocumentId, page: BrowserPage): Promise<void> {
  await page.isSaved()
  const { token } = here.person('ada')
  const text = await call<string>(here.node.origin, token, 'GET', `/documents/${id}/content?format=markdown`)
  expect(tokensOf('ada', text)).toEqual(Array.from({ length: page.typed }, (_, n) => n))
}

test('a page whose connection carries nothing any more says so and comes back by itself, with every word', async () => {
  const line = await here.line()
  const { silentMs, lookEveryMs } = socketPatience
  expect(silentMs + lookEveryMs).toBeLessThanOrEqual(30_000)
  expect(silentMs).toBeGreaterThan(syncLimits.keepAliveMs)
  const { id, page } = await adas(line, { silentMs: 3_000 })
  await page.is('live')
  page.type()
  await page.isSaved()
  line.silence()
  page.type()
  // Nothing tells it for now.
  expect(page.view.state.kind).toBe('live')
  await until(() => page.connections === 2)
  page.type()
  await isAllThere(id, page)
  page.close()
}, 120_000)

test('a page whose socket is taken and never answered gives it up and tries again', async () => {
  const line = await here.line()
  line.silence({ isNewToo: true })
  const { id, page } = await adas(line, { openTimeoutMs: 300 })
  await until(() => page.connections > 1)
  expect(page.view.state.kind).not.toBe('live')
  line.speak()
  await page.is('live')
  page.type()
  await isAllThere(id, page)
  page.close()
}, 120_000)
