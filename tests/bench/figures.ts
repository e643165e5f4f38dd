import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import { call } from '../faults/call'
import { Writer } from '../faults/writer'
import { body, create, goUnder, isSaved, mayWrite, share } from '../journeys/document'
import { fullName, open, signIn } from '../journeys/story'
import { startServer } from '../support/server'
import { manyThreads } from './many-threads'
import { redline } from './redline'
import { writeResult } from './result-file'
import { type Row, summary } from './summary'
import { twoNodes } from './two-nodes'

/**
 * The first part of `npm run bench`: what two people at one server wait for.
 *
 * Times are in milliseconds. Machines drift by a factor of two from hour to hour: compare runs made side by
 * side, not with a figure written down elsewhere.
 */
const keystrokes = 200

/** From the key going down at one person to the letter being painted at the other. */
async function latency(browser: Browser, origin: string): Promise<Row> {
  const ada = await open(browser, 'ada', origin)
  const grace = await open(browser, 'grace', origin)
  await signIn(grace)
  await signIn(ada)
  const address = await create(ada.page, 'Latency')
  await share(ada.page, fullName('grace'))
  await grace.page.goto(address)
  await mayWrite(grace.page)
  await goUnder(ada.page, 'Rationale')
  await watch(grace.page)
  await ada.page.evaluate(() => {
    const pressed: number[] = []
    Object.assign(window, { pressed })
    document.addEventListener('keydown', () => pressed.push(performance.timeOrigin + performance.now()), true)
  })
  // One letter at a time, so that each is its own update and its own arrival.
  for (let n = 0; n < keystrokes; n += 1) {
    await ada.page.keyboard.type('x')
    await grace.page.waitForFunction((count) => (window as unknown as Seen).seen.length >= count, n + 1)
  }
  await isSaved(ada.page)
  const pressed = await ada.page.evaluate(() => (window as unknown as { pressed: number[] }).pressed)
  const seen = await grace.page.evaluate(() => (window as unknown as Seen).seen)
  await ada.context.close()
  await grace.context.close()
  return summary(
    'keystroke to the other page, ms',
    seen.map((at, n) => at - (pressed[n] ?? at)),
  )
}

interface Seen {
  seen: number[]
}

/** Notes when each further letter stands in the body of `page`. */
async function watch(page: Page): Promise<void> {
  await body(page).evaluate((element) => {
    const seen: number[] = []
    Object.assign(window, { seen })
    new MutationObserver(() => {
      const letters = [...element.querySelectorAll('p')].map(
        (p) => /x+/.exec(p.textContent ?? '')?.[0].length ?? 0,
      )
      const now = performance.timeOrigin + performance.now()
      while (seen.length < Math.max(0, ...letters)) seen.push(now)
    }).observe(element, { subtree: true, childList: true, characterData: true })
  })
}

/** From an update leaving a stock client to the word that it is committed. */
async function acknowledgement(origin: string, token: string): Promise<Row> {
  const { id } = await call<{ id: string }>(origin, token, 'POST', '/documents', {
    title: 'Acknowledged',
    templateKey: 'blank',
  })
  const writer = new Writer('w', { origin, documentId: id, token })
  await writer.ready()
  const samples: number[] = []
  for (let n = 0; n < 500; n += 1) {
    const began = performance.now()
    writer.type()
    await writer.until(() => writer.acknowledged === writer.typed)
    samples.push(performance.now() - began)
  }
  writer.leave()
  return summary('durable acknowledgement, ms', samples)
}

/** JavaScript that a page loads before it can be used, compressed (gzip), in KB. */
async function firstLoad(browser: Browser, origin: string): Promise<Record<string, number>> {
  const ada = await open(browser, 'ada', origin)
  const scripts = new Map<string, number>()
  ada.page.on('response', async (response) => {
    if (response.request().resourceType() !== 'script') return
    const source = await response.body().catch(() => Buffer.alloc(0))
    scripts.set(response.url(), gzipSync(source).length)
  })
  const total = () => Math.round([...scripts.values()].reduce((sum, size) => sum + size, 0) / 1024)
  await signIn(ada)
  const address = await create(ada.page, 'Weighed')
  scripts.clear()
  await ada.page.goto('/', { waitUntil: 'networkidle' })
  const home = total()
  scripts.clear()
  await ada.page.goto(address)
  await mayWrite(ada.page)
  const document = total()
  await ada.context.close()
  return { home, document }
}

const server = await startServer()
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
})
try {
  const token = await server.token('ada', 'admin')
  const rows = [
    await acknowledgement(server.origin, token),
    await latency(browser, server.origin),
    ...(await manyThreads(browser, server.origin, token)),
    ...(await redline(browser, server.origin, token)),
    ...(await twoNodes()),
  ]
  const firstLoadKb = await firstLoad(browser, server.origin)
  console.table(rows)
  console.log('first-load JavaScript, KB compressed:', firstLoadKb)
  writeResult({ rows, firstLoadKb })
} finally {
  await browser.close()
  await server.remove()
}
