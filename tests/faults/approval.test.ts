import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReviewAnswer, ReviewDraftAnswer } from '../../lib/api-review'
import type { ThreadAnswer } from '../../lib/api-thread'
import type { DocumentId } from '../../lib/id'
import { bodyOfHead } from '../../server/version/body'
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

type Somebody = 'ada' | 'grace' | 'linus'
const ask = <Answer>(as: Somebody, method: string, path: string, body?: unknown) =>
  call<Answer>(here.node.origin, here.person(as).token, method, path, body)
const threads = async (id: DocumentId) =>
  (await ask<{ items: ThreadAnswer[] }>('ada', 'GET', `/documents/${id}/threads`)).items
const proposedIn = (all: readonly ThreadAnswer[]): number[] =>
  all.flatMap(({ suggestion }) => tokensOf('grace', JSON.stringify(suggestion?.replacement)))
const inText = async (id: DocumentId) =>
  tokensOf('grace', await ask<string>('ada', 'GET', `/documents/${id}/content?format=markdown`))
const reviewOf = (id: DocumentId) => ask<ReviewAnswer>('ada', 'GET', `/documents/${id}/review`)
const hashOf = async (id: DocumentId) => (await bodyOfHead(here.database.pool, id)).hash

/** Grace has written five words, and Linus is reviewing them. */
async function inReview(): Promise<{ id: DocumentId; page: BrowserPage; draft: ReviewDraftAnswer }> {
  const id = await here.document()
  const page = await BrowserPage.open({
    origin: here.node.origin,
    documentId: id,
    person: { ...here.person('grace'), name: 'grace' },
    token: here.person('grace').token,
  })
  await page.is('live')
  for (let n = 0; n < 5; n += 1) page.type()
  await page.isSaved()
  await ask('ada', 'PUT', `/documents/${id}/reviewers`, {
    reviewers: [{ personId: here.person('linus').id }],
  })
  await ask('ada', 'POST', `/documents/${id}/status`, { to: 'in_review' })
  const draft = await ask<ReviewDraftAnswer>('linus', 'POST', `/documents/${id}/reviews/draft`)
  return { id, page, draft }
}

const approves = (id: DocumentId, draft: ReviewDraftAnswer) =>
  ask('linus', 'POST', `/documents/${id}/reviews`, {
    verdict: 'approve',
    versionId: draft.version.id,
    draftId: draft.id,
  })

/** Grace types while something is under way, and a little longer. */
async function typesDuring(page: BrowserPage, work: Promise<unknown>): Promise<void> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  for (let n = 0; n < 200 && !isDone && page.view.body?.canWrite; n += 1) {
    page.type()
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  await done
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n)
const ascending = (all: readonly number[]) => [...all].sort((a, b) => a - b)

test('a verdict while somebody types approves what was read, or nothing by itself', async () => {
  const seen = new Set<string>()
  for (let round = 0; round < 6; round += 1) {
    const { id, page, draft } = await inReview()
    // The verdict is on its way before the first word, or just behind it.
    const verdict = round % 2 === 0 ? approves(id, draft) : Promise.resolve().then(() => approves(id, draft))
    if (round % 2 === 1) page.type()
    await typesDuring(page, verdict)
    const { status, approved, readyToApprove } = await reviewOf(id)
    seen.add(status)
    if (status === 'approved') {
      expect(approved?.version.hash).toBe(draft.version.hash)
      await until(() => page.view.state.kind === 'live' && page.view.body?.canWrite === false)
      await until(async () => new Set(proposedIn(await threads(id))).size >= page.typed - 5)
      expect(await hashOf(id)).toBe(draft.version.hash)
      expect(await inText(id)).toEqual(numbers(0, 5))
      expect(ascending(proposedIn(await threads(id)))).toEqual(numbers(5, page.typed))
    } else {
      expect(status).toBe('in_review')
      expect(readyToApprove?.version.hash).toBe(draft.version.hash)
      await page.isSaved()
      expect(await inText(id)).toEqual(numbers(0, page.typed))
    }
    page.close()
  }
  expect(seen.size).toBeGreaterThan(0)
})
