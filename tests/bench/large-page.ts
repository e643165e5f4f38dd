import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { pause } from '../../server/db/pause'
import { call } from '../faults/call'
import { body, mayWrite } from '../journeys/document'
import { open, signIn } from '../journeys/story'
import { random } from '../support/random'
import { largeMarkdown } from './large-document'
import { traced } from './main-thread'
import { otherPeople } from './other-people'
import { type Row, summary } from './summary'

/** What SYNC.md promises of the page, beside what is measured. */
const budgets = { workPerKeystrokeMs: 16, taskMs: 50, firstTextMs: 1_000 } as const

/** Traces of the last run: a folder that git does not hold. */
const traces = join(import.meta.dirname, '../../.build/bench')

export interface PageLoadInput {
  readonly origin: string
  /** A token of Ada's that may do everything. */
  readonly token: string
  /** How long somebody types. Default 30. */
  readonly seconds?: number
  /** How often the document is opened, cold and warm. Default 5. */
  readonly openings?: number
  readonly threads?: readonly number[]
  /** What to call it in the table. */
  readonly label?: string
  /** A folder for a processor profile of each run; its figures are not to be compared with others. */
  readonly profiles?: string
}

export interface PageLoadRow extends Row {
  readonly budget?: string
}

/**
 * One person types in a document of 1 MB and 2,000 blocks while ten others type in it: what a keystroke costs the
 * page's main thread, how long until it is painted, and how long the document takes to open.
 */
export async function pageLoad(browser: Browser, input: PageLoadInput): Promise<PageLoadRow[]> {
  const { origin, token, threads: counts = [0, 300], label = '' } = input
  const rows: PageLoadRow[] = []
  for (const threads of counts) {
    const id = await imported(origin, token)
    if (threads > 0) await talkAbout(origin, token, id, threads)
    const ada = await open(browser, 'ada', origin)
    await signIn(ada)
    const name = (what: string) => `${label}${what}, ${threads} threads`
    if (threads === 0) rows.push(...(await openings(browser, ada.context, `/d/${id}`, input)))
    await ada.page.setViewportSize({ width: 1440, height: 900 })
    await ada.page.goto(`/d/${id}`)
    await isThere(ada.page)
    if (threads > 0) await ada.page.getByRole('button', { name: `${threads} open threads` }).waitFor()
    const others = await otherPeople({ origin, documentId: id, token, count: 10, chance: random(7) })
    await goToMiddle(ada.page)
    const costs = await keystrokeCosts(ada.page)
    const endProfile = input.profiles
      ? await profile(ada.page, join(input.profiles, `${label}${threads}.cpuprofile`))
      : null
    const main = await traced(browser, ada.page, join(traces, `${label}${threads}-threads.json.gz`), () =>
      type(ada.page, input.seconds ?? 30),
    )
    await endProfile?.()
    rows.push({
      ...summary(name('own script per keystroke, ms of processor'), main.scriptPerKeystroke),
      budget: `p95 <= ${budgets.workPerKeystrokeMs}`,
    })
    const longest = Math.max(...main.scriptPerTask)
    rows.push({
      ...summary(name('own script within one task, ms of processor'), main.scriptPerTask),
      budget: `all <= ${budgets.taskMs}; longest ${Math.round(longest * 10) / 10}`,
    })
    rows.push(summary(name('all of the main thread per keystroke, ms of processor'), main.perKeystroke))
    rows.push(summary(name('keystroke to paint, ms'), await costs()))
    rows.push(summary(name('tasks longer than a frame, ms'), main.lateTasks))
    const share = Math.round(main.busy * 1000) / 10
    rows.push({ what: name('main thread busy, %'), p50: share, p95: share, p99: share, count: 1 })
    const heap = await heapMb(ada.page)
    rows.push({ what: name('JavaScript heap, MB'), p50: heap, p95: heap, p99: heap, count: 1 })
    others.leave()
    await ada.context.close()
  }
  return rows
}

async function imported(origin: string, token: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/documents/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/markdown' },
    body: largeMarkdown(),
  })
  if (!response.ok) throw new Error(`import: ${response.status} ${await response.text()}`)
  const { document } = (await response.json()) as { document: { id: string } }
  return document.id
}

async function talkAbout(origin: string, token: string, id: string, count: number): Promise<void> {
  const markdown = largeMarkdown()
  const quotes = markdown
    .split('\n\n')
    .map((block) => /^[a-z ]{60,}/.exec(block)?.[0].slice(0, 60).trim() ?? '')
    .filter((quote) => quote !== '' && markdown.split(quote).length === 2)
  for (let n = 0; n < count; n += 1) {
    const quote = quotes[Math.floor(((n + 0.5) * quotes.length) / count)]
    await call(origin, token, 'POST', `/documents/${id}/threads`, { body: `About this, ${n}.`, quote })
  }
}

