import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeDocument } from '../sync/documents'
import { Site } from '../sync/wire'
import { until } from './agreement'

const open = 30
/** Of 20 connections, which everything else needs as well. */
const most = 4

let site: Site
beforeAll(async () => {
  site = await Site.open({ maxSocketsPerPerson: open })
})
afterAll(async () => {
  vi.restoreAllMocks()
  await site.close()
  await site.database.close()
})

test(`26: when events may have been missed, ${open} open documents are read again, and no more than ${most} at the same time`, async () => {
  const { pool } = site.database
  const ada = await site.person('ada')
  const ids = await Promise.all(Array.from({ length: open }, () => makeDocument(pool, ada.id)))
  const providers = ids.map((id) => site.provider(id, ada.token))
  await until(() => providers.every(({ synced }) => synced))

  let read = 0
  let atOnce = 0
  let mostAtOnce = 0
  const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<unknown>
  vi.spyOn(pool, 'query').mockImplementation((async (...given: unknown[]) => {
    const isBody = typeof given[0] === 'string' && given[0].includes('from document_snapshot')
    if (!isBody) return query(...given)
    atOnce += 1
    mostAtOnce = Math.max(mostAtOnce, atOnce)
    try {
      return await query(...given)
    } finally {
      atOnce -= 1
      read += 1
    }
  }) as never)
  // The connection for live events is cut and comes back.
  await query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'rationale-live'`,
  )
  await until(() => read >= open)
  expect(mostAtOnce).toBe(most)
})
