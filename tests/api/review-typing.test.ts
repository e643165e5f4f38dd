import 'fake-indexeddb/auto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReviewAnswer, ReviewDraftAnswer } from '../../lib/api-review'
import type { ThreadAnswer } from '../../lib/api-thread'
import type { DocumentId } from '../../lib/id'
import { bodyOfHead } from '../../server/version/body'
import { until } from '../faults/agreement'
import { BrowserPage } from '../faults/browser'
import { tokensOf } from '../faults/writer'
import { Office } from './office'
import { ReviewWorld } from './review-world'
import type { Somebody } from './world'

let story: ReviewWorld
let office: Office
const tokens = {} as Record<Somebody, string>
beforeAll(async () => {
  story = await ReviewWorld.open()
  office = await Office.open(story)
  for (const name of ['ada', 'grace', 'linus'] as const) tokens[name] = (await story.world.token(name)).token
})
afterAll(async () => {
  await office.close()
  await story.close()
})

const threads = async () => (await story.ok('listThreads', 'ada')).items as ThreadAnswer[]
const proposedIn = (all: readonly ThreadAnswer[]): number[] =>
  all.flatMap(({ suggestion }) => tokensOf('grace', JSON.stringify(suggestion?.replacement)))
const inText = async () => tokensOf('grace', (await story.ok('getContent', 'ada')) as string)
const reviewOf = (): Promise<ReviewAnswer> => story.review()
const hashOf = async () => (await bodyOfHead(story.world.db, story.id as DocumentId)).hash

/** Grace has written five words, and Linus is reviewing them. */
async function inReview(): Promise<{ page: BrowserPage; draft: ReviewDraftAnswer }> {
  await story.document('# Why\n\nBecause.\n')
  await story.world.grant(story.id, 'grace', 'editor')
  const page = await BrowserPage.open({
    origin: office.origin,
    documentId: story.id,
    person: { id: story.ids.grace, name: 'grace' },
    token: tokens.grace,
  })
  await page.is('live')
  for (let n = 0; n < 5; n += 1) page.type()
  await page.isSaved()
  await story.ask({ personId: story.ids.linus })
  await story.ok('moveStatus', 'ada', { body: { to: 'in_review' } })
  const draft = await story.ok('startReview', 'linus')
  return { page, draft }
}

const approves = (draft: ReviewDraftAnswer) =>
  story.ok('submitReview', 'linus', {
    body: { verdict: 'approve', versionId: draft.version.id, draftId: draft.id },
  })

/** Grace types while something is under way, a word whenever her page has something to say about the last. */
async function typesDuring(page: BrowserPage, work: Promise<unknown>): Promise<void> {
  let isDone = false
  const done = work.finally(() => {
    isDone = true
  })
  for (let n = 0; n < 200 && !isDone && page.view.body?.canWrite; n += 1) {
    page.type()
    await Promise.race([done, nextView(page)])
  }
  await done
}

const nextView = (page: BrowserPage): Promise<void> =>
  new Promise((resolve) => {
    const stop = page.session.subscribe(() => {
      stop()
      resolve()
    })
  })

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n)
const ascending = (all: readonly number[]) => [...all].sort((a, b) => a - b)

/** How many statements wait for a lock just now. */
async function waitingForLocks(): Promise<number> {
  const { rows } = await story.world.db.query(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  )
  return rows.length
}

test('a sentence typed in the very second of the approval is not in the approved text, and becomes a suggestion', async () => {
  const { page, draft } = await inReview()
  const holder = await story.world.db.connect()
  // Somebody else has the document for a moment: first the verdict waits for it, then the commit of the sentence.
  await holder.query('begin')
  await holder.query('select 1 from document where id = $1 for update', [story.id])
  const verdict = approves(draft)
  await until(async () => (await waitingForLocks()) === 1)
  for (let n = 0; n < 3; n += 1) page.type()
  await until(async () => (await waitingForLocks()) === 2)
  await holder.query('rollback')
  holder.release()
  expect((await verdict).wasNewest).toBe(true)
  expect(await reviewOf()).toMatchObject({
    status: 'approved',
    approved: { version: draft.version, changes: [] },
  })
  await until(() => page.view.state.kind === 'live' && page.view.body?.canWrite === false)
  await until(async () => proposedIn(await threads()).length >= 3)
  expect(await hashOf()).toBe(draft.version.hash)
  expect(await inText()).toEqual(numbers(0, 5))
  expect(ascending(proposedIn(await threads()))).toEqual(numbers(5, 8))
  expect(page.view.kept).toEqual([])
  page.close()
})

test('a verdict while somebody types approves what was read, or nothing by itself', async () => {
  for (let round = 0; round < 6; round += 1) {
    const { page, draft } = await inReview()
    // The verdict is on its way before the first word, or just behind it.
    const verdict = round % 2 === 0 ? approves(draft) : Promise.resolve().then(() => approves(draft))
    if (round % 2 === 1) page.type()
    await typesDuring(page, verdict)
    const { status, approved, readyToApprove } = await reviewOf()
    if (status === 'approved') {
      expect(approved?.version.hash).toBe(draft.version.hash)
      await until(() => page.view.state.kind === 'live' && page.view.body?.canWrite === false)
      await until(async () => new Set(proposedIn(await threads())).size >= page.typed - 5)
      expect(await hashOf()).toBe(draft.version.hash)
      expect(await inText()).toEqual(numbers(0, 5))
      expect(ascending(proposedIn(await threads()))).toEqual(numbers(5, page.typed))
    } else {
      expect(status).toBe('in_review')
      expect(readyToApprove?.version.hash).toBe(draft.version.hash)
      await page.isSaved()
      expect(await inText()).toEqual(numbers(0, page.typed))
    }
    page.close()
  }
})

test('an editor approves the version that was read while somebody still types: no word is lost, none is approved unread', async () => {
  const { page, draft } = await inReview()
  for (let n = 0; n < 3; n += 1) page.type()
  await page.isSaved()
  await approves(draft)
  expect((await reviewOf()).readyToApprove?.version.id).toBe(draft.version.id)
  await typesDuring(page, story.ok('approveVersion', 'ada', { body: { versionId: draft.version.id } }))
  await until(() => page.view.state.kind === 'live' && page.view.body?.canWrite === false)
  await until(async () => new Set(proposedIn(await threads())).size >= page.typed - 5)
  expect(await hashOf()).toBe(draft.version.hash)
  expect(await inText()).toEqual(numbers(0, 5))
  expect(tokensOf('grace', page.text())).toEqual(numbers(0, 5))
  expect(ascending(proposedIn(await threads()))).toEqual(numbers(5, page.typed))
  for (const { author, suggestion } of await threads()) {
    expect([author.id, suggestion?.state, suggestion?.stale]).toEqual([story.ids.grace, 'open', false])
  }
  page.close()
})