/** However long it takes: that is measured elsewhere. */
async function isThere(page: Page): Promise<void> {
  await body(page).waitFor({ timeout: 120_000 })
  await mayWrite(page)
}

/** Puts the caret behind the middle paragraph that is nobody else's. */
async function goToMiddle(page: Page): Promise<void> {
  const paragraphs = body(page).locator(':scope > p')
  await paragraphs.nth(Math.floor((await paragraphs.count()) / 2) + 20).click()
  await page.keyboard.press('End')
}

/** Five keys a second, at no fixed beat; a space after each word. Waits for nothing. */
async function type(page: Page, seconds: number): Promise<void> {
  const chance = random(3)
  const until = performance.now() + seconds * 1000
  for (let n = 1; performance.now() < until; n += 1) {
    const next = performance.now() + chance.between(120, 280)
    await page.keyboard.press(n % 6 === 0 ? 'Space' : 'x')
    await pause(next - performance.now())
  }
}

/** From a key going down (as the browser says, before any of ours ran) to the end of the frame behind it. */
async function keystrokeCosts(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const costs: number[] = []
    Object.assign(window, { costs })
    document.addEventListener(
      'keydown',
      ({ timeStamp }) =>
        requestAnimationFrame(() => setTimeout(() => costs.push(performance.now() - timeStamp))),
      true,
    )
  })
  return () => page.evaluate(() => (window as unknown as { costs: number[] }).costs)
}

/** From asking for the page to its text being painted, and to its editor: with nothing kept on the device, and with it. */
async function openings(
  browser: Browser,
  signedIn: BrowserContext,
  address: string,
  { origin, openings: count = 5, label = '' }: PageLoadInput,
): Promise<PageLoadRow[]> {
  const cold: Opening[] = []
  const warm: Opening[] = []
  const storageState = await signedIn.storageState()
  for (let n = 0; n < count; n += 1) {
    const context = await browser.newContext({ baseURL: origin, storageState })
    const page = await context.newPage()
    await page.addInitScript(watchOpening)
    cold.push(await opening(page, address))
    await isThere(page)
    await page.goto('about:blank')
    warm.push(await opening(page, address))
    await context.close()
  }
  const row = (what: string, from: readonly Opening[], of: keyof Opening) =>
    summary(
      `${label}opening to ${what}, ms`,
      from.map((one) => one[of] ?? 0),
    )
  const budget = `<= ${budgets.firstTextMs}`
  return [
    { ...row('first text, nothing kept', cold, 'textMs'), budget },
    { ...row('first text, kept on the device', warm, 'textMs'), budget },
    row('editor, nothing kept', cold, 'editorMs'),
    row('editor, kept on the device', warm, 'editorMs'),
  ]
}

/** When the page had painted them, in ms since it was asked for. */
interface Opening {
  textMs?: number
  editorMs?: number
}

/** Runs in the page, before anything else does: so nothing in it has a name of its own, which its bundler would note. */
function watchOpening(): void {
  const seen: Opening = {}
  Object.assign(window, { opening: seen })
  const wanted = { textMs: '.body > p', editorMs: '.tiptap.body > p' }
  new MutationObserver((_, observer) => {
    for (const [what, selector] of Object.entries(wanted)) {
      if (what in seen || !document.querySelector(selector)) continue
      seen[what as keyof Opening] = 0
      requestAnimationFrame(() => setTimeout(() => Object.assign(seen, { [what]: performance.now() })))
    }
    if ('editorMs' in seen) observer.disconnect()
  }).observe(document, { subtree: true, childList: true })
}

async function opening(page: Page, address: string): Promise<Opening> {
  await page.goto(address, { waitUntil: 'commit' })
  await page.waitForFunction(() => (window as { opening?: Opening }).opening?.editorMs)
  return page.evaluate(() => (window as { opening?: Opening }).opening ?? {})
}

/** @returns what ends the profile and writes it. */
async function profile(page: Page, file: string): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Profiler.enable')
  await session.send('Profiler.setSamplingInterval', { interval: 500 })
  await session.send('Profiler.start')
  return async () => {
    const { profile: made } = await session.send('Profiler.stop')
    writeFileSync(file, JSON.stringify(made))
    await session.detach()
  }
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return Math.round(usedSize / 1024 / 1024)
}

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
