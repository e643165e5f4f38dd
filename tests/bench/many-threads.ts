import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { call } from '../faults/call'
import { body, mayWrite } from '../journeys/document'
import { corpus, open, signIn } from '../journeys/story'
import { type Row, summary } from './summary'

const threadCount = 300
const keystrokes = 100
const scrollMs = 5_000

/**
 * The largest document of the corpus, without threads and with many: what one keystroke costs the page's main
 * thread until it has painted, and how long frames are while somebody scrolls through all of it.
 */
export async function manyThreads(browser: Browser, origin: string, token: string): Promise<Row[]> {
  const text = readFileSync(join(corpus, 'design-docs/kep-5517-largest.md'), 'utf8')
  const rows: Row[] = []
  for (const threads of [0, threadCount]) {
    const id = await imported(origin, token, text)
    if (threads > 0) await talkAbout(origin, token, id, threads)
    const ada = await open(browser, 'ada', origin)
    await ada.page.setViewportSize({ width: 1440, height: 900 })
    await signIn(ada)
    await ada.page.goto(`/d/${id}`)
    await mayWrite(ada.page)
    if (threads > 0) await ada.page.getByRole('button', { name: `${threads} open threads` }).waitFor()
    rows.push(summary(`keystroke to paint with ${threads} threads, ms`, await type(ada.page)))
    rows.push(summary(`frame while scrolling with ${threads} threads, ms`, await scroll(ada.page)))
    await ada.context.close()
  }
  return rows
}

async function imported(origin: string, token: string, text: string): Promise<string> {
  const response = await fetch(`${origin}/api/v1/documents/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/markdown' },
    body: text,
  })
  const { document } = (await response.json()) as { document: { id: string } }
  return document.id
}

/** Threads on words all over the text, as many to a stretch of it as to any other. */
async function talkAbout(origin: string, token: string, id: string, count: number): Promise<void> {
  const markdown = await call<string>(origin, token, 'GET', `/documents/${id}/content?format=markdown`)
  const quotes = markdown
    .split(/\n\n+/)
    .map((block) => /^[A-Z][A-Za-z ,]{30,}/.exec(block)?.[0] ?? '')
    .flatMap((words) => words.match(/.{30}/g) ?? [])
    .map((words) => words.trim())
    .filter((words) => markdown.split(words).length === 2)
  for (let n = 0; n < count; n += 1) {
    const quote = quotes[Math.floor((n * quotes.length) / count)]
    await call(origin, token, 'POST', `/documents/${id}/threads`, { body: `About this, ${n}.`, quote })
  }
}

async function type(page: Page): Promise<number[]> {
  await body(page).locator('p').nth(5).click()
  await page.evaluate(() => {
    const costs: number[] = []
    Object.assign(window, { costs })
    document.addEventListener(
      'keydown',
      () => {
        const began = performance.now()
        // The frame after the next is behind layout and paint of this one.
        requestAnimationFrame(() => setTimeout(() => costs.push(performance.now() - began)))
      },
      true,
    )
  })
  for (let n = 0; n < keystrokes; n += 1) {
    await page.keyboard.type('x')
    await page.waitForFunction((wanted) => (window as unknown as Costs).costs.length >= wanted, n + 1)
  }
  return page.evaluate(() => (window as unknown as Costs).costs)
}

interface Costs {
  costs: number[]
}

const scroll = (page: Page): Promise<number[]> =>
  page.evaluate(async (ms) => {
    const frames: number[] = []
    const height = document.documentElement.scrollHeight - window.innerHeight
    const began = performance.now()
    for (let before = began; before - began < ms; ) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      frames.push(now - before)
      before = now
      window.scrollTo(0, (height * (now - began)) / ms)
    }
    return frames.slice(1)
  }, scrollMs)
